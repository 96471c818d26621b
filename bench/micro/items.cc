// Items: encode, check, look up, size.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "fixtures.h"
#include "model/item.h"
#include "report_bytes.h"

namespace stator::bench {
namespace {

void encode_canonical_item(benchmark::State& state) {
  std::string out;
  Turn turn;
  for (auto _ : state) {
    out.clear();
    append_canonical(canonical_items()[turn.next()], &out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  report_bytes(out.size(), &state);
}
BENCHMARK(encode_canonical_item);

// A client that sends its attributes in an order of its own pays for sorting them.
void encode_canonical_item_unsorted(benchmark::State& state) {
  std::string out;
  Turn turn;
  for (auto _ : state) {
    const MapView attributes = ItemView::trusted(canonical_bytes()[turn.next()]).attributes();
    std::string_view first;
    out.clear();
    ItemWriter item(&out);
    for (MapView::Cursor c(attributes); c.next();) {
      if (first.empty()) {
        first = c.entry();
      } else {
        item.add_entry(c.entry());
      }
    }
    item.add_entry(first);
    item.finish();
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  report_bytes(out.size(), &state);
}
BENCHMARK(encode_canonical_item_unsorted);

void parse_stored(benchmark::State& state, const std::string& bytes) {
  for (auto _ : state) {
    std::string_view input = bytes;
    benchmark::DoNotOptimize(input);
    Result<ItemView> item = ItemView::parse(input);
    benchmark::DoNotOptimize(item);
  }
  report_bytes(bytes.size(), &state);
}
void parse_canonical_item(benchmark::State& state) {
  parse_stored(state, canonical_bytes().front());
}
void parse_mixed_item(benchmark::State& state) {
  parse_stored(state, mixed_bytes());
}
BENCHMARK(parse_canonical_item);
BENCHMARK(parse_mixed_item);

void find_attribute(benchmark::State& state, std::string_view name) {
  Turn turn;
  for (auto _ : state) {
    const ItemView item = ItemView::trusted(canonical_bytes()[turn.next()]);
    benchmark::DoNotOptimize(item.find(name));
  }
  report_bytes(mean_bytes(canonical_bytes()), &state);
}
BENCHMARK_CAPTURE(find_attribute, first, "field0");
BENCHMARK_CAPTURE(find_attribute, last, "sk");
BENCHMARK_CAPTURE(find_attribute, missing, "zzz");

void size_of_canonical_item(benchmark::State& state) {
  Turn turn;
  for (auto _ : state) {
    const ItemView item = ItemView::trusted(canonical_bytes()[turn.next()]);
    benchmark::DoNotOptimize(logical_bytes(item.attributes()));
  }
  report_bytes(mean_bytes(canonical_bytes()), &state);
}
BENCHMARK(size_of_canonical_item);

void size_of_mixed_item(benchmark::State& state) {
  for (auto _ : state) {
    const ItemView item = ItemView::trusted(mixed_bytes());
    benchmark::DoNotOptimize(logical_bytes(item.attributes()));
  }
  report_bytes(mixed_bytes().size(), &state);
}
BENCHMARK(size_of_mixed_item);

}  // namespace
}  // namespace stator::bench
