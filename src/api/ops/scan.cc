#include "api/keys.h"
#include "api/legacy_parameters.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/ops/read_page.h"
#include "api/ops/read_source.h"
#include "api/reply_options.h"
#include "base/limits.h"
#include "model/partition_map.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr ExpressionMembers kRules = {
    .legacy = {Member::attributes_to_get, Member::scan_filter, Member::conditional_operator},
    .expressions = {Member::projection_expression, Member::filter_expression},
    .no_values_suffix = ": FilterExpression is null",
    .texts = ValueTexts::older};

Result<void> check_segments(const ItemRequest& request) {
  if (request.segment && !request.total_segments) {
    return validation_error(
        "The TotalSegments parameter is required but was not present in the request when Segment "
        "parameter is present");
  }
  if (request.total_segments && !request.segment) {
    return validation_error(
        "The Segment parameter is required but was not present in the request when parameter "
        "TotalSegments is present");
  }
  if (!request.segment || *request.segment < *request.total_segments) return {};
  return validation_error(
      "The Segment parameter is zero-based and must be less than parameter TotalSegments: "
      "Segment: " +
      std::to_string(*request.segment) +
      " is not less than TotalSegments: " + std::to_string(*request.total_segments));
}

Result<Expressions> check_request(ItemRequest* request, Arena* arena) {
  TRY(check_expression_parameters(*request, kRules));
  TRY(check_legacy_parameters(*request));
  TRY(check_start_values(*request));
  TRY(check_segments(*request));
  Expressions expressions = TRY(parse_expressions(kRules, request, arena));
  TRY(check_select_combination(*request));
  return expressions;
}

RowRange range_of(std::uint32_t keyspace, const ItemRequest& request) {
  RowRange range;
  const auto segment = static_cast<std::uint64_t>(request.segment.value_or(0));
  const auto total = static_cast<std::uint64_t>(request.total_segments.value_or(1));
  append_hash_start(keyspace, hash_share(segment, total), &range.first);
  if (segment + 1 < total) {
    append_hash_start(keyspace, hash_share(segment + 1, total), &range.end);
  } else {
    range.end = keyspace_end(keyspace);
  }
  return range;
}

Result<void> resume(const ReadSource& source, const ItemRequest& request, RowRange* range) {
  if (!request.exclusive_start_key.present) return {};
  const MapView key = ItemView::trusted(request.exclusive_start_key.bytes).attributes();
  if (source.index() != nullptr && !source.is_key_shape(key)) {
    return validation_error("The provided starting key is invalid");
  }
  if (const Result<void> fits = source.check_key(key); !fits) {
    return validation_error("The provided starting key is invalid: " + fits.error().message());
  }
  std::string row_key;
  source.append_row_key(key, &row_key);
  if (row_key < range->first || row_key >= range->end) {
    return validation_error(
        "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use "
        "ExclusiveStartKey with correct Segment. TotalSegments: " +
        std::to_string(request.total_segments.value_or(1)) +
        " Segment: " + std::to_string(request.segment.value_or(0)));
  }
  resume_after(row_key, range);
  return {};
}

}  // namespace

Result<void> scan(const Context& context, JsonWriter* json) {
  ItemRequest* const request = TRY(read_item_operation(context, kScanRules, ValueTexts::older));
  const Expressions expressions = TRY(check_request(request, &context.scratch.arena));
  const TableAccess table = TRY(find_table(context, *request->table_name));
  const ReadSource source = TRY(find_source(context, table, *request));
  PagePlan plan = TRY(plan_page(context, *request, expressions, source));
  plan.range = range_of(source.keyspace(), *request);
  TRY(resume(source, *request, &plan.range));
  return run_page(context, table, plan, json);
}

}  // namespace stator
