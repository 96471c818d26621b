#include "api/constraint_errors.h"
#include "api/keys.h"
#include "api/legacy_conditions.h"
#include "api/legacy_parameters.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/ops/key_range.h"
#include "api/ops/read_page.h"
#include "api/ops/read_source.h"
#include "api/reply_options.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr ExpressionMembers kRules = {
    .legacy = {Member::attributes_to_get, Member::query_filter, Member::conditional_operator,
               Member::key_conditions},
    .expressions = {Member::projection_expression, Member::filter_expression,
                    Member::key_condition_expression},
    .no_values_suffix = ": FilterExpression and KeyConditionExpression are null"};

Result<Expressions> check_request(ItemRequest* request, Arena* arena) {
  TRY(check_expression_parameters(*request, kRules));
  TRY(check_legacy_parameters(*request));
  TRY(check_start_values(*request));
  if (!request->key_condition && !request->present.has(Member::key_conditions)) {
    return validation_error(
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
        "request.");
  }
  Expressions expressions = TRY(parse_expressions(kRules, request, arena));
  if (request->present.has(Member::key_conditions)) {
    TRY(check_key_conditions(request->legacy->key_conditions));
  }
  TRY_ENVELOPED(check_select_combination(*request));
  return expressions;
}

Result<void> check_filter(const KeySchema& schema, const Condition& filter,
                          std::string_view parameter) {
  for (const std::string_view name : filter.attributes()) {
    if (!schema.is_key(name)) continue;
    return validation_error(
        std::string(parameter) +
        " can only contain non-primary key attributes: Primary key attribute: " +
        std::string(name));
  }
  return {};
}

// AWS says of an empty value which index it is for.
Result<void> check_value(const ReadSource& source, const KeyAttribute& attribute,
                         bool is_partition_key, ValueView value) {
  const bool may_be_empty = attribute.type == AttributeType::N || !value.text().empty();
  if (source.index() == nullptr || may_be_empty) {
    return check_key_value(attribute, is_partition_key, value);
  }
  return empty_index_key(source.index()->name, attribute);
}

Result<void> check_key_values(const ReadSource& source, const KeyCondition& condition) {
  const KeySchema& schema = source.key();
  for (std::size_t i = 0; i < schema.partition.size(); ++i) {
    TRY(check_value(source, schema.partition[i], true, condition.partition[i]));
  }
  for (std::size_t i = 0; i < condition.equal.size(); ++i) {
    TRY(check_value(source, schema.sort[i], false, condition.equal[i]));
  }
  if (!condition.sort) return {};
  const KeyAttribute& sort = schema.sort[condition.equal.size()];
  TRY(check_value(source, sort, false, condition.sort->first));
  if (condition.sort->op == SortOperator::between) {
    TRY(check_value(source, sort, false, condition.sort->second));
  }
  return {};
}

Error invalid_start() {
  return validation_error("The provided starting key is invalid");
}

// Whether the key lies in the collection that the condition asks for.
bool is_in_collection(const KeySchema& schema, const KeyCondition& condition, const MapView& key) {
  for (std::size_t i = 0; i < schema.partition.size(); ++i) {
    if (*key.find(schema.partition[i].name) != condition.partition[i]) return false;
  }
  return true;
}

bool matches_sort(const KeySchema& schema, const KeyCondition& condition, const MapView& key) {
  for (std::size_t i = 0; i < condition.equal.size(); ++i) {
    if (*key.find(schema.sort[i].name) != condition.equal[i]) return false;
  }
  return matches(*condition.sort, *key.find(schema.sort[condition.equal.size()].name));
}

// Where the page before ended: a key of what is read.
Result<void> check_start(const ReadSource& source, const AttributeMap& start) {
  if (!start.present) return {};
  const MapView key = ItemView::trusted(start.bytes).attributes();
  if (!source.is_key_shape(key)) return invalid_start();
  if (const Result<void> values = source.check_key_values(key); !values) {
    return validation_error("The provided starting key is invalid: " + values.error().message());
  }
  return {};
}

// The same, of the collection that the condition asks for.
Result<void> resume(const ReadSource& source, const KeyCondition& condition,
                    const AttributeMap& start, RowRange* range) {
  if (!start.present) return {};
  const MapView key = ItemView::trusted(start.bytes).attributes();
  const bool elsewhere = !is_in_collection(source.key(), condition, key);
  if (condition.sort) {
    if (!matches_sort(source.key(), condition, key)) {
      return validation_error("The provided starting key does not match the range key predicate");
    }
    if (elsewhere) {
      return validation_error("The query can return at most one row and cannot be restarted");
    }
  } else if (elsewhere) {
    return validation_error(
        "The provided starting key is outside query boundaries based on provided conditions");
  }
  std::string row_key;
  source.append_row_key(key, &row_key);
  resume_after(row_key, range);
  return {};
}

}  // namespace

Result<void> query(const Context& context, JsonWriter* json) {
  ItemRequest* const request = TRY(read_item_operation(context, kQueryRules, ValueTexts::current));
  Expressions expressions = TRY(check_request(request, &context.scratch.arena));
  const TableAccess table = TRY(find_table(context, *request->table_name));
  const ReadSource source = TRY(find_source(context, table, *request));
  TRY(check_start(source, request->exclusive_start_key));
  if (!expressions.key_condition) {
    TRY(check_indexable(request->legacy->key_conditions));
    expressions.key_condition = legacy_key_condition(*request, &context.scratch.arena);
  }
  const KeyCondition condition = TRY(bind_key_condition(*expressions.key_condition, source.key()));
  TRY(check_key_values(source, condition));
  RowRange range = range_of(source, condition);
  range.backward = !request->scan_index_forward;
  TRY(resume(source, condition, request->exclusive_start_key, &range));
  if (expressions.filter) {
    const std::string_view parameter = request->filter ? "Filter Expression" : "QueryFilter";
    TRY(check_filter(source.key(), *expressions.filter, parameter));
    TRY(check_filter_projected(source, *expressions.filter));
  }

  PagePlan plan = TRY(plan_page(context, *request, expressions, source));
  plan.range = std::move(range);
  plan.one_collection = true;
  return run_page(context, table, plan, json);
}

}  // namespace stator
