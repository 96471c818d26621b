#include "server/lag_options.h"

#include <map>

#include "base/duration.h"
#include "base/limits.h"

namespace stator {
namespace {

// "TABLE/INDEX", or "" for all.
std::string target_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  return equals == std::string::npos ? "" : text.substr(0, equals);
}

Result<void> set_gsi_lag(std::string_view text, DatabaseOptions* options) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    options->gsi_lag = TRY(parse_lag(text));
    return {};
  }
  const std::string_view name = text.substr(0, equals);
  const std::size_t slash = name.rfind('/');  // a table may be KEY/REGION/TABLE
  if (slash == 0 || slash >= name.size() - 1) {
    return validation_error("not TABLE/INDEX=DURATION: \"" + std::string(text) + "\"");
  }
  const std::chrono::milliseconds lag = TRY(parse_lag(text.substr(equals + 1)));
  options->gsi_lags.push_back(
      {std::string(name.substr(0, slash)), std::string(name.substr(slash + 1)), lag});
  return {};
}

}  // namespace

Result<std::chrono::milliseconds> parse_lag(std::string_view text) {
  return parse_duration(text, kLagMax);
}

Result<std::chrono::milliseconds> parse_ttl_delay(std::string_view text) {
  return parse_duration(text, kDurationMax);
}

Result<std::chrono::milliseconds> parse_stream_time(std::string_view text) {
  const std::chrono::milliseconds time = TRY(parse_duration(text, kDurationMax));
  if (time > std::chrono::milliseconds(0)) return time;
  return validation_error("0 is too short");
}

Result<void> set_gsi_lags(const std::vector<std::string>& texts, DatabaseOptions* options) {
  std::map<std::string, std::string> said;  // by what stands before the '='
  for (const std::string& text : texts) {
    TRY(set_gsi_lag(text, options));
    const auto [first, is_new] = said.emplace(target_of(text), text);
    if (!is_new && first->second != text) {
      return validation_error("one lag is given twice: " + first->second + " and " + text);
    }
  }
  return {};
}

}  // namespace stator
