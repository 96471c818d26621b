#include "expression/update_values.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "base/limits.h"
#include "model/number.h"
#include "model/value_writer.h"

namespace stator {
namespace {

// No value takes more than three bytes here for each that DynamoDB bills, so an item that holds
// this much is too large for certain. Stops an update that multiplies a large attribute.
constexpr std::size_t kPutBytesMax = 3 * kItemBytesMax;

Error wrong_type() {
  return validation_error("An operand in the update expression has an incorrect data type");
}

// ADD or DELETE of a value of another type than the stored one.
Error mismatch(const UpdateAction& action) {
  return action.legacy ? validation_error("Type mismatch for attribute to update") : wrong_type();
}

Error missing_attribute() {
  return validation_error(
      "The provided expression refers to an attribute that does not exist in the item");
}

Error item_too_large() {
  return validation_error("Item size to update has exceeded the maximum allowed size");
}

Outcome put(ValueView value) {
  return {.kind = OutcomeKind::put, .value = value};
}

std::vector<std::string_view> elements_of(const SetView& set) {
  std::vector<std::string_view> elements;
  elements.reserve(set.count());
  for (SetView::Cursor c(set); c.next();) elements.push_back(c.element());
  return elements;
}

}  // namespace

Result<Outcome> UpdateValues::outcome(const UpdateAction& action) {
  const Outcome outcome = TRY(decide(action));
  put_bytes_ += outcome.value.bytes().size();
  if (put_bytes_ > kPutBytesMax) return item_too_large();
  return outcome;
}

Result<Outcome> UpdateValues::decide(const UpdateAction& action) {
  switch (action.kind) {
    case UpdateKind::set: {
      const ValueView value = TRY(value_of(*action.operand));
      return put(value);
    }
    case UpdateKind::remove:
      return Outcome{.kind = OutcomeKind::remove};
    case UpdateKind::add:
      return add(action);
    default:
      return remove_elements(action);
  }
}

Result<ValueView> UpdateValues::value_of(const Operand& operand) {
  if (operand.kind == OperandKind::value) return operand.value;
  if (operand.kind == OperandKind::call) return call(operand);
  const std::optional<ValueView> found = find(before_, operand.path);
  if (!found) return missing_attribute();
  return *found;
}

Result<ValueView> UpdateValues::call(const Operand& call) {
  if (call.function == Function::if_not_exists) {
    const std::optional<ValueView> found = find(before_, call.arguments->path);
    return found ? Result<ValueView>(*found) : value_of(*call.arguments->next);
  }
  const ValueView left = TRY(value_of(*call.arguments));
  const ValueView right = TRY(value_of(*call.arguments->next));
  return call.function == Function::list_append ? append_lists(left, right)
                                                : arithmetic(call.function, left, right);
}

Result<ValueView> UpdateValues::arithmetic(Function function, ValueView left, ValueView right) {
  if (left.type() != AttributeType::N || right.type() != AttributeType::N) return wrong_type();
  const Number number =
      TRY(function == Function::plus ? add_numbers(left.number(), right.number())
                                     : subtract_numbers(left.number(), right.number()));
  std::string* const bytes = new_value();
  append_number(number, bytes);
  return ValueView(*bytes);
}

Result<ValueView> UpdateValues::append_lists(ValueView left, ValueView right) {
  if (left.type() != AttributeType::L || right.type() != AttributeType::L) return wrong_type();
  if (left.bytes().size() + right.bytes().size() > kPutBytesMax) return item_too_large();
  std::string* const bytes = new_value();
  ListWriter list(bytes);
  for (const ValueView part : {left, right}) {
    for (ListView::Cursor c(part.list()); c.next();) {
      list.add();
      bytes->append(c.value().bytes());
    }
  }
  list.finish();
  return ValueView(*bytes);
}

Result<Outcome> UpdateValues::add(const UpdateAction& action) {
  const ValueView operand = action.operand->value;
  const std::optional<ValueView> old = find(before_, action.path);
  if (!old) return put(operand);
  if (old->type() != operand.type()) return mismatch(action);
  if (operand.type() == AttributeType::L) {
    const ValueView list = TRY(append_lists(*old, operand));
    return put(list);
  }
  if (operand.type() == AttributeType::N) {
    const ValueView sum = TRY(arithmetic(Function::plus, *old, operand));
    return put(sum);
  }
  const std::vector<std::string_view> had = elements_of(old->set());
  const std::vector<std::string_view> added = elements_of(operand.set());
  std::vector<std::string_view> all;
  all.reserve(had.size() + added.size());
  std::set_union(had.begin(), had.end(), added.begin(), added.end(), std::back_inserter(all));
  std::string* const bytes = new_value();
  append_set(operand.type(), &all, bytes);
  return put(ValueView(*bytes));
}

Result<Outcome> UpdateValues::remove_elements(const UpdateAction& action) {
  const ValueView operand = action.operand->value;
  const std::optional<ValueView> old = find(before_, action.path);
  if (!old) return Outcome{};
  if (old->type() != operand.type()) return mismatch(action);
  const std::vector<std::string_view> had = elements_of(old->set());
  const std::vector<std::string_view> gone = elements_of(operand.set());
  std::vector<std::string_view> left;
  left.reserve(had.size());
  std::set_difference(had.begin(), had.end(), gone.begin(), gone.end(), std::back_inserter(left));
  if (left.empty()) return Outcome{.kind = OutcomeKind::remove};
  std::string* const bytes = new_value();
  append_set(operand.type(), &left, bytes);
  return put(ValueView(*bytes));
}

}  // namespace stator
