// What the operations of one run share: the database, what it must hold, and where choices come
// from.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "draw_expression.h"
#include "draw_value.h"
#include "random.h"
#include "stator/database.h"
#include "streams.h"
#include "table.h"

namespace stator::plain {

// A reply that is not what the model says.
class Mismatch : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Answer {
  int status = 0;
  Json body = {};
};

// The database under test, which can be closed and opened again. Calls are thread-safe; reopening
// has to be alone.
class Endpoint {
 public:
  //   directory  empty: in memory
  explicit Endpoint(std::string directory);

  Answer call(const std::string& operation, const Json& request) {
    return call(operation, request.dump());
  }
  Answer call(const std::string& operation, const std::string& json);

  // What Database::check finds.
  CheckResult check() const { return database_->check(); }

  bool is_in_memory() const { return directory_.empty(); }

  // Closes and opens the directory; does nothing to a database in memory.
  void reopen();

  // The database's.
  ManualClock& clock() { return *clock_; }

 private:
  const std::string directory_;
  const std::shared_ptr<ManualClock> clock_;
  std::unique_ptr<Database> database_;
};

// Units of capacity as a request asks for them.
enum class Detail { none, total, indexes };

// The state of one run. A resource of one thread.
struct World {
  World(Endpoint* database, std::string table_prefix, std::uint64_t seed)
      : endpoint(*database),
        prefix(std::move(table_prefix)),
        random(seed),
        values(&random),
        expressions(&random) {}

  // Sends one request and remembers it for the report of a mismatch.
  Answer call(const std::string& operation, const Json& request);

  Endpoint& endpoint;
  const std::string prefix;  // of the names of this run's tables
  Random random;
  ValueDraw values;
  ExpressionDraw expressions;
  std::map<std::string, Table> tables = {};
  std::map<std::string, StreamFollower> streams = {};  // of tables whose stream is on
  std::string last_exchange = {};
  bool moves_clock = true;  // nobody else needs it
  std::chrono::microseconds passed{0};
};

using NamedTable = std::pair<const std::string, Table>;

// One of the tables that are there; there is at least one.
NamedTable& any_table(World* world);

// A random key, likely of an item that is there.
KeyValues any_key(World* world, const Table& table);

// Lets expressions lead to attributes of the item, where there is one.
void prefer_attributes(World* world, const Table& table, const Item* item);

// An item under the key; one that an index refuses is rare.
Item any_item(World* world, const Table& table, const KeyValues& key);

}  // namespace stator::plain
