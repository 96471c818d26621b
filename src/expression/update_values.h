// What the actions of an update come to, for one item.
#pragma once

#include <cstddef>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "expression/operand.h"
#include "expression/update_action.h"
#include "model/value.h"

namespace stator {

enum class OutcomeKind : std::uint8_t { keep, remove, put };

// What becomes of the place that an action names.
struct Outcome {
  OutcomeKind kind = OutcomeKind::keep;
  ValueView value = {};  // put
};

// Evaluates against the item before the update, and owns the values that it computes. A resource
// of one thread.
class UpdateValues {
 public:
  explicit UpdateValues(const MapView& before) : before_(before) {}
  UpdateValues(const UpdateValues&) = delete;
  UpdateValues& operator=(const UpdateValues&) = delete;

  //   errors  validation, without prefix; also when the values cannot fit into one item
  Result<Outcome> outcome(const UpdateAction& action);

 private:
  Result<Outcome> decide(const UpdateAction& action);
  Result<ValueView> value_of(const Operand& operand);
  Result<ValueView> call(const Operand& call);
  Result<ValueView> arithmetic(Function function, ValueView left, ValueView right);
  Result<ValueView> append_lists(ValueView left, ValueView right);
  Result<Outcome> add(const UpdateAction& action);
  Result<Outcome> remove_elements(const UpdateAction& action);

  // Room for a computed value; stays where it is.
  std::string* new_value() { return &computed_.emplace_front(); }

  const MapView& before_;
  std::forward_list<std::string> computed_;
  std::size_t put_bytes_ = 0;  // of all outcomes so far
};

}  // namespace stator
