#include "api/index_writes.h"

#include <algorithm>
#include <span>
#include <string>

#include "api/keys.h"
#include "base/limits.h"
#include "capacity/units.h"
#include "storage/index_row.h"

namespace stator {
namespace {

// An item as an index shows it.
struct Entry {
  std::string_view row_key;
  std::string_view bytes;
  std::size_t size = 0;  // logical
};

// Finds what indexes hold of one item and of the one that replaces it.
class EntryFinder {
 public:
  EntryFinder(const TableDefinition& table, Arena* arena) : table_(table), arena_(*arena) {}

  // Nothing where the item is not in the index.
  //   known  the entry of another item
  std::optional<Entry> find(const IndexDefinition& index, const std::optional<ItemView>& item,
                            const std::optional<Entry>& known) {
    if (!item || !belongs_to_index(index, item->attributes())) return std::nullopt;
    buffer_.clear();
    append_index_row_key(table_, index, item->attributes(), &buffer_);
    Entry entry;
    const bool same_key = known && known->row_key == buffer_;
    entry.row_key = same_key ? known->row_key : arena_.copy(buffer_);
    buffer_.clear();
    const ItemView shown = index_entry(table_, index, *item, &buffer_);
    entry.size = shown.logical_size();
    entry.bytes = buffer_.empty() ? shown.bytes() : arena_.copy(shown.bytes());
    return entry;
  }

 private:
  const TableDefinition& table_;
  Arena& arena_;
  std::string buffer_;
};

bool is_same(const std::optional<Entry>& a, const std::optional<Entry>& b) {
  if (!a || !b) return !a && !b;
  return a->row_key == b->row_key && a->bytes == b->bytes;
}

IndexWrite write_of(std::size_t position, const std::optional<Entry>& before,
                    const std::optional<Entry>& after) {
  IndexWrite write;
  write.position = position;
  write.existed = before.has_value();
  if (before) {
    write.bytes_before = before->size;
    if (!after || before->row_key != after->row_key) write.erased = before->row_key;
  }
  if (after) {
    write.bytes_after = after->size;
    write.put = after->row_key;
    write.entry = after->bytes;
  }
  const bool goes = !write.erased.empty();
  if (goes) write.erased_units = write_units(write.bytes_before, 0);
  if (after) write.put_units = write_units(goes ? 0 : write.bytes_before, write.bytes_after);
  return write;
}

// A value that an item has for a key attribute of an index.
struct IndexKeyValue {
  const IndexDefinition& index;
  const KeyAttribute& attribute;
  ValueView value;
  std::span<const KeyAttribute> so_far;  // those of its kind up to it
  std::size_t bytes = 0;                 // of their values
  std::size_t bytes_max = 0;

  bool has_type() const { return value.type() == attribute.type; }
  bool is_empty() const { return attribute.type != AttributeType::N && value.text().empty(); }
  bool is_too_long() const { return bytes > bytes_max; }
};

std::size_t key_bytes(const KeyAttribute& attribute, ValueView value) {
  const bool counts = value.type() == attribute.type && attribute.type != AttributeType::N;
  return counts ? value.text().size() : 0;
}

template <typename Check>
Result<void> check_attributes(const IndexDefinition& index,
                              const std::vector<KeyAttribute>& attributes, std::size_t bytes_max,
                              const MapView& item, const Check& check) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < attributes.size(); ++i) {
    const auto value = item.find(attributes[i].name);
    if (!value) continue;
    bytes += key_bytes(attributes[i], *value);
    const std::span so_far = std::span(attributes).first(i + 1);
    TRY(check(IndexKeyValue{index, attributes[i], *value, so_far, bytes, bytes_max}));
  }
  return {};
}

template <typename Check>
Result<void> check_index(const IndexDefinition& index, const MapView& item, const Check& check) {
  TRY(check_attributes(index, index.key.partition, kPartitionKeyBytesMax, item, check));
  return check_attributes(index, index.key.sort, kSortKeyBytesMax, item, check);
}

// Calls `check` with the index key values of the item. AWS goes through the indexes by their names,
// so of several that fail the first by name is told.
template <typename Check>
Result<void> for_each_index_key(const TableDefinition& table, const MapView& item,
                                const Check& check) {
  const IndexDefinition* failed = nullptr;
  Result<void> result;
  for (const IndexDefinition& index : table.indexes) {
    if (index.is_deleted() || (failed != nullptr && failed->name < index.name)) continue;
    Result<void> checked = check_index(index, item, check);
    if (checked) continue;
    failed = &index;
    result = std::move(checked);
  }
  return result;
}

Result<void> check_put_value(const IndexKeyValue& key) {
  const KeyAttribute& attribute = key.attribute;
  const std::string names = " IndexName: " + key.index.name;
  if (!key.has_type()) {
    return validation_error(
        "One or more parameter values were invalid: Type mismatch for Index Key " + attribute.name +
        " Expected: " + std::string(type_name(attribute.type)) +
        " Actual: " + std::string(type_name(key.value.type())) + names);
  }
  if (key.is_empty()) return empty_index_key(key.index.name, attribute);
  if (key.is_too_long()) {
    return validation_error(
        "One or more parameter values were invalid: Size limit exceeded for Index Key " +
        attribute.name + " Actual Size: " + std::to_string(key.bytes) +
        " bytes Max Size: " + std::to_string(key.bytes_max) + " bytes" + names);
  }
  return {};
}

Result<void> check_updated_length(const IndexKeyValue& key) {
  if (!key.is_too_long()) return {};
  return validation_error(
      "The update expression attempted to update the secondary index key beyond allowed size "
      "limits");
}

Result<void> check_updated_value(const IndexKeyValue& key) {
  if (!key.has_type()) {
    return validation_error(
        "The update expression attempted to update the secondary index key to unsupported type");
  }
  if (key.is_empty()) {
    return validation_error(
        "One or more parameter values are not valid. The update expression attempted to update a "
        "secondary index key to a value that is not supported. The AttributeValue for a key "
        "attribute cannot contain an empty " +
        std::string(empty_word(key.attribute.type)) + " value.");
  }
  return check_updated_length(key);
}

}  // namespace

void decide_index_writes(const TableDefinition& table, const std::optional<ItemView>& before,
                         const std::optional<ItemView>& after, Arena* arena,
                         std::vector<IndexWrite>* writes, Consumption* units) {
  if (table.indexes.empty()) return;
  EntryFinder entries(table, arena);
  writes->reserve(table.indexes.size());
  for (std::size_t i = 0; i < table.indexes.size(); ++i) {
    const IndexDefinition& index = table.indexes[i];
    if (index.is_deleted()) continue;
    const std::optional<Entry> entry_before = entries.find(index, before, std::nullopt);
    const std::optional<Entry> entry_after = entries.find(index, after, entry_before);
    if (is_same(entry_before, entry_after)) continue;
    const IndexWrite& write = writes->emplace_back(write_of(i, entry_before, entry_after));
    units->add_index(&index, write.units());
  }
}

Result<void> check_item_for_indexes(const TableDefinition& table, ItemView item) {
  TRY(for_each_index_key(table, item.attributes(), check_put_value));
  if (!table.has_local_indexes() || size_with_local_entries(table, item) <= kItemBytesMax) {
    return {};
  }
  return validation_error("Item size has exceeded the maximum allowed size");
}

Result<void> check_updated_index_keys(const TableDefinition& table,
                                      std::span<const DocumentPath> targets, const MapView& before,
                                      const MapView& after) {
  const auto is_target = [&](const KeyAttribute& attribute) {
    return std::any_of(targets.begin(), targets.end(), [&](const DocumentPath& target) {
      return target.attribute() == attribute.name;
    });
  };
  const auto is_changed = [&](const KeyAttribute& attribute) {
    const auto value = after.find(attribute.name);
    return value && (value != before.find(attribute.name) || is_target(attribute));
  };
  return for_each_index_key(table, after, [&](const IndexKeyValue& key) -> Result<void> {
    if (is_changed(key.attribute)) return check_updated_value(key);
    // Attributes of one kind share their limit.
    if (std::any_of(key.so_far.begin(), key.so_far.end(), is_changed)) {
      return check_updated_length(key);
    }
    return {};
  });
}

std::size_t size_with_local_entries(const TableDefinition& table, const ItemView& item) {
  std::size_t bytes = item.logical_size();
  if (!table.has_local_indexes()) return bytes;
  std::string buffer;
  for (const IndexDefinition& index : table.indexes) {
    if (index.kind == IndexKind::global || !belongs_to_index(index, item.attributes())) continue;
    buffer.clear();
    bytes += append_index_entry(table, index, item.attributes(), &buffer).logical_size();
  }
  return bytes;
}

}  // namespace stator
