// Scan of an index, whole or in segments.
#include <set>

#include "expect.h"
#include "index_changes.h"
#include "index_pages.h"
#include "operations.h"

namespace stator::plain {
namespace {

std::string partition_text(const Index& index, const Item& entry) {
  std::string text;
  for (const KeyAttribute& key : index.partition) text += to_json(entry.at(key.name)).dump();
  return text;
}

void expect_collections_in_order(const Index& index, const std::vector<Entry>& entries) {
  std::set<std::string> done;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const std::string here = partition_text(index, entries[i].entry);
    if (i > 0 && here == partition_text(index, entries[i - 1].entry)) {
      expect(compare_sort_keys(index, entries[i - 1].entry, entries[i].entry) <= 0,
             "the order of a collection");
    } else {
      expect(done.insert(here).second, "a collection in two pieces");
    }
  }
}

IndexRead whole_scan(const NamedTable& table, const Index& index) {
  return {.table = table,
          .index = index,
          .operation = "Scan",
          .keys = {{"TableName", table.first}, {"IndexName", index.name}},
          .partitions = table.second.partitions,
          .is_whole = true};
}

// The scans that together read everything.
std::vector<IndexRead> draw_segments(World* world, const IndexRead& whole) {
  if (world->random.chance(60)) return {whole};
  std::vector<IndexRead> segments;
  const std::size_t count = 1 + world->random.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    IndexRead& segment = segments.emplace_back(whole);
    segment.keys["Segment"] = i;
    segment.keys["TotalSegments"] = count;
    segment.is_whole = count == 1;
  }
  return segments;
}

void expect_none_left(const std::vector<Entry>& left) {
  if (left.empty()) return;
  expect(false, "missing: " + to_json(left[0].entry).dump());
}

}  // namespace

void scan_index(World* world) {
  const AnyIndex source = any_index(world);
  if (source.index == nullptr) return;
  std::vector<Entry> left = entries_of(source.table.second, *source.index);
  prefer_attributes(world, source.table.second, left.empty() ? nullptr : left[0].item);
  for (IndexRead& read : draw_segments(world, whole_scan(source.table, *source.index))) {
    const std::vector<Entry> observed = observe(world, read, &left);
    expect_collections_in_order(*source.index, observed);
    Placeholders placeholders(&world->random);
    const bool is_allowed = draw_page(world, &read, &placeholders);
    placeholders.add_to(&read.page.request);
    if (!is_allowed) {
      expect_error(world->call("Scan", read.page.request), "ValidationException");
    } else {
      expect_pages(world, read, observed);
    }
  }
  expect_none_left(left);
}

void expect_index_entries(World* world, NamedTable* table) {
  wait_for_indexes(world, table);
  for (const Index& index : table->second.indexes) {
    std::vector<Entry> left = entries_of(table->second, index);
    expect_collections_in_order(index, observe(world, whole_scan(*table, index), &left));
    expect_none_left(left);
  }
}

}  // namespace stator::plain
