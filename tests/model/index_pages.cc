#include "index_pages.h"

#include <algorithm>

namespace stator::plain {
namespace {

constexpr int kPagesMax = 12;

// Whether the projection names an attribute that entries do not have.
bool asks_for_more(const IndexRead& read) {
  const Table& table = read.table.second;
  return std::any_of(read.page.projection.begin(), read.page.projection.end(),
                     [&](const Path& path) { return !read.index.shows(table, path[0].name); });
}

void draw_select(World* world, IndexRead* read, bool* all) {
  if (read->page.count_only || !read->page.projection.empty() || !world->random.chance(30)) return;
  *all = world->random.chance(50);
  read->page.request["Select"] = *all ? "ALL_ATTRIBUTES" : "ALL_PROJECTED_ATTRIBUTES";
}

// A global index knows no consistent reads; most requests ask for none.
bool draw_consistency(World* world, IndexRead* read) {
  const bool strong = read->page.consistency == Consistency::strong;
  if (read->index.kind == IndexKind::local || !strong) return true;
  if (world->random.chance(10)) return false;
  read->page.request.erase("ConsistentRead");
  read->page.consistency = Consistency::eventual;
  return true;
}

Item key_of(const IndexRead& read, const Entry& entry) {
  Item key = entry.entry;
  std::erase_if(key, [&](const auto& attribute) {
    return !read.table.second.is_key(attribute.first) && !read.index.is_key(attribute.first);
  });
  return key;
}

// The position after the page that starts at `first`, and whether the page was cut there.
std::size_t end_of_page(const IndexRead& read, const std::vector<Entry>& entries, std::size_t first,
                        bool* is_cut) {
  std::size_t entry_bytes = 0;
  std::size_t item_blocks = 0;
  *is_cut = false;
  std::size_t at = first;
  for (; at < entries.size() && !*is_cut; ++at) {
    entry_bytes += size_of(entries[at].entry);
    item_blocks += in_read_blocks(size_of(*entries[at].item));
    const std::size_t bytes =
        read.fetches ? in_read_blocks(entry_bytes) + item_blocks : entry_bytes;
    *is_cut = at + 1 - first == read.page.limit || bytes >= kPageBytes;
  }
  return at;
}

Units units_of(const IndexRead& read, double index_units, double table_units) {
  Units units = {.table = table_units};
  auto& arms = read.index.kind == IndexKind::local ? units.local : units.global;
  arms[read.index.name] = index_units;
  return units;
}

// A page of a Scan rounds in each partition that it searches, and where those lie is not known.
void expect_units(const IndexRead& read, const std::vector<Entry>& page, bool is_whole,
                  Success* reply) {
  const double price = unit_price(read.page.consistency);
  std::size_t bytes = 0;
  double fetched = 0;
  for (const Entry& entry : page) {
    bytes += size_of(entry.entry);
    if (read.fetches) fetched += read_units(size_of(*entry.item), read.page.consistency);
  }
  const double units = read_units(bytes, read.page.consistency);
  const double least = is_whole ? std::max(units, price * read.partitions) : units;
  const double most = units + price * (read.partitions - 1);
  reply->expect_capacity(read.page.detail, read.table.first, units_of(read, least, fetched),
                         units_of(read, most, fetched));
}

std::vector<Item> shown_items(const IndexRead& read, const std::vector<Entry>& page) {
  std::vector<Item> kept;
  for (const Entry& entry : page) {
    if (read.page.filter && !holds(*read.page.filter, entry.entry)) continue;
    kept.push_back(read.fetches ? *entry.item : entry.entry);
  }
  PageRequest unfiltered = read.page;
  unfiltered.filter.reset();
  return shown_items(unfiltered, kept);
}

// Compares one page and returns the position of the next, or nothing at the end.
std::optional<std::size_t> expect_page(const IndexRead& read, const std::vector<Entry>& entries,
                                       std::size_t first, Success reply) {
  bool is_cut = false;
  const std::size_t end = end_of_page(read, entries, first, &is_cut);
  const auto at = [&](std::size_t position) {
    return entries.begin() + static_cast<std::ptrdiff_t>(position);
  };
  const std::vector<Entry> evaluated(at(first), at(end));
  const std::vector<Item> shown = shown_items(read, evaluated);
  const Page page = take_page(read.page, &reply);
  expect(page.scanned == evaluated.size(),
         "expected ScannedCount " + std::to_string(evaluated.size()));
  expect(page.count == shown.size(), "expected Count " + std::to_string(shown.size()));
  if (!read.page.count_only) {
    expect_same_items(shown, page.items);
    expect(page.items == shown, "another order of items than without a limit");
  }
  expect_units(read, evaluated, read.is_whole && first == 0 && !is_cut, &reply);
  reply.expect_nothing_else();
  expect(page.last_key.has_value() == is_cut, "LastEvaluatedKey");
  if (!is_cut) return std::nullopt;
  const Item last = key_of(read, entries[end - 1]);
  expect(page.last_key == last, "expected LastEvaluatedKey " + to_json(last).dump());
  return end;
}

// The entries that replies without a limit have, in their order.
std::vector<Item> read_everything(World* world, const IndexRead& read) {
  Json request = read.keys;
  std::vector<Item> items;
  for (;;) {
    Success reply(world->call(read.operation, request));
    const Page page = take_page({}, &reply);
    reply.expect_nothing_else();
    items.insert(items.end(), page.items.begin(), page.items.end());
    if (!page.last_key) return items;
    request["ExclusiveStartKey"] = spelt_item(*page.last_key, &world->random);
  }
}

}  // namespace

std::vector<Entry> entries_of(const Table& table, const Index& index) {
  std::vector<Entry> entries;
  for (const auto& [key, item] : table.items) {
    std::optional<Item> entry = entry_of(table, index, item);
    if (entry) entries.push_back({.entry = *std::move(entry), .item = &item});
  }
  return entries;
}

bool draw_page(World* world, IndexRead* read, Placeholders* placeholders) {
  read->page = draw_page_request(world, read->table.first, placeholders);
  bool all = false;
  draw_select(world, read, &all);
  read->page.request.update(read->keys);
  const bool more = all || asks_for_more(*read);
  read->fetches = more && read->index.projected != Projected::all;
  const bool is_known = draw_consistency(world, read);
  return is_known && !(read->fetches && read->index.kind == IndexKind::global);
}

std::vector<Entry> observe(World* world, const IndexRead& read, std::vector<Entry>* left) {
  std::vector<Entry> ordered;
  for (const Item& item : read_everything(world, read)) {
    const auto found = std::find_if(left->begin(), left->end(),
                                    [&](const Entry& entry) { return entry.entry == item; });
    expect(found != left->end(), "unexpected, or more than once: " + to_json(item).dump());
    ordered.push_back(std::move(*found));
    left->erase(found);
  }
  return ordered;
}

void expect_pages(World* world, IndexRead read, const std::vector<Entry>& entries) {
  std::optional<std::size_t> position = 0;
  if (!entries.empty() && world->random.chance(20)) {
    position = 1 + world->random.below(entries.size());
    read.page.request["ExclusiveStartKey"] =
        spelt_item(key_of(read, entries[*position - 1]), &world->random);
  }
  for (int i = 0; i < kPagesMax && position; ++i) {
    Answer answer = world->call(read.operation, read.page.request);
    const Json last_key = answer.body.value("LastEvaluatedKey", Json());
    position = expect_page(read, entries, *position, Success(std::move(answer)));
    if (position)
      read.page.request["ExclusiveStartKey"] = spelt_item(item_of(last_key), &world->random);
  }
}

std::weak_ordering compare_sort_keys(const Index& index, const Item& a, const Item& b) {
  for (const KeyAttribute& key : index.sort) {
    const std::strong_ordering order = compare_scalars(a.at(key.name), b.at(key.name));
    if (order != 0) return order;
  }
  return std::weak_ordering::equivalent;
}

}  // namespace stator::plain
