// How far behind the table reads are, on request: AWS's global secondary indexes and eventually
// consistent reads are a little late, and code that forgets it shall fail in a test.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "base/result.h"
#include "base/thread_annotations.h"
#include "capacity/units.h"
#include "model/table.h"
#include "storage/row_history.h"

namespace stator {

// Orders (namespace, table, index), and compares it with views of one.
struct IndexNameLess {
  using is_transparent = void;
  using View = std::tuple<std::string_view, std::string_view, std::string_view>;
  bool operator()(View a, View b) const { return a < b; }
};

// The lags of one database. A value.
struct Lags {
  using OfIndexes = std::map<std::tuple<std::string, std::string, std::string>,
                             std::chrono::milliseconds, IndexNameLess>;

  std::chrono::milliseconds gsi{0};
  std::chrono::milliseconds read{0};    // eventually consistent, of tables and local indexes
  std::chrono::milliseconds stream{0};  // of change records
  OfIndexes indexes;                    // those of global indexes that have one of their own

  // Of eventually consistent reads of an index, or of the table itself where it is null.
  std::chrono::milliseconds of(const TableDefinition& table, const IndexDefinition* index) const;

  // Of reads of tables and indexes: how far back their history has to go.
  std::chrono::milliseconds largest() const;

  bool operator==(const Lags&) const = default;
};

// The lags in force. A resource; thread-safe. Without one, nothing here takes a lock.
class LagSettings {
 public:
  //   history  outlives it; told how far back it is to go
  explicit LagSettings(RowHistory* history) : history_(*history) {}
  LagSettings(const LagSettings&) = delete;
  LagSettings& operator=(const LagSettings&) = delete;

  // Null where nothing lags.
  std::shared_ptr<const Lags> in_force() const;

  // The same, also where nothing lags.
  Lags all() const;

  // Runs `change` on the lags while nobody else changes them, and puts the result in force for the
  // reads and writes that begin afterwards.
  //   errors  those of `change`, which then has done nothing
  Result<Lags> change(const std::function<Result<void>(Lags*)>& change);

  // The moment that a read at `now` looks at; nullopt: the present.
  std::optional<TimePoint> cutoff(const TableDefinition& table, const IndexDefinition* index,
                                  Consistency consistency, TimePoint now) const;

 private:
  RowHistory& history_;
  std::atomic<bool> any_{false};  // whether in_force() is not null
  mutable Mutex mu_;
  std::shared_ptr<const Lags> lags_ GUARDED_BY(mu_) = std::make_shared<const Lags>();
};

}  // namespace stator
