// Query: every page is known exactly.
#include <algorithm>

#include "expect.h"
#include "key_condition.h"
#include "operations.h"
#include "pages.h"

namespace stator::plain {
namespace {

constexpr int kPagesMax = 8;

// One Query over its pages.
struct Range {
  NamedTable& table;
  Value partition = {};
  std::optional<SortTest> test = {};
  bool backward = false;
  std::vector<Items::const_iterator> items = {};  // in the order of the query
};

Range draw_range(World* world) {
  Range range = {.table = any_table(world)};
  const Table& table = range.table.second;
  range.partition = any_key(world, table).partition;
  if (table.sort && world->random.chance(70)) {
    range.test = world->expressions.sort_test(table.sort->type);
  }
  range.backward = world->random.chance(40);
  range.items = table.collection(range.partition, range.test);
  if (range.backward) std::reverse(range.items.begin(), range.items.end());
  return range;
}

KeyCondition condition_of(const Range& range) {
  const Table& table = range.table.second;
  KeyCondition condition = {.equal = {{table.partition.name, range.partition}}};
  if (range.test) condition.test = {table.sort->name, *range.test};
  return condition;
}

// The evaluated items of the page that starts at `first`, and where it ends.
std::vector<Item> evaluated(const Range& range, const PageRequest& page, std::size_t first,
                            bool* is_cut) {
  std::vector<Item> items;
  std::size_t bytes = 0;
  *is_cut = false;
  for (std::size_t i = first; i < range.items.size() && !*is_cut; ++i) {
    items.push_back(range.items[i]->second);
    bytes += size_of(items.back());
    *is_cut = items.size() == page.limit || bytes >= kPageBytes;
  }
  return items;
}

// Compares one page and returns the position of the next, or nothing at the end.
std::optional<std::size_t> expect_page(const Range& range, const PageRequest& request,
                                       std::size_t first, Success reply) {
  bool is_cut = false;
  const std::vector<Item> items = evaluated(range, request, first, &is_cut);
  const Page page = take_page(request, &reply);
  const std::vector<Item> shown = shown_items(request, items);
  expect(page.scanned == items.size(), "expected ScannedCount " + std::to_string(items.size()));
  expect(page.count == shown.size(), "expected Count " + std::to_string(shown.size()));
  if (!request.count_only) {
    expect_same_items(shown, page.items);
    expect(page.items == shown, "the order of the items");
  }
  std::size_t bytes = 0;
  for (const Item& item : items) bytes += size_of(item);
  reply.expect_capacity(request.detail, range.table.first,
                        {.table = read_units(bytes, request.consistency)});
  reply.expect_nothing_else();
  expect(page.last_key.has_value() == is_cut, "LastEvaluatedKey");
  if (!is_cut) return std::nullopt;
  const std::size_t next = first + items.size();
  const Item last = range.table.second.key_of(range.items[next - 1]->first);
  expect(page.last_key == last, "expected LastEvaluatedKey " + to_json(last).dump());
  return next;
}

// A collection of at most one item cannot be continued.
bool can_start_anywhere(const Range& range) {
  return range.table.second.sort && !(range.test && range.test->test == Test::equal);
}

// The position after a key that need not be there.
std::size_t position_after(const Range& range, const Value& sort) {
  std::size_t position = 0;
  for (const auto& item : range.items) {
    const std::strong_ordering order = compare_scalars(*item->first.sort, sort);
    if (range.backward ? order < 0 : order > 0) break;
    ++position;
  }
  return position;
}

}  // namespace

void query(World* world) {
  const Range range = draw_range(world);
  const Table& table = range.table.second;
  prefer_attributes(world, table, range.items.empty() ? nullptr : &range.items[0]->second);
  Placeholders placeholders(&world->random);
  PageRequest page = draw_page_request(world, range.table.first, &placeholders);
  page.request["KeyConditionExpression"] =
      text_of(condition_of(range), &world->random, &placeholders);
  if (range.backward) page.request["ScanIndexForward"] = false;
  placeholders.add_to(&page.request);

  std::optional<std::size_t> position = 0;
  if (can_start_anywhere(range) && world->random.chance(20)) {
    const Value start = world->values.sort_key(table.sort->type);
    page.request["ExclusiveStartKey"] =
        spelt_item(table.key_of(KeyValues{range.partition, start}), &world->random);
    if (range.test && !matches(*range.test, start)) {
      return expect_error(world->call("Query", page.request), "ValidationException");
    }
    position = position_after(range, start);
  }
  for (int i = 0; i < kPagesMax && position; ++i) {
    Answer answer = world->call("Query", page.request);
    const Json last_key = answer.body.value("LastEvaluatedKey", Json());
    position = expect_page(range, page, *position, Success(std::move(answer)));
    if (!can_start_anywhere(range)) return;
    page.request["ExclusiveStartKey"] = last_key;
  }
}

}  // namespace stator::plain
