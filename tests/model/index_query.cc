// Query of an index.
#include <algorithm>

#include "expect.h"
#include "index_changes.h"
#include "index_pages.h"
#include "key_condition.h"
#include "operations.h"

namespace stator::plain {
namespace {

// Values of the key attributes, likely of an entry that is there.
Item any_index_key(World* world, const Index& index, const std::vector<Entry>& entries) {
  if (!entries.empty() && world->random.chance(80)) return world->random.one_of(entries).entry;
  Item key;
  for (const auto* attributes : {&index.partition, &index.sort}) {
    for (const KeyAttribute& key_attribute : *attributes) {
      key[key_attribute.name] = world->values.sort_key(key_attribute.type);
    }
  }
  return key;
}

KeyCondition draw_condition(World* world, const Index& index, const Item& key) {
  KeyCondition condition;
  const auto equal = [&](const KeyAttribute& attribute) {
    condition.equal.emplace_back(attribute.name, key.at(attribute.name));
  };
  for (const KeyAttribute& attribute : index.partition) equal(attribute);
  for (const KeyAttribute& attribute : index.sort) {
    if (world->random.chance(50)) {
      equal(attribute);
      continue;
    }
    if (world->random.chance(60)) {
      condition.test = {attribute.name, world->expressions.sort_test(attribute.type)};
    }
    break;
  }
  return condition;
}

// Whether a condition names an attribute of which `wanted` holds.
template <typename Wanted>
bool mentions(const Condition& condition, const Wanted& wanted) {
  return std::any_of(condition.operands.begin(), condition.operands.end(),
                     [&](const Operand& operand) {
                       return operand.kind != OperandKind::value && wanted(operand.path[0].name);
                     }) ||
         std::any_of(condition.inner.begin(), condition.inner.end(),
                     [&](const Condition& inner) { return mentions(inner, wanted); });
}

// A filter names no key attribute, and nothing that the entries do not have.
bool is_no_filter_attribute(const AnyIndex& source, const std::string& attribute) {
  return source.index->is_key(attribute) || !source.index->shows(source.table.second, attribute);
}

// Those that no filter may name are left out.
void prefer_attributes_of(World* world, const AnyIndex& source, const std::vector<Entry>& entries) {
  Item item;
  if (!entries.empty()) item = *entries[0].item;
  std::erase_if(item,
                [&](const auto& member) { return is_no_filter_attribute(source, member.first); });
  prefer_attributes(world, source.table.second, &item);
}

void expect_order(const Index& index, const std::vector<Entry>& entries, bool backward) {
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const auto order = compare_sort_keys(index, entries[i - 1].entry, entries[i].entry);
    expect(backward ? order >= 0 : order <= 0, "the order of the entries");
  }
}

std::vector<Entry> observe_query(World* world, IndexRead read, const Placeholders& placeholders,
                                 std::vector<Entry> entries) {
  placeholders.add_to(&read.keys);
  std::vector<Entry> observed = observe(world, read, &entries);
  expect(entries.empty(), "missing: " + (entries.empty() ? "" : to_json(entries[0].entry).dump()));
  return observed;
}

}  // namespace

void query_index(World* world) {
  const AnyIndex source = any_index(world);
  if (source.index == nullptr) return;
  const Index& index = *source.index;
  std::vector<Entry> entries = entries_of(source.table.second, index);
  const KeyCondition condition = draw_condition(world, index, any_index_key(world, index, entries));
  std::erase_if(entries, [&](const Entry& entry) { return !matches(condition, entry.entry); });
  prefer_attributes_of(world, source, entries);

  Placeholders placeholders(&world->random);
  IndexRead read = {.table = source.table, .index = index, .operation = "Query"};
  read.keys = {{"TableName", source.table.first}, {"IndexName", index.name}};
  read.keys["KeyConditionExpression"] = text_of(condition, &world->random, &placeholders);
  const bool backward = world->random.chance(40);
  if (backward) read.keys["ScanIndexForward"] = false;
  const std::vector<Entry> observed = observe_query(world, read, placeholders, std::move(entries));
  expect_order(index, observed, backward);

  const bool is_allowed = draw_page(world, &read, &placeholders);
  placeholders.add_to(&read.page.request);
  const auto is_refused_name = [&](const std::string& attribute) {
    return is_no_filter_attribute(source, attribute);
  };
  const bool is_refused = read.page.filter && mentions(*read.page.filter, is_refused_name);
  if (!is_allowed || is_refused) {
    return expect_error(world->call("Query", read.page.request), "ValidationException");
  }
  expect_pages(world, read, observed);
}

}  // namespace stator::plain
