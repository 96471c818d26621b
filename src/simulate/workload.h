// A workload: tables, and what is done to them in phases. Values, as docs/workloads.md describes
// them; workload_reader.h makes them of a file.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "capacity/admission.h"
#include "capacity/resource_meter.h"
#include "capacity/units.h"
#include "stator/clock.h"

namespace stator {

// Where something stands in the file, for what can only be said once the tables are there.
struct FilePlace {
  int line = 1;
  std::string path;                                  // phases[1].loads[0]
  std::vector<std::pair<std::string, int>> lines{};  // of the members of an object

  // The place of a member; of the object where it has no such member.
  FilePlace member(std::string_view name) const;

  // The mistake as a person reads it: "12: phases[1].loads[0].table: no such table".
  std::string fault(std::string_view what) const;
};

enum class KeyDistribution : std::uint8_t {
  uniform,
  zipf,        // key n has a share of 1 / (n + 1) ^ exponent
  sequential,  // one after the other, then from the start again
  hot,         // the first hot_keys have hot_share of the requests, the others the rest
};

// How the number of a key is drawn: from `first` on, `keys` of them.
struct KeyChoice {
  KeyDistribution distribution = KeyDistribution::uniform;
  std::uint32_t keys = 1;
  std::uint32_t first = 0;
  double exponent = 1;
  double hot_share = 0.9;
  std::uint32_t hot_keys = 1;

  std::uint32_t end() const { return first + keys; }
};

// An attribute that indexes have as a key and the table has not.
struct AttributeSetup {
  FilePlace place;
  std::string name;
  KeyChoice values;
  double share = 1;  // of the items, those that have it
};

// Bytes of an item, drawn evenly.
struct BytesRange {
  std::uint32_t from = 1024;
  std::uint32_t to = 1024;
};

// Items that are there from the start, and cost nothing.
struct ItemsSetup {
  FilePlace place;
  std::uint32_t partition_keys = 0;
  std::uint32_t sort_keys = 1;
  BytesRange bytes;
};

// A request that goes to the database as it stands.
struct ControlRequest {
  FilePlace place;
  std::string json;
};

struct TableSetup {
  FilePlace place;
  std::string name;
  ControlRequest create;
  CapacityMode mode = CapacityMode::enforce;
  std::vector<AttributeSetup> attributes;
  std::optional<ItemsSetup> items;
};

enum class LoadOperation : std::uint8_t { put_item, update_item, delete_item, get_item, query };
inline constexpr std::size_t kLoadOperations = 5;
inline constexpr std::array<std::string_view, kLoadOperations> kLoadOperationNames = {
    "PutItem", "UpdateItem", "DeleteItem", "GetItem", "Query"};

constexpr bool is_write(LoadOperation operation) {
  return operation < LoadOperation::get_item;
}

enum class Arrivals : std::uint8_t { even, poisson };

// Requests a second, going evenly from one rate to the other over the phase.
struct Rate {
  double from = 0;
  double to = 0;
};

// What a client does with a throttled request.
struct ClientSetup {
  std::uint32_t attempts = 1;  // at most, the first one included
  std::chrono::microseconds base{0};
  std::chrono::microseconds most{0};
  bool jitter = true;
  std::uint32_t quota = 0;  // tokens that retries are paid with; 0: retries are free
};

// Workers that each begin a request when the one before has been answered.
struct WorkersSetup {
  std::uint32_t workers = 1;
  std::chrono::microseconds latency{5000};  // of an answer
};

struct Load {
  FilePlace place;
  std::string name;
  std::string table;
  std::string index;  // of Query; empty: the table
  std::array<double, kLoadOperations> weights{};
  Rate rate;
  std::optional<WorkersSetup> workers;  // instead of a rate
  Arrivals arrivals = Arrivals::even;
  KeyChoice partition_key;
  std::optional<KeyChoice> sort_key;
  BytesRange bytes;
  std::vector<std::string> sets;  // attributes that UpdateItem draws anew
  Consistency consistency = Consistency::eventual;
  std::uint32_t limit = UINT32_MAX;  // of Query, in items
  ClientSetup client;

  bool has(LoadOperation operation) const {
    return weights[static_cast<std::size_t>(operation)] > 0;
  }
};

struct Phase {
  FilePlace place;
  std::string name;
  std::chrono::microseconds duration{0};
  std::vector<ControlRequest> updates;
  std::vector<Load> loads;
};

struct Workload {
  std::string title;
  std::uint64_t seed = 1;
  TimePoint start{};
  BurstAtStart burst = BurstAtStart::none;
  std::vector<TableSetup> tables;
  std::vector<Phase> phases;

  std::chrono::microseconds duration() const;
};

}  // namespace stator
