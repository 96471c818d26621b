#include "streams/stream.h"

#include <array>

#include "base/time_text.h"

namespace stator {
namespace {

// Takes what stands before the first `end` off the front; nullopt where there is none.
std::optional<std::string_view> take_until(std::string_view end, std::string_view* text) {
  const std::size_t at = text->find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text->substr(0, at);
  text->remove_prefix(at + end.size());
  return taken;
}

}  // namespace

std::string_view name_of(StreamStatus status) {
  constexpr std::array<std::string_view, 4> kNames = {"ENABLING", "ENABLED", "DISABLING",
                                                      "DISABLED"};
  return kNames[static_cast<std::size_t>(status)];
}

StreamStatus Stream::status_at(TimePoint now) const {
  if (end) return now < end->done ? StreamStatus::disabling : StreamStatus::disabled;
  return now < enabled ? StreamStatus::enabling : StreamStatus::enabled;
}

bool Stream::is_gone_at(TimePoint now, const ShardTimes& times) const {
  return end && end->asked + times.retention < now;
}

std::string stream_label(TimePoint created) {
  std::string label;
  append_time_text(created, &label);
  label.pop_back();  // the Z
  return label;
}

std::string stream_arn(std::string_view region, std::string_view table, std::string_view label) {
  return table_arn(region, table).append("/stream/").append(label);
}

std::optional<StreamArnView> parse_stream_arn(std::string_view arn) {
  const auto start = take_until("arn:aws:dynamodb:", &arn);
  if (!start || !start->empty()) return std::nullopt;
  const auto region = take_until(":", &arn);
  const auto account = take_until(":table/", &arn);
  const auto table = take_until("/stream/", &arn);
  if (!region || !account || !table || table->empty() || arn.empty()) return std::nullopt;
  return StreamArnView{.region = *region, .account = *account, .table = *table, .label = arn};
}

}  // namespace stator
