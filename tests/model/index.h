// A secondary index of the model: which items are in it, as what, and what writes of it cost.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "units.h"
#include "value.h"

namespace stator::plain {

struct Table;

struct KeyAttribute {
  std::string name;
  Type type = Type::S;
};

enum class IndexKind { local, global };

enum class Projected { keys_only, include, all };

// A value.
struct Index {
  std::string name;
  IndexKind kind = IndexKind::global;
  std::vector<KeyAttribute> partition = {};
  std::vector<KeyAttribute> sort = {};
  Projected projected = Projected::all;
  std::vector<std::string> included = {};

  bool is_key(const std::string& attribute) const;
  // Whether every entry that can have the attribute has it.
  bool shows(const Table& table, const std::string& attribute) const;
};

// The attributes of an item that the index holds, or nothing where the item is not in it.
std::optional<Item> entry_of(const Table& table, const Index& index, const Item& item);

// What makes an index refuse a write.
struct Violation {
  const Index* index = nullptr;
  std::string attribute;
};

// Every index key that a write may not leave.
//   before  the item that an update leaves other attributes of; null where all count
std::vector<Violation> violations(const Table& table, const Item* before, const Item& after);

// Whether an item is too large together with its entries in local indexes.
bool is_too_large(const Table& table, const Item& item);

// What it costs to leave `after` where `before` was; null: no item.
Units write_units(const Table& table, const Item* before, const Item* after);

// ItemCount and IndexSizeBytes.
struct IndexFigures {
  std::size_t items = 0;
  std::size_t bytes = 0;
};

IndexFigures figures_of(const Table& table, const Index& index);

}  // namespace stator::plain
