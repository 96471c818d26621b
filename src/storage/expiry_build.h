// Gives the items of a table their expiry rows when it is told which attribute holds the time.
//
//   keyspace 0 := ".." | "B" keyspace:u32be -> the row key of the last item that was looked at
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "storage/catalog.h"
#include "storage/row_latches.h"
#include "storage/store.h"

namespace stator {

// A resource of one thread at a time. As IndexBackfill it begins when nobody writes to the table
// any more who does not know the rows: it removes those that no item makes any more, then walks the
// table and makes what is missing. An item's latch is held meanwhile. What is done stays done over
// a crash.
class ExpiryBuild {
 public:
  //   table  of a catalog in which the table has expiry rows; kept
  static Result<ExpiryBuild> open(Store* store, RowLatches* latches,
                                  std::shared_ptr<const Table> table);

  enum class Progress { more, finished };

  // Looks at the next kItemsPerStep rows or items; one commit.
  //   errors  internal
  Result<Progress> step();

  // Forgets how far it has come, when it has ended or nobody wants the rows any more.
  Result<void> forget();

  const Table& table() const { return *table_; }

  static constexpr std::size_t kItemsPerStep = 128;

 private:
  ExpiryBuild(Store* store, RowLatches* latches, std::shared_ptr<const Table> table);
  const TimeToLive& time_to_live() const { return *table_->definition.time_to_live; }
  Result<std::vector<std::string>> next_keys(const std::string& first,
                                             std::uint32_t keyspace) const;
  Result<void> sweep();
  Result<void> walk();
  Result<std::string> wanted_key(const std::string& row_key) const;
  Result<void> commit(std::string_view last_item);

  Store* store_;
  RowLatches* latches_;
  std::shared_ptr<const Table> table_;
  std::string progress_key_;
  enum class Phase { sweep, walk, finished };
  Phase phase_ = Phase::sweep;
  std::string at_;  // the first row that was not looked at

  // Of the step.
  struct Row {
    std::string key;
    bool erase = false;
  };
  std::vector<Row> rows_;
};

}  // namespace stator
