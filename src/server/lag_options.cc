#include "server/lag_options.h"

#include "base/duration.h"
#include "base/limits.h"

namespace stator {

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

Result<void> set_gsi_lag(std::string_view text, DatabaseOptions* options) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    options->gsi_lag = TRY(parse_lag(text));
    return {};
  }
  const std::string_view name = text.substr(0, equals);
  const std::size_t slash = name.find('/');
  if (slash == 0 || slash >= name.size() - 1) {
    return validation_error("not TABLE/INDEX=DURATION: \"" + std::string(text) + "\"");
  }
  const std::chrono::milliseconds lag = TRY(parse_lag(text.substr(equals + 1)));
  options->gsi_lags.push_back(
      {std::string(name.substr(0, slash)), std::string(name.substr(slash + 1)), lag});
  return {};
}

}  // namespace stator
