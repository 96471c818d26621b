// Scan: the order of partition keys is the database's own, so that what is known is the whole, that
// each collection is in one piece and in order, and what the pages of known items cost.
#include <set>

#include "expect.h"
#include "index_changes.h"
#include "operations.h"
#include "pages.h"

namespace stator::plain {
namespace {

// What the pages of all segments said.
struct Scanned {
  std::vector<Item> items = {};
  std::size_t count = 0;
  std::size_t scanned = 0;
};

bool shows_everything(const PageRequest& request) {
  return !request.filter && request.projection.empty() && !request.count_only;
}

std::size_t total_bytes(const std::vector<Item>& items) {
  std::size_t bytes = 0;
  for (const Item& item : items) bytes += size_of(item);
  return bytes;
}

// Each partition rounds by itself, and one that held nothing costs the minimum.
void expect_units(const PageRequest& request, const NamedTable& table, const Page& page,
                  Success* reply) {
  const double price = unit_price(request.consistency);
  if (!shows_everything(request)) {
    return reply->expect_capacity(request.detail, table.first, {.table = price}, {.table = 1e9});
  }
  const std::size_t bytes = total_bytes(page.items);
  const double least = read_units(bytes, request.consistency);
  const double more = price * static_cast<double>(table.second.partitions - 1);
  const bool is_whole = !page.last_key && page.scanned == table.second.items.size() &&
                        !request.request.contains("Segment") &&
                        !request.request.contains("ExclusiveStartKey");
  reply->expect_capacity(request.detail, table.first,
                         {.table = is_whole ? std::max(least, price + more) : least},
                         {.table = least + more});
}

void expect_end(const PageRequest& request, const NamedTable& table, const Page& page) {
  if (request.limit) expect(page.scanned <= *request.limit, "more than Limit");
  if (!page.last_key || !shows_everything(request)) return;
  const bool at_limit = request.limit == page.scanned;
  expect(at_limit || total_bytes(page.items) >= kPageBytes, "the page ends early");
  const Item last = table.second.key_of(table.second.key_of(page.items.back()));
  expect(page.last_key == last, "expected LastEvaluatedKey " + to_json(last).dump());
}

void scan_segment(World* world, const NamedTable& table, PageRequest request, Scanned* scanned) {
  for (;;) {
    Success reply(world->call("Scan", request.request));
    const Page page = take_page(request, &reply);
    expect_units(request, table, page, &reply);
    reply.expect_nothing_else();
    expect_end(request, table, page);
    scanned->items.insert(scanned->items.end(), page.items.begin(), page.items.end());
    scanned->count += page.count;
    scanned->scanned += page.scanned;
    if (!page.last_key) return;
    request.request["ExclusiveStartKey"] = spelt_item(*page.last_key, &world->random);
  }
}

Scanned scan_all(World* world, const NamedTable& table, const PageRequest& request,
                 std::size_t segments) {
  Scanned scanned;
  if (segments == 0) {
    scan_segment(world, table, request, &scanned);
    return scanned;
  }
  for (std::size_t i = 0; i < segments; ++i) {
    PageRequest segment = request;
    segment.request["Segment"] = i;
    segment.request["TotalSegments"] = segments;
    scan_segment(world, table, segment, &scanned);
  }
  return scanned;
}

void expect_collections_in_order(const Table& table, const std::vector<Item>& items) {
  std::set<std::string> done;
  for (std::size_t i = 1; i < items.size(); ++i) {
    const KeyValues before = table.key_of(items[i - 1]);
    const KeyValues here = table.key_of(items[i]);
    if (before.partition == here.partition) {
      expect(table.sort && compare_scalars(*before.sort, *here.sort) < 0,
             "the order of a collection");
    } else {
      expect(done.insert(to_json(before.partition).dump()).second &&
                 !done.contains(to_json(here.partition).dump()),
             "a collection in two pieces");
    }
  }
}

void expect_all(const Table& table, const PageRequest& request, const Scanned& scanned) {
  std::vector<Item> all;
  for (const auto& [key, item] : table.items) all.push_back(item);
  const std::vector<Item> shown = shown_items(request, all);
  expect(scanned.scanned == all.size(), "expected to scan " + std::to_string(all.size()));
  expect(scanned.count == shown.size(), "expected to count " + std::to_string(shown.size()));
  if (request.count_only) return;
  expect_same_items(shown, scanned.items);
  if (shows_everything(request)) expect_collections_in_order(table, scanned.items);
}

}  // namespace

void scan(World* world) {
  const NamedTable& table = any_table(world);
  const Items& items = table.second.items;
  prefer_attributes(world, table.second, items.empty() ? nullptr : &items.begin()->second);
  Placeholders placeholders(&world->random);
  PageRequest request = draw_page_request(world, table.first, &placeholders);
  placeholders.add_to(&request.request);
  const std::size_t segments = world->random.chance(50) ? 0 : 1 + world->random.below(5);
  expect_all(table.second, request, scan_all(world, table, request, segments));
}

void expect_everything(World* world) {
  for (NamedTable& table : world->tables) {
    const PageRequest request = {.request = {{"TableName", table.first}}};
    expect_all(table.second, request, scan_all(world, table, request, 0));
    expect_index_entries(world, &table);
  }
  describe_tables(world);
}

}  // namespace stator::plain
