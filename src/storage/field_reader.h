// Reads the fields of a definition from the attributes of an item.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/item.h"
#include "model/table.h"

namespace stator {

// Reads what FieldWriter wrote; remembers whether something that must be there was not.
class FieldReader {
 public:
  explicit FieldReader(ItemView item) : item_(item) {}

  bool complete() const { return complete_; }
  void note_damage() { complete_ = false; }

  bool has(std::string_view name) const { return item_.find(name).has_value(); }

  std::string text(std::string_view name) {
    const auto value = find(name, AttributeType::S);
    return value ? std::string(value->text()) : std::string();
  }
  std::int64_t integer(std::string_view name) {
    const auto value = find(name, AttributeType::N);
    return value ? integer_of<std::int64_t>(*value) : 0;
  }
  TimePoint time(std::string_view name) {
    return TimePoint(std::chrono::microseconds(integer(name)));
  }
  std::optional<TimePoint> maybe_time(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return time(name);
  }
  std::vector<TimePoint> times(std::string_view name) {
    std::vector<TimePoint> times;
    if (!has(name)) return times;
    const auto list = find(name, AttributeType::L);
    if (!list) return times;
    for (ListView::Cursor c(list->list()); c.next();) {
      if (c.value().type() != AttributeType::N) {
        complete_ = false;
      } else {
        times.push_back(time_of(c.value()));
      }
    }
    return times;
  }
  KeySchema key() {
    KeySchema key = has("partition_keys") ? KeySchema{.partition = key_attributes("partition_keys"),
                                                      .sort = key_attributes("sort_keys")}
                                          : single_attributes();
    if (key.partition.empty()) complete_ = false;
    return key;
  }
  std::vector<std::string> texts(std::string_view name) {
    std::vector<std::string> texts;
    const auto list = find(name, AttributeType::L);
    if (!list) return texts;
    for (ListView::Cursor c(list->list()); c.next();) {
      if (c.value().type() != AttributeType::S) {
        complete_ = false;
      } else {
        texts.emplace_back(c.value().text());
      }
    }
    return texts;
  }
  // What `read` makes of the fields of each structure of a list.
  template <typename Value, typename Read>
  Result<std::vector<Value>> structures(std::string_view name, const Read& read) {
    std::vector<Value> values;
    if (!has(name)) return values;
    const auto list = find(name, AttributeType::L);
    if (!list) return values;
    for (ListView::Cursor c(list->list()); c.next();) {
      if (c.value().type() != AttributeType::B) {
        complete_ = false;
        continue;
      }
      FieldReader fields(TRY(ItemView::parse(c.value().text())));
      values.push_back(read(&fields));
      complete_ = complete_ && fields.complete();
    }
    return values;
  }
  std::vector<Tag> tags() {
    std::vector<Tag> tags;
    const auto value = find("tags", AttributeType::M);
    if (!value) return tags;
    for (MapView::Cursor c(value->map()); c.next();) {
      if (c.value().type() != AttributeType::S)
        complete_ = false;
      else
        tags.push_back({std::string(c.name()), std::string(c.value().text())});
    }
    return tags;
  }
  PartitionMap partitions() {
    std::vector<Partition> partitions = rows<Partition>("partitions", partition_of);
    std::vector<FormerPartition> former;
    if (has("former_partitions")) former = rows<FormerPartition>("former_partitions", former_of);
    if (PartitionMap::covers(partitions)) {
      return PartitionMap::of(std::move(partitions), std::move(former));
    }
    complete_ = false;
    return PartitionMap();
  }

 private:
  std::optional<ValueView> find(std::string_view name, AttributeType type) {
    const auto value = item_.find(name);
    if (value && value->type() == type) return value;
    complete_ = false;
    return std::nullopt;
  }

  // The first form of a key, from before there were indexes: a name and a type for each kind.
  KeySchema single_attributes() {
    KeySchema key;
    add_attribute(text("partition_key"), text("partition_key_type"), &key.partition);
    if (has("sort_key")) add_attribute(text("sort_key"), text("sort_key_type"), &key.sort);
    return key;
  }

  void add_attribute(std::string name, std::string_view type_text,
                     std::vector<KeyAttribute>* attributes) {
    const auto type = type_of_name(type_text);
    if (type == AttributeType::S || type == AttributeType::N || type == AttributeType::B) {
      attributes->push_back({.name = std::move(name), .type = *type});
    } else {
      complete_ = false;
    }
  }

  std::vector<KeyAttribute> key_attributes(std::string_view name) {
    const std::vector<std::string> words = texts(name);
    std::vector<KeyAttribute> attributes;
    if (words.size() % 2 != 0 || words.size() > 2 * kKeyAttributesMax) complete_ = false;
    for (std::size_t i = 0; complete_ && i < words.size(); i += 2) {
      add_attribute(words[i], words[i + 1], &attributes);
    }
    return attributes;
  }

  // What `read` makes of the fields of each list of a list.
  template <typename Value, typename Read>
  std::vector<Value> rows(std::string_view name, const Read& read) {
    std::vector<Value> values;
    const auto list = find(name, AttributeType::L);
    if (!list) return values;
    for (ListView::Cursor c(list->list()); c.next();) {
      const std::optional<Value> value = read(fields_of(c.value()));
      if (value) {
        values.push_back(*value);
      } else {
        complete_ = false;
      }
    }
    return values;
  }

  template <typename Integer>
  static Integer integer_of(ValueView value) {
    std::string text;
    append_number_text(value.number(), &text);
    Integer result = 0;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result;
  }

  // The elements of a list; none of another value.
  static std::vector<ValueView> fields_of(ValueView value) {
    std::vector<ValueView> fields;
    if (value.type() != AttributeType::L) return fields;
    for (ListView::Cursor c(value.list()); c.next();) fields.push_back(c.value());
    return fields;
  }

  static bool are_numbers(std::span<const ValueView> fields) {
    return std::all_of(fields.begin(), fields.end(),
                       [](const ValueView& field) { return field.type() == AttributeType::N; });
  }

  static TimePoint time_of(ValueView value) {
    return TimePoint(std::chrono::microseconds(integer_of<std::int64_t>(value)));
  }

  static std::optional<Partition> partition_of(std::span<const ValueView> fields) {
    if (fields.size() < 4 || fields.size() > 5 || !are_numbers(fields.first(4))) {
      return std::nullopt;
    }
    std::string first_key;
    if (fields.size() == 5) {
      if (fields[4].type() != AttributeType::B) return std::nullopt;
      first_key = fields[4].text();
    }
    return Partition{.first_hash = integer_of<std::uint64_t>(fields[0]),
                     .first_key = std::move(first_key),
                     .id = integer_of<std::uint32_t>(fields[1]),
                     .parent = integer_of<std::uint32_t>(fields[2]),
                     .born = time_of(fields[3])};
  }

  static std::optional<FormerPartition> former_of(std::span<const ValueView> fields) {
    if (fields.size() != 4 || !are_numbers(fields)) return std::nullopt;
    return FormerPartition{.id = integer_of<std::uint32_t>(fields[0]),
                           .parent = integer_of<std::uint32_t>(fields[1]),
                           .born = time_of(fields[2]),
                           .ended = time_of(fields[3])};
  }

  ItemView item_;
  bool complete_ = true;
};

}  // namespace stator
