// Rows as they were at a moment: the store's, with the history's laid over them. At the present
// they are the store's own and cost what those cost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "storage/row_history.h"
#include "storage/store.h"

namespace stator {

// As Store::get.
Result<bool> get_row(const Store& store, const Moment& moment, std::string_view key,
                     std::string* value);

// As RowCursor. The moment outlives it. A resource of one thread.
class PastRowCursor {
 public:
  PastRowCursor(const Store& store, const RowRange& range, const Moment& moment);
  PastRowCursor(const PastRowCursor&) = delete;
  PastRowCursor& operator=(const PastRowCursor&) = delete;

  bool valid() const { return at_ != At::end; }
  void next();
  std::string_view key() const { return at_ == At::stored ? rows_.key() : past_->key; }
  std::string_view value() const { return at_ == At::stored ? rows_.value() : *past_->value; }

  // As RowCursor::finished; a cursor that could not read on is not valid.
  Result<void> finished() const { return rows_.finished(); }

 private:
  enum class At : std::uint8_t { stored, past, end };

  void settle();
  void leave_past_row();
  bool past_comes_first() const;

  const Moment& moment_;
  RowRange rest_;  // of the range, from past_ on; empty at the present
  RowCursor rows_;
  std::optional<PastRow> past_;  // the next row that has changed since the moment
  At at_ = At::end;
};

}  // namespace stator
