#include "server/credentials.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/url.h"

namespace stator {

namespace {

constexpr std::string_view kIncomplete = "IncompleteSignatureException";

// Calls `visit(part)` for each non-empty part of `text` between characters that separate. A loop of
// our own: find_first_of() of two characters calls memchr for each of the text.
template <typename Separates, typename Visit>
void for_each_part(std::string_view text, Separates separates, Visit visit) {
  const char* const end = text.data() + text.size();
  const char* at = text.data();
  while (at != end) {
    const char* const part_end = std::find_if(at, end, separates);
    if (part_end != at) visit(std::string_view(at, part_end));
    at = part_end == end ? end : part_end + 1;
  }
}

struct Parameter {
  std::string_view name;
  std::string_view value;
};

Parameter split_parameter(std::string_view part) {
  const std::size_t equals = part.find('=');
  if (equals == std::string_view::npos) return {part, {}};
  return {part.substr(0, equals), part.substr(equals + 1)};
}

// The parts of "AWS4-HMAC-SHA256 Credential=.., SignedHeaders=.., Signature=..", in the order in
// which AWS complains about them. Commas and blanks both separate.
struct HeaderParts {
  std::string_view credential, signature;
  std::optional<std::string_view> signed_headers;  // may name none
  std::optional<std::string_view> misfit;          // the first part that is no name=value
};

HeaderParts parse_header_parts(std::string_view header) {
  HeaderParts parts;
  const auto separates = [](char c) { return c == ',' || c == ' '; };
  for_each_part(header, separates, [&](std::string_view part) {
    const auto [name, value] = split_parameter(part);
    const bool is_algorithm = part.data() == header.data();
    if (!is_algorithm && !parts.misfit && name.size() == part.size()) parts.misfit = part;
    if (name == "Credential") parts.credential = value;
    if (name == "Signature") parts.signature = value;
    if (name == "SignedHeaders") parts.signed_headers = value;
  });
  return parts;
}

// In the order in which AWS complains about them.
constexpr std::array<std::string_view, 5> kQueryNames = {
    "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"};
constexpr std::size_t kQueryCredential = 1;

struct QueryParts {
  bool has_algorithm = false;
  std::array<std::string_view, kQueryNames.size()> values;
};

QueryParts parse_query_parts(std::string_view query) {
  QueryParts parts;
  const auto separates = [](char c) { return c == '&'; };
  for_each_part(query, separates, [&](std::string_view part) {
    const auto [name, value] = split_parameter(part);
    const auto* known = std::find(kQueryNames.begin(), kQueryNames.end(), name);
    if (known == kQueryNames.end()) return;
    if (known == kQueryNames.begin()) parts.has_algorithm = true;
    parts.values[static_cast<std::size_t>(known - kQueryNames.begin())] = value;
  });
  return parts;
}

}  // namespace

Credentials::Credentials(const HttpRequest& request) {
  const std::string_view header = request.header(Header::authorization);
  const bool in_query = parse_query_parts(request.query()).has_algorithm;
  if (in_query && !header.empty()) {
    refusal_ = {"InvalidSignatureException",
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP "
                "header."};
  } else if (in_query) {
    read_query(request);
  } else if (header.starts_with("AWS4-")) {
    read_header(request);
  } else {
    refusal_ = {kMissingToken, "Request is missing Authentication Token"};
  }
}

void Credentials::read_header(const HttpRequest& request) {
  const std::string_view header = request.header(Header::authorization);
  const HeaderParts parts = parse_header_parts(header);
  if (parts.misfit) {
    refusal_ = {kIncomplete, "'" + std::string(*parts.misfit) +
                                 "' not a valid key=value pair (missing equal-sign) in "
                                 "Authorization header: '" +
                                 std::string(header) + "'."};
    return;
  }
  std::string missing;
  if (parts.credential.empty()) {
    missing += "Authorization header requires 'Credential' parameter. ";
  }
  if (parts.signature.empty()) {
    missing += "Authorization header requires 'Signature' parameter. ";
  }
  if (!parts.signed_headers) {
    missing += "Authorization header requires 'SignedHeaders' parameter. ";
  }
  if (!request.has(Header::amz_date) && !request.has(Header::date)) {
    missing +=
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
  }
  if (missing.empty()) return read_scope(parts.credential);
  missing.append("Authorization=").append(header);
  refusal_ = {kIncomplete, std::move(missing)};
}

void Credentials::read_query(const HttpRequest& request) {
  const QueryParts parts = parse_query_parts(request.query());
  std::string missing;
  for (std::size_t i = 0; i < kQueryNames.size(); ++i) {
    if (!parts.values[i].empty()) continue;
    missing.append("AWS query-string parameters must include '").append(kQueryNames[i]);
    missing.append("'. ");
  }
  if (!missing.empty()) {
    refusal_ = {kIncomplete, missing + "Re-examine the query-string parameters."};
    return;
  }
  decoded_ = decode_percent(parts.values[kQueryCredential]);
  read_scope(decoded_);
}

// keyid/date/region/service/term. An access key may hold anything but a slash; AWS takes no notice
// of slashes at the end.
void Credentials::read_scope(std::string_view credential) {
  const std::string_view scope = credential.substr(0, credential.find_last_not_of('/') + 1);
  if (std::count(scope.begin(), scope.end(), '/') != 4) {
    refusal_ = {kIncomplete,
                "Credential must have exactly 5 slash-delimited elements, e.g. "
                "keyid/date/region/service/term, got '" +
                    std::string(credential) + "'"};
    return;
  }
  const std::size_t key_end = credential.find('/');
  const std::size_t date_end = credential.find('/', key_end + 1);
  const std::size_t region_end = credential.find('/', date_end + 1);
  caller_.access_key = credential.substr(0, key_end);
  const std::string_view region = credential.substr(date_end + 1, region_end - date_end - 1);
  if (!region.empty()) caller_.region = region;
}

}  // namespace stator
