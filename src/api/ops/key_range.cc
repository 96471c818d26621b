#include "api/ops/key_range.h"

#include <string>

#include "storage/row_key.h"

namespace stator {
namespace {

// Narrows the rows of an item collection to those within a condition on the sort key.
void narrow(const SortCondition& condition, const std::string& collection, RowRange* range) {
  const auto part = [&](ValueView value) {
    std::string key = collection;
    append_key_part(value, &key);
    return key;
  };
  switch (condition.op) {
    case SortOperator::equal:
      range->first = part(condition.first);
      range->end = after_prefix(range->first);
      break;
    case SortOperator::less:
      range->end = part(condition.first);
      break;
    case SortOperator::less_equal:
      range->end = after_prefix(part(condition.first));
      break;
    case SortOperator::greater:
      range->first = after_prefix(part(condition.first));
      break;
    case SortOperator::greater_equal:
      range->first = part(condition.first);
      break;
    case SortOperator::between:
      range->first = part(condition.first);
      range->end = after_prefix(part(condition.second));
      break;
    case SortOperator::begins_with:
      range->first = collection;
      append_key_prefix(condition.first.text(), &range->first);
      range->end = after_prefix(range->first);
      break;
  }
}

}  // namespace

RowRange range_of(const ReadSource& source, const KeyCondition& condition) {
  RowRange range;
  append_partition(source.keyspace(), condition.partition.span(), &range.first);
  for (const ValueView value : condition.equal.span()) append_key_part(value, &range.first);
  range.end = after_prefix(range.first);
  if (!condition.sort) return range;
  const std::string collection = range.first;
  narrow(*condition.sort, collection, &range);
  return range;
}

}  // namespace stator
