// Bytes per second beside the nanoseconds of a benchmark.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>

namespace stator::bench {

// Run after the loop: each iteration worked through `bytes`.
inline void report_bytes(std::size_t bytes, benchmark::State* state) {
  state->SetBytesProcessed(state->iterations() * static_cast<std::int64_t>(bytes));
}

}  // namespace stator::bench
