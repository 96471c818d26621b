// What a simulation found: plain values, from which every report is written.
//
// Times are seconds since the simulation's start unless they are TimePoints. All series have one
// entry for each slot of SimulationReport::slot_seconds, from the start to the end.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "capacity/throttle_reason.h"
#include "model/table.h"
#include "stator/clock.h"

namespace stator {

// More slots than a report can show. A simulation of up to 600 seconds has slots of one second.
inline constexpr std::int64_t kReportSlotsMax = 600;

// One direction of a table or index during a slot.
struct UnitSlot {
  double offered = 0;   // units that the load asked for, each request once however often it retried
  double consumed = 0;  // units that were served
  double throttled = 0;  // units of attempts that this resource refused; of a read, what it would
                         // have cost
  std::array<std::uint64_t, kThrottleLimits> throttles{};  // attempts refused, by ThrottleLimit

  std::uint64_t throttle_count() const {
    return throttles[0] + throttles[1] + throttles[2] + throttles[3];
  }
  bool operator==(const UnitSlot&) const = default;
};

// One partition during a slot, by Direction.
struct PartitionSlot {
  std::array<double, kDirections> consumed{};   // units
  std::array<double, kDirections> throttled{};  // units that the partition's own limit refused
  bool operator==(const PartitionSlot&) const = default;
};

enum class PartitionEnd : std::uint8_t {
  split_for_heat,  // cut at the weighted middle of the keys that it saw
  grown,           // cut in half, because the resource serves more than its partitions could
  settings,        // cut in half by an UpdateTable
};

constexpr std::string_view name_of(PartitionEnd end) {
  switch (end) {
    case PartitionEnd::split_for_heat:
      return "heat";
    case PartitionEnd::grown:
      return "growth";
    case PartitionEnd::settings:
      break;
  }
  return "settings";
}

// A partition that existed at some time of the simulation. Children name their parent; both of them
// begin when it ends.
struct PartitionReport {
  std::uint32_t id = 0;
  std::uint32_t parent = 0;  // 0: it was there when the table was made
  // The part of the hash space, 0 to 1, that it holds: from `first` up to `end`. One that was cut
  // inside of an item collection begins behind a key of it, and is as good as a point here.
  double first = 0;
  double end = 0;
  std::string first_key;        // readable; empty: it begins between two collections
  double born = 0;              // seconds
  std::optional<double> ended;  // seconds; nothing: it is there at the end
  PartitionEnd ended_by = PartitionEnd::settings;  // where `ended` has a value
  std::size_t first_slot = 0;        // the slot of slots[0]; it was idle or not there before
  std::vector<PartitionSlot> slots;  // idle after the last of them
  bool operator==(const PartitionReport&) const = default;
};

// A cut, in the order of time.
struct SplitReport {
  double second = 0;
  PartitionEnd cause = PartitionEnd::split_for_heat;
  std::uint32_t parent = 0;
  std::array<std::uint32_t, 2> children{};
  std::string at;  // where: a readable key, or the share of the hash space as "0.2500"
  bool operator==(const SplitReport&) const = default;
};

// A key and what it had, over the whole simulation. Of a sketch (capacity/hot_keys.h): the true
// figure lies between `amount - error` and `amount`.
struct HotKeyReport {
  std::string key;    // readable: pk="0000000007" sk="0000000012"
  double amount = 0;  // units, or throttled attempts
  double error = 0;
  double share = 0;  // of all that the resource had, 0 to 1
  bool operator==(const HotKeyReport&) const = default;
};

// The greatest first, at most kHotKeysReported each. Items stay empty where there is no sort key.
inline constexpr std::size_t kHotKeysReported = 10;
struct HotKeysReport {
  std::vector<HotKeyReport> used_collections;  // units, of reads and writes together
  std::vector<HotKeyReport> used_items;
  std::vector<HotKeyReport> throttled_collections;  // attempts
  std::vector<HotKeyReport> throttled_items;
  bool operator==(const HotKeysReport&) const = default;
};

// What it takes to serve the same load without a throttle.
enum class NeedsVerdict : std::uint8_t {
  idle,             // nothing was asked of this direction
  served,           // nothing was throttled, nor would be: the settings will do
  provision,        // raise the provisioned units to `provisioned_units`
  raise_maximum,    // raise the OnDemandThroughput maximum
  warm_throughput,  // on demand: set the warm throughput to `warm_units` beforehand
  spread_keys,      // the partitions, not the settings, are the limit: `hottest` is within what one
                    // partition serves, but shares one with others; it takes splits, which come by
                    // themselves after some minutes, or warm throughput
  shard_key,        // no setting will do: `hottest` asks for more than one partition serves
  quota,            // no setting will do: beyond the account's quota of one table or index
};

// Of what the load asks for when nothing is refused: refusals keep some of it back, because workers
// wait instead of going on, and an item that was not written has no index entry to be moved.
struct NeedsReport {
  NeedsVerdict verdict = NeedsVerdict::idle;
  bool was_spared = false;  // nothing was throttled here, because refusals elsewhere kept load away
  double mean_units = 0;    // offered, a second, over the whole simulation
  double peak_units = 0;    // offered in the busiest second
  // The fewest provisioned units whose bucket (300 seconds saved) never runs dry of this load,
  // however it comes within each second.
  std::int64_t provisioned_units = 0;
  // The settings at the end, where there are such: provisioned units, or OnDemandThroughput maximum
  // and warm throughput.
  std::optional<std::int64_t> provisioned_now;
  std::optional<std::int64_t> maximum_now;
  std::optional<std::int64_t> warm_now;
  std::int64_t warm_units = 0;  // with which an on-demand resource serves this load at once
  // The key with the most units in any ten seconds: its rate then, at least, and into how many keys
  // it must be sharded (1: it needs none).
  std::string hottest_key;
  double hottest_units = 0;  // a second
  std::int64_t shards = 1;
  double partition_limit = 0;  // units a second that one partition serves: 3000 or 1000
  bool operator==(const NeedsReport&) const = default;
};

// One direction of a resource over the whole simulation.
struct DirectionReport {
  std::vector<UnitSlot> slots;
  UnitSlot total;
  NeedsReport needs;
  bool operator==(const DirectionReport&) const = default;
};

struct ResourceReport {
  std::string table;
  std::string index;  // empty: the table, its local indexes included
  ResourceKind kind = ResourceKind::table;
  BillingMode billing = BillingMode::provisioned;       // at the end
  std::array<DirectionReport, kDirections> directions;  // by Direction
  std::vector<PartitionReport> partitions;              // in the order of their ids
  std::vector<SplitReport> splits;
  HotKeysReport hot_keys;
  bool operator==(const ResourceReport&) const = default;

  // "orders" or "orders/by_status"
  std::string name() const { return index.empty() ? table : table + "/" + index; }
};

// Requests of one load; an attempt is what the server sees, retries are attempts after the first.
struct RequestCounts {
  std::uint64_t requests = 0;   // begun
  std::uint64_t succeeded = 0;  // at once or after retries
  std::uint64_t given_up = 0;   // the client retried no more, and the application saw the error
  std::uint64_t throttled = 0;  // attempts
  std::uint64_t retries = 0;

  // Begun but neither: the simulation ended before.
  std::uint64_t unfinished() const { return requests - succeeded - given_up; }
  bool operator==(const RequestCounts&) const = default;
};

// How long requests that succeeded had waited between attempts; the server itself takes no time.
// Percentiles are right to 3 %.
struct WaitReport {
  double mean_ms = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  double max_ms = 0;
  bool operator==(const WaitReport&) const = default;
};

struct LoadReport {
  std::string name;  // as in the file, or "loads[0]"
  std::string table;
  std::string index;  // which its reads go to; empty: the table
  RequestCounts total;
  WaitReport wait;
  bool operator==(const LoadReport&) const = default;
};

// A resource during a phase, by Direction: units a second.
struct PhaseResource {
  std::size_t resource = 0;  // its place in SimulationReport::resources
  std::array<double, kDirections> offered{};
  std::array<double, kDirections> consumed{};
  std::array<double, kDirections> throttled{};
  std::array<double, kDirections> peak_consumed{};  // in the busiest second
  std::size_t partitions = 0;                       // at the phase's end
  bool operator==(const PhaseResource&) const = default;
};

struct PhaseReport {
  std::string name;  // as in the file, or "phase 1"
  double start = 0;  // seconds
  double seconds = 0;
  std::vector<std::string> changes;  // UpdateTable requests at its start, a line of JSON each
  std::vector<LoadReport> loads;
  std::vector<PhaseResource> resources;
  bool operator==(const PhaseReport&) const = default;
};

struct SimulationReport {
  std::string workload;  // the file's name
  std::string title;     // may be empty
  std::uint64_t seed = 0;
  TimePoint start{};
  double seconds = 0;  // simulated
  std::int64_t slot_seconds = 1;
  std::size_t slots = 0;
  RequestCounts total;
  std::vector<RequestCounts> request_slots;  // what happened in each
  std::vector<PhaseReport> phases;
  std::vector<ResourceReport> resources;  // each table, then its global indexes
  bool operator==(const SimulationReport&) const = default;
};

}  // namespace stator
