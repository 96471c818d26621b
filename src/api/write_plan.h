// One write of one item: planned, then decided from the stored item alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/expiry_writes.h"
#include "api/index_writes.h"
#include "api/throttle_errors.h"
#include "base/arena.h"
#include "base/result.h"
#include "capacity/consumption.h"
#include "expression/condition.h"
#include "expression/update.h"
#include "model/item.h"
#include "storage/catalog.h"
#include "streams/stream_record.h"

namespace stator {

// check: a transaction's condition on an item that stays as it is.
enum class WriteKind { put, update, remove, check };

// Everything about a write but the stored item. What it points at lives as long as the request.
struct WritePlan {
  WriteKind kind = WriteKind::put;
  const Table* table = nullptr;
  std::string_view row_key;
  ItemView item;  // put: the item to store; else just its key attributes
  std::optional<Condition> condition;
  std::optional<Update> update;
  bool return_item_on_failure = false;      // of a condition
  ChangeActor actor = ChangeActor::client;  // as the change record names it
  bool is_statement = false;                // of PartiQL, where one text is shorter
  bool has_unchecked_nesting = false;       // its values may be nested deeper than an item's
  // remove: only an item that expired within, else nothing happens; costs no units.
  std::optional<ExpiryWindow> expired_within = std::nullopt;
};

// What a write does. The items are those of the plan, of the store, or of a buffer of the caller.
struct WriteEffect {
  std::optional<ItemView> before;
  std::optional<ItemView> after;
  bool writes = false;  // whether the row changes: false for a removal of nothing
  Consumption units;
  std::vector<IndexWrite> indexes;
  ExpiryWrite expiry;
};

// The effect of a write and the bytes that it refers to. Not copied: the effect points into it.
struct WriteOutcome {
  WriteEffect effect;
  std::string stored;      // the item that was read
  std::string updated;     // the item that an update made
  std::string record_key;  // of the change record, where its table has a stream
  std::string record;
  std::int64_t collection_bytes = 0;  // what the item's collection came to, where it is counted
  // Of a write that was left out: why.
  ThrottledArms throttled;
  bool is_refused = false;  // a transaction writes the item just now, or a fault wants it
};

// Of a batch, whose other writes ran.
inline bool is_left_out(const WriteOutcome& outcome) {
  return outcome.is_refused || !outcome.throttled.empty();
}

// What AWS takes for a write whose condition failed: the price of the item that is there or of the
// one that it would have made, whichever is larger. Pure.
//   buffer  takes the bytes of an updated item
double failed_write_units(const WritePlan& plan, const std::optional<ItemView>& stored,
                          std::string* buffer);

// Pure: no clock, no I/O, safe to repeat.
//   buffer  takes the bytes of an updated item
//   arena   takes those of index rows
//   errors  conditional_check_failed; validation: see apply_update, an item that became too
//           large or too deeply nested, an index key that an index cannot hold
Result<WriteEffect> decide_write(const WritePlan& plan, std::optional<ItemView> stored,
                                 std::string* buffer, Arena* arena);

}  // namespace stator
