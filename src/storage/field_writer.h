// Writes the fields of a definition as attributes of an item.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/item.h"
#include "model/table.h"

namespace stator {

// A value of one item, whose bytes go behind those of `out`; finish() comes last.
class FieldWriter {
 public:
  explicit FieldWriter(std::string* out) : out_(out), item_(out) {}

  void text(std::string_view name, std::string_view value) {
    item_.add(name);
    append_string(value, out_);
  }
  void integer(std::string_view name, std::int64_t value) {
    item_.add(name);
    append_number(*parse_number(std::to_string(value)), out_);
  }
  void time(std::string_view name, TimePoint value) {
    integer(name, value.time_since_epoch().count());
  }
  void maybe_time(std::string_view name, const std::optional<TimePoint>& value) {
    if (value) time(name, *value);
  }
  // Absent where there are none.
  void times(std::string_view name, const std::vector<TimePoint>& values) {
    if (values.empty()) return;
    item_.add(name);
    ListWriter list(out_);
    for (const TimePoint value : values) number(count_of(value), &list);
    list.finish();
  }
  // Lists of names, each with its type behind it.
  void key(const KeySchema& key) {
    key_attributes("partition_keys", key.partition);
    key_attributes("sort_keys", key.sort);
  }
  void texts(std::string_view name, const std::vector<std::string>& values) {
    item_.add(name);
    ListWriter list(out_);
    for (const std::string& value : values) {
      list.add();
      append_string(value, out_);
    }
    list.finish();
  }
  // A list of structures, each written by `write` with a FieldWriter of its own.
  template <typename Value, typename Write>
  void structures(std::string_view name, const std::vector<Value>& values, const Write& write) {
    item_.add(name);
    ListWriter list(out_);
    for (const Value& value : values) {
      list.add();
      std::string bytes;
      FieldWriter fields(&bytes);
      write(value, &fields);
      fields.finish();
      append_binary(bytes, out_);
    }
    list.finish();
  }
  void tags(const std::vector<Tag>& tags) {
    item_.add("tags");
    MapWriter map(out_);
    for (const Tag& tag : tags) {
      map.add(tag.key);
      append_string(tag.value, out_);
    }
    map.finish();
  }
  // partitions         a list of [first_hash, id, parent, born, first_key]; without first_key where
  //                    it is empty, as it always was before collections were cut
  // former_partitions  a list of [id, parent, born, ended]; absent where there are none
  void partitions(const PartitionMap& map) {
    rows("partitions", map.partitions(), [this](const Partition& partition, ListWriter* row) {
      number(partition.first_hash, row);
      number(partition.id, row);
      number(partition.parent, row);
      number(count_of(partition.born), row);
      if (partition.first_key.empty()) return;
      row->add();
      append_binary(partition.first_key, out_);
    });
    if (map.former().empty()) return;
    rows("former_partitions", map.former(), [this](const FormerPartition& former, ListWriter* row) {
      number(former.id, row);
      number(former.parent, row);
      number(count_of(former.born), row);
      number(count_of(former.ended), row);
    });
  }
  void finish() { item_.finish(); }

 private:
  void key_attributes(std::string_view name, const std::vector<KeyAttribute>& attributes) {
    std::vector<std::string> words;
    for (const KeyAttribute& attribute : attributes) {
      words.push_back(attribute.name);
      words.emplace_back(type_name(attribute.type));
    }
    texts(name, words);
  }

  // A list of lists, each filled by `write`.
  template <typename Value, typename Write>
  void rows(std::string_view name, const std::vector<Value>& values, const Write& write) {
    item_.add(name);
    ListWriter list(out_);
    for (const Value& value : values) {
      list.add();
      ListWriter row(out_);
      write(value, &row);
      row.finish();
    }
    list.finish();
  }

  void number(std::uint64_t value, ListWriter* row) {
    row->add();
    append_number(*parse_number(std::to_string(value)), out_);
  }

  static std::uint64_t count_of(TimePoint time) {
    return static_cast<std::uint64_t>(time.time_since_epoch().count());
  }

  std::string* const out_;
  ItemWriter item_;
};

}  // namespace stator
