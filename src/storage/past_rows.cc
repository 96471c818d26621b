#include "storage/past_rows.h"

namespace stator {

Result<bool> get_row(const Store& store, const Moment& moment, std::string_view key,
                     std::string* value) {
  const bool is_stored = TRY(store.get(key, value));
  const std::optional<PastRow> past = moment.find(key);
  if (!past) return is_stored;
  if (past->value == nullptr) return false;
  *value = *past->value;
  return true;
}

PastRowCursor::PastRowCursor(const Store& store, const RowRange& range, const Moment& moment)
    : moment_(moment), rest_(moment.is_past() ? range : RowRange()), rows_(store.scan(range)) {
  past_ = moment_.find_in(rest_);
  settle();
}

void PastRowCursor::next() {
  if (at_ == At::stored) {
    rows_.next();
  } else {
    leave_past_row();
  }
  settle();
}

// Goes to the next row of either side that was there at the moment.
void PastRowCursor::settle() {
  while (past_ && past_comes_first()) {
    if (past_->value != nullptr) {
      at_ = At::past;
      return;
    }
    leave_past_row();
  }
  at_ = rows_.valid() ? At::stored : At::end;
}

// Also where the store has a row with the same key. Not where the store cannot be read: nobody
// knows what comes first then.
bool PastRowCursor::past_comes_first() const {
  if (!rows_.valid()) return rows_.finished().has_value();
  return rest_.backward ? past_->key >= rows_.key() : past_->key <= rows_.key();
}

void PastRowCursor::leave_past_row() {
  if (rows_.valid() && rows_.key() == past_->key) rows_.next();
  if (rest_.backward) {
    rest_.end = past_->key;
  } else {
    rest_.first.assign(past_->key).push_back('\0');
  }
  past_ = moment_.find_in(rest_);
}

}  // namespace stator
