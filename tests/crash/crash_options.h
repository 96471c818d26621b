// The command line of crash_tests.
#pragma once

#include <cstdint>
#include <string>

namespace stator::crash {

struct Options {
  std::string stator;      // the binary under test
  std::uint64_t seed = 0;  // what the writes and the moments of death follow from
  int rounds = 100;
  int backfill_rounds = 50;
  int delivery_rounds = 50;
};

// Set before the tests run, constant afterwards.
const Options& options();

}  // namespace stator::crash
