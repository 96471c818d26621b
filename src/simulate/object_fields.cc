#include "simulate/object_fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/duration.h"

namespace stator {
namespace {

std::string number_text(double number) {
  return std::floor(number) == number && std::abs(number) < 1e15
             ? fmt::format("{}", static_cast<std::int64_t>(number))
             : fmt::format("{}", number);
}

Error out_of_range(const FileValue& value, std::string_view kind, NumberRange range) {
  return value.fault(fmt::format("must be a {} from {} to {}", kind, number_text(range.least),
                                 number_text(range.most)));
}

std::optional<double> number_of(const JsonNode& node) {
  if (node.kind != JsonNodeKind::number) return std::nullopt;
  double number = 0;
  const char* const end = node.source.data() + node.source.size();
  const auto parsed = std::from_chars(node.source.data(), end, number);
  if (parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return number;
}

}  // namespace

FilePlace FilePlace::member(std::string_view name) const {
  for (const auto& [member, line_of_member] : lines) {
    if (member == name) return {line_of_member, fmt::format("{}.{}", path, name)};
  }
  return *this;
}

FilePlace FileValue::place() const {
  FilePlace place{node->line, path};
  for (const JsonNode& member : node->members) place.lines.emplace_back(member.name, member.line);
  return place;
}

std::string FilePlace::fault(std::string_view what) const {
  return path.empty() ? fmt::format("{}: {}", line, what)
                      : fmt::format("{}: {}: {}", line, path, what);
}

Result<std::string> read_text(const FileValue& value) {
  if (value.node->kind != JsonNodeKind::string) return value.fault("must be a string");
  return value.node->text;
}

Result<double> read_number(const FileValue& value, NumberRange range) {
  const std::optional<double> number = number_of(*value.node);
  if (!number || *number < range.least || *number > range.most) {
    return out_of_range(value, "number", range);
  }
  return *number;
}

Result<std::uint64_t> read_count(const FileValue& value, NumberRange range) {
  const std::optional<double> number = number_of(*value.node);
  if (!number || *number < range.least || *number > range.most || std::floor(*number) != *number) {
    return out_of_range(value, "whole number", range);
  }
  return static_cast<std::uint64_t>(*number);
}

Result<bool> read_flag(const FileValue& value) {
  if (value.node->kind != JsonNodeKind::boolean) return value.fault("must be true or false");
  return value.node->source == "true";
}

Result<std::chrono::microseconds> read_duration(const FileValue& value,
                                                std::chrono::milliseconds most) {
  if (value.node->kind != JsonNodeKind::string) {
    return value.fault("must be a duration such as \"90s\", \"10m\" or \"1h\"");
  }
  const Result<std::chrono::milliseconds> duration = parse_duration(value.node->text, most);
  if (!duration) return value.fault(duration.error().message());
  return std::chrono::microseconds(*duration);
}

Result<std::size_t> read_choice(const FileValue& value, std::span<const std::string_view> choices) {
  if (value.node->kind == JsonNodeKind::string) {
    const auto found = std::find(choices.begin(), choices.end(), value.node->text);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  }
  return value.fault(fmt::format("must be one of {}", fmt::join(choices, ", ")));
}

Result<std::vector<FileValue>> read_list(const FileValue& value, std::size_t most) {
  if (value.node->kind != JsonNodeKind::array) return value.fault("must be an array");
  if (value.node->elements.size() > most) {
    return value.fault(fmt::format("must have at most {} elements", most));
  }
  std::vector<FileValue> elements;
  for (const JsonNode& element : value.node->elements) {
    elements.push_back({&element, fmt::format("{}[{}]", value.path, elements.size())});
  }
  return elements;
}

Result<ObjectFields> ObjectFields::of(FileValue value) {
  if (value.node->kind != JsonNodeKind::object) return value.fault("must be an object");
  return ObjectFields(std::move(value));
}

std::string ObjectFields::path_of(std::string_view name) const {
  return value_.path.empty() ? std::string(name) : fmt::format("{}.{}", value_.path, name);
}

std::optional<FileValue> ObjectFields::take(std::string_view name) {
  taken_.push_back(name);
  const JsonNode* const node = value_.node->find(name);
  if (node == nullptr) return std::nullopt;
  return FileValue{node, path_of(name)};
}

Result<FileValue> ObjectFields::require(std::string_view name) {
  std::optional<FileValue> found = take(name);
  if (!found) return value_.fault(fmt::format("the member {} is missing", name));
  return *std::move(found);
}

Result<void> ObjectFields::finish() const {
  for (const JsonNode& member : value_.node->members) {
    if (std::find(taken_.begin(), taken_.end(), member.name) != taken_.end()) continue;
    return FileValue{&member, path_of(member.name)}.fault("unknown member");
  }
  return {};
}

}  // namespace stator
