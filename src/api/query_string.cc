#include "api/query_string.h"

#include <algorithm>
#include <charconv>

#include "base/limits.h"

namespace stator {
namespace {

Result<char> decode_escape(std::string_view text) {
  unsigned byte = 0;
  const std::string_view digits = text.substr(1, 2);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
  if (error != std::errc() || digits.size() != 2 || end != digits.data() + 2) {
    return validation_error("the query has a % without two hexadecimal digits");
  }
  return static_cast<char>(byte);
}

Result<std::string> decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      decoded.push_back(TRY(decode_escape(text.substr(i))));
      i += 2;
    } else {
      decoded.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  return decoded;
}

Result<QueryParameter> parse_parameter(std::string_view text) {
  const std::size_t equals = std::min(text.find('='), text.size());
  QueryParameter parameter;
  parameter.name = TRY(decode(text.substr(0, equals)));
  if (equals < text.size()) parameter.value = TRY(decode(text.substr(equals + 1)));
  return parameter;
}

}  // namespace

Result<std::vector<QueryParameter>> parse_query(std::string_view query,
                                                std::span<const std::string_view> known) {
  std::vector<QueryParameter> parameters;
  if (query.size() > kQueryBytesMax) return validation_error("the query is too long");
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    QueryParameter parameter = TRY(parse_parameter(query.substr(0, end)));
    query.remove_prefix(std::min(end + 1, query.size()));
    if (std::find(known.begin(), known.end(), parameter.name) == known.end()) {
      return validation_error("unknown parameter: " + parameter.name);
    }
    const bool twice =
        std::any_of(parameters.begin(), parameters.end(),
                    [&](const QueryParameter& each) { return each.name == parameter.name; });
    if (twice) return validation_error("parameter stands twice: " + parameter.name);
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

}  // namespace stator
