// The regular expressions of AWS's service model. Each is printed in an error as it stands here.
#pragma once

#include <string_view>

#include "api/request/request_rules.h"

namespace stator {

// Whether the whole of a text is what the expression of the same name wants.
bool is_name(std::string_view text);
bool is_bucket_name(std::string_view text);
bool is_account_number(std::string_view text);
bool is_client_token(std::string_view text);
bool is_import_token(std::string_view text);
bool is_csv_delimiter(std::string_view text);
bool is_csv_header(std::string_view text);
bool is_printable(std::string_view text);
bool is_xml_text(std::string_view text);

inline constexpr TextPattern kNamePattern = {"[a-zA-Z0-9_.-]+", is_name};
inline constexpr TextPattern kBucketPattern = {R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)",
                                               is_bucket_name};
inline constexpr TextPattern kAccountPattern = {"[0-9]{12}", is_account_number};
inline constexpr TextPattern kClientTokenPattern = {R"(^[^\$]+$)", is_client_token};
inline constexpr TextPattern kImportTokenPattern = {"([0-9a-f]{16})+", is_import_token};
inline constexpr TextPattern kCsvDelimiterPattern = {R"([,;:|\t ])", is_csv_delimiter};
inline constexpr TextPattern kCsvHeaderPattern = {R"([\x20-\x21\x23-\x2B\x2D-\x7E]*)",
                                                  is_csv_header};
inline constexpr TextPattern kPrintablePattern = {R"(\p{Print}+)", is_printable};
inline constexpr TextPattern kXmlTextPattern = {
    R"([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)", is_xml_text};

}  // namespace stator
