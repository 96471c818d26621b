// What the pages of Query and Scan of an index have in common. The order of entries that have the
// same index key is the database's own: it is observed once, and then every page must keep to it.
#pragma once

#include <string>
#include <vector>

#include "pages.h"

namespace stator::plain {

// An entry of an index, and the item that it stands for.
struct Entry {
  Item entry;
  const Item* item = nullptr;
};

// Every entry of an index that the model says.
std::vector<Entry> entries_of(const Table& table, const Index& index);

// One Query or Scan of an index over its pages. A value; borrows the table.
struct IndexRead {
  const NamedTable& table;
  const Index& index;
  std::string operation;
  Json keys = Json::object();  // which entries are asked for: members of every request
  unsigned partitions = 1;     // that a page may search
  bool is_whole = false;       // whether all of them are searched from end to end
  PageRequest page = {};
  bool fetches = false;  // whether items are shown, not entries
};

// Draws the page that is asked for; `keys` are those of the read. False: it must be refused.
bool draw_page(World* world, IndexRead* read, Placeholders* placeholders);

// Reads everything without a limit and takes the entries that come out of *left, in the order of
// the reply; there must not be others.
std::vector<Entry> observe(World* world, const IndexRead& read, std::vector<Entry>* left);

// Reads the pages of entries in an order that was observed, from a random one on.
void expect_pages(World* world, IndexRead read, const std::vector<Entry>& entries);

// The order of sort keys; equal where entries may come in any order.
std::weak_ordering compare_sort_keys(const Index& index, const Item& a, const Item& b);

}  // namespace stator::plain
