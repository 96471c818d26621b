// Row keys: what every read and write of an item encodes first.
#include <benchmark/benchmark.h>

#include <string>

#include "fixtures.h"
#include "report_bytes.h"
#include "storage/row_key.h"

namespace stator::bench {
namespace {

void row_key_of_canonical_item(benchmark::State& state) {
  const ItemView item = ItemView::trusted(canonical_bytes().front());
  const ValueView partition = *item.find("pk");
  const ValueView sort = *item.find("sk");
  std::string key;
  for (auto _ : state) {
    key.clear();
    append_partition(1, partition, &key);
    append_key_part(sort, &key);
    benchmark::DoNotOptimize(key.data());
    benchmark::ClobberMemory();
  }
  report_bytes(key.size(), &state);
}
BENCHMARK(row_key_of_canonical_item);

}  // namespace
}  // namespace stator::bench
