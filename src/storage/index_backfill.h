// Gives the items of a table their rows in an index that was added later, while the table is used.
//
//   keyspace 0 := ".." | "B" keyspace:u32be -> the row key of the last item that was looked at
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "storage/catalog.h"
#include "storage/row_latches.h"
#include "storage/store.h"

namespace stator {

// One backfill. A resource of one thread at a time. It begins when nobody writes to the table any
// more who does not know the index; from then on every write keeps the index row of its item.
// Before that some did and some did not, so it first removes rows that no item makes any more, and
// then walks the table and makes what is missing or outdated. An item's latch is held meanwhile.
// What is done stays done over a crash.
class IndexBackfill {
 public:
  //   table     of a catalog that knows the index; kept
  //   position  of the index in the table's definition
  static Result<IndexBackfill> open(Store* store, RowLatches* latches,
                                    std::shared_ptr<const Table> table, std::size_t position);

  enum class Progress { more, finished };

  // Looks at the next kItemsPerStep rows or items; one commit. Items that the index cannot hold are
  // left out.
  //   errors  internal
  Result<Progress> step();

  // Forgets how far it has come, when it has ended or the index is gone.
  Result<void> forget();

  static constexpr std::size_t kItemsPerStep = 128;

 private:
  IndexBackfill(Store* store, RowLatches* latches, std::shared_ptr<const Table> table,
                std::size_t position);
  const IndexDefinition& index() const { return table_->definition.indexes[position_]; }
  Result<void> sweep();
  Result<void> sweep_row(const std::string& index_key, const std::string& row_key);
  Result<void> walk();
  Result<std::vector<std::string>> next_keys() const;
  Result<void> add_row(std::string_view stored);
  Result<void> commit();
  int percent() const;

  Store* store_;
  RowLatches* latches_;
  std::shared_ptr<const Table> table_;
  std::size_t position_;
  std::string progress_key_;
  enum class Phase { sweep, walk, finished };
  Phase phase_ = Phase::sweep;
  std::string sweep_at_;  // the first index row that was not looked at
  std::string at_;        // the first row of the table that was not
  std::string end_;       // of the table's keyspace

  // Of the step; an empty entry erases.
  struct Row {
    std::string key;
    std::string entry;
  };
  std::vector<Row> rows_;
  std::int64_t items_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace stator
