// An engine in memory with one table, for the tests of reading and writing.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/engine.h"

namespace stator::testing_support {

// The engine, its catalog and its only table. A resource.
class TestEngine {
 public:
  // The table has a string partition key "pk" and a number sort key "sk".
  explicit TestEngine(std::uint32_t partitions = 1);

  Engine& engine() { return engine_; }
  const Table& table() const { return *table_; }

  // The row key of a key or item in the notation of ../expression/support.h.
  std::string row_key(std::string_view item) const;

  // Puts an item through run_write.
  void put(std::string_view item);

  // The stored item with that key, "(none)" when there is none.
  std::string stored(std::string_view key) const;

 private:
  Engine engine_;
  std::shared_ptr<const Table> table_;
};

}  // namespace stator::testing_support
