// The embedding API: a DynamoDB in this process, without a port, a global or a thread left behind.
//
//   auto opened = stator::Database::open({});
//   stator::Reply reply = opened.database->call("ListTables", "{}");
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stator/capacity.h"
#include "stator/check_report.h"
#include "stator/clock.h"
#include "stator/export.h"
#include "stator/faults.h"

namespace stator {

// What an acknowledged write outlives.
enum class Durability {
  process,  // the end of this process, kill -9 included; not a loss of power
  power,    // a loss of power: synced before it is acknowledged, concurrent writes in one sync
};

// How long a table or an index stays in a status that passes. AWS takes seconds to minutes; tests
// take none.
struct TransitionTimes {
  std::chrono::milliseconds creating{0};
  std::chrono::milliseconds updating{0};
  std::chrono::milliseconds deleting{0};
  std::chrono::milliseconds backfilling{0};  // the least: an index takes what its table's size asks
};

// The lag of one global secondary index, which need not exist yet.
struct GsiLag {
  std::string table;
  std::string index;
  std::chrono::milliseconds lag{0};
};

// Whose tables a caller sees.
enum class Isolation {
  shared,          // one namespace for all callers
  key_and_region,  // each pair of access key and region has one of its own, as DynamoDB Local does
};

struct DatabaseOptions {
  std::string directory{};  // empty: in memory; created when it does not exist
  Durability durability = Durability::process;
  // Null: the machine's. A ManualClock that is behind the time at which one was left in the
  // directory is moved to it: time does not go back.
  std::shared_ptr<Clock> clock{};
  std::uint64_t seed = 0;  // of table ids and the like; 0: from the machine's entropy
  TransitionTimes transitions{};
  Isolation isolation = Isolation::shared;
  // What the items under one partition key of a table with local secondary indexes may grow to,
  // their entries in the indexes included; AWS: 10 GB.
  std::int64_t item_collection_bytes_max = std::int64_t{10} << 30;
  CapacityMode capacity = CapacityMode::enforce;
  BurstAtStart burst_at_start = BurstAtStart::full;
  // What a partition may hold before it is split; AWS: 10 GB.
  std::int64_t partition_bytes_max = std::int64_t{10} << 30;
  std::chrono::milliseconds gsi_lag{0};     // see Database::set_gsi_lag
  std::chrono::milliseconds read_lag{0};    // see Database::set_read_lag
  std::chrono::milliseconds stream_lag{0};  // see Database::set_stream_lag
  std::vector<GsiLag> gsi_lags{};           // of indexes that have one of their own
  // How long items outlive the time at which they expire; AWS: minutes to days.
  std::chrono::milliseconds ttl_delay{0};
  // How long change records can be read, and how long a shard takes them; AWS: a day, four hours.
  std::chrono::milliseconds stream_retention = std::chrono::hours(24);
  std::chrono::milliseconds stream_rollover = std::chrono::hours(4);
  // Opens a directory to look into it: one that is there, at the time at which a ManualClock was
  // left in it, and nothing in it expires or is trimmed, whatever the three durations above are.
  bool as_left = false;
};

// Who calls, as the request's credential scope says.
struct Caller {
  std::string_view access_key = "local";
  std::string_view region = "us-east-1";
  // The namespace of its tables; the database sets it where callers are isolated.
  std::string_view space = {};
};

// Why the transport will not serve a caller. The database words it, in its order among the checks:
// malformed JSON and an unknown operation are answered first, as on AWS.
struct Refusal {
  std::string_view type;  // the exception's name, e.g. "MissingAuthenticationTokenException"
  std::string message;
};

struct Call {
  // The header X-Amz-Target whole ("DynamoDB_20120810.GetItem") or the operation's name alone.
  std::string_view operation;
  std::string_view body;  // JSON
  // Bytes that may be read from body.data() on; body is parsed in place when they exceed its size
  // by at least kBodyPadding and copied once otherwise.
  std::size_t readable_bytes = 0;
  Caller caller{};
  const Refusal* refusal = nullptr;
  std::string_view host = "localhost:8000";  // what DescribeEndpoints answers
};

inline constexpr std::size_t kBodyPadding = 64;

struct Reply {
  int status = 200;         // as over HTTP
  std::string body;         // JSON; may be empty where AWS sends no body
  bool is_dropped = false;  // a fault ends the connection, and nobody gets this answer
};

// A request about stator itself and not about DynamoDB: what HTTP has under /_stator, and /metrics.
struct ControlCall {
  std::string_view method;   // "GET", "POST" or "DELETE"
  std::string_view path;     // "/_stator/lag"
  std::string_view body;     // JSON; may be empty
  std::string_view query{};  // what stands behind the path's '?', undecoded: "table=T"
};

class Database;
struct DatabaseEngine;

struct OpenResult {
  std::unique_ptr<Database> database;  // null on failure
  std::string error;                   // one line that says what is wrong and with which directory
};

struct CheckResult {
  CheckReport report;
  std::string error;  // one line that says why there is no report; empty when there is one
};

// A resource; every function is thread-safe. Several may live in one process, on directories of
// their own. Closing waits for nothing but the calls that run.
class STATOR_API Database {
 public:
  // errors  the directory cannot be used, is in use, or a newer format wrote it; then nothing on
  //         disk has changed
  static OpenResult open(DatabaseOptions options);

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  // Answers one request. Errors are answers: a status of 400 or above and a body with __type.
  Reply call(std::string_view operation, std::string_view json);

  // The same, written over `reply`, whose buffer is used again.
  void call(const Call& call, Reply* reply);

  // Compares every index row, and the size of every item collection, with the items that they
  // follow from, and change records with the items that they lead to. Reads everything, as it stood
  // when the check began; others may write meanwhile.
  CheckResult check() const;

  // Removes all tables with their items and streams, whatever protects them, tokens of transactions
  // and faults. Settings stay.
  // Returns "", or why the store failed; what is gone stays gone.
  std::string reset();

  // Answers a request about stator itself. Errors are answers: a status of 400 or above and a body
  // with "message".
  //   GET, POST /_stator/capacity  the modes, as {"mode": "enforce", "tables": [..]}
  //   GET, POST, DELETE /_stator/faults  the rules of faults (docs/faults.md); DELETE takes the
  //   query
  //                             id=N, or removes all
  //   GET, POST /_stator/lag    the lags, as {"gsi": "200ms", "read": "0", "stream": "0", ..}
  //   GET, POST /_stator/clock  the time; {"advance": "300s"} moves a ManualClock
  //   POST /_stator/reset       see reset()
  //   GET /_stator/partitions   with the query table=NAME: partitions, buckets, the last hour's
  //                             traffic and hot keys of a table and its global indexes
  //   GET /metrics              CloudWatch's metrics, as Prometheus's text format 0.0.4
  void control(const ControlCall& call, Reply* reply);

  // Reads of global secondary indexes see them as they were `lag` ago, by the database's clock and
  // as far back as a lag was set; changes show in their order. At once and while running; kept in
  // memory only. 0 to 24 hours; what is outside is taken as the nearer end.
  void set_gsi_lag(std::chrono::milliseconds lag);

  // The same for one index; nullopt: as the others again. False when there is no such index.
  bool set_gsi_lag(std::string_view table, std::string_view index,
                   std::optional<std::chrono::milliseconds> lag);

  // The same for reads of tables and local secondary indexes that are not strongly consistent.
  void set_read_lag(std::chrono::milliseconds lag);

  // GetRecords hands out change records when they are `lag` old, by the database's clock. At once
  // and while running; kept in memory only. 0 to 24 hours; what is outside is taken as the nearer
  // end.
  void set_stream_lag(std::chrono::milliseconds lag);

  // Whether requests are throttled. At once and while running; kept in memory only.
  void set_capacity_mode(CapacityMode mode);

  // The same for one table; nullopt: as the others again. False when there is no such table.
  bool set_capacity_mode(std::string_view table, std::optional<CapacityMode> mode);

  // Makes requests fail, wait or lose their answer; see stator/faults.h. At once and while running;
  // kept in memory only.
  AddedFault add_fault(const FaultRule& rule);
  // What waits because of it goes on. False when there is no such rule.
  bool remove_fault(std::uint64_t id);
  void remove_faults();
  std::vector<FaultState> faults() const;

  // Whether calls may wait because of faults: whoever serves many on one thread then runs them on
  // others. One atomic load.
  bool may_wait() const;

  // Where the items live: "memory", or the directory.
  std::string_view storage() const;

 private:
  class State;
  friend struct DatabaseEngine;  // what stands above the operations: stator/functions.h
  explicit Database(std::unique_ptr<State> state);
  void run(const Call& call, Reply* reply);

  const std::unique_ptr<State> state_;
};

// The same of a directory that no process has open; nothing in it is created or changed.
//   errors  there is none, it is not stator's, is in use, a newer format wrote it, or it cannot be
//           read
STATOR_API CheckResult check_directory(const std::string& directory);

// "0.1.0"
STATOR_API std::string_view version();

}  // namespace stator
