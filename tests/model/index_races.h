// A table that is written, read and indexed by several threads at a time.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "world.h"

namespace stator::plain {

// What the threads share. A resource; thread-safe where it is not said otherwise.
class Race {
 public:
  explicit Race(Endpoint* database) : endpoint(*database) {}

  // Remembers the first that went wrong and stops everybody.
  void fail(const std::string& what);
  std::string fault();

  Endpoint& endpoint;
  std::atomic<bool> stopping = false;

 private:
  std::mutex mu_;
  std::string fault_;  // guarded by mu_
};

// The table without its items; it has one local and one global index that stay.
NamedTable race_table();

// Indexes that come and go; each name always has the same key.
std::vector<Index> passing_indexes();

// Makes the table with items, some of which nobody changes any more.
void prepare(Race* race, const NamedTable& table, Random* random);

// Each runs in a thread of its own.
void write_items(Race* race, std::uint64_t seed, std::size_t count);
void query_indexes(Race* race, std::uint64_t seed);
// Returns the indexes that it left, one of them perhaps still being built.
std::vector<Index> add_and_remove_indexes(Race* race, std::uint64_t seed);

}  // namespace stator::plain
