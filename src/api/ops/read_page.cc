#include "api/ops/read_page.h"

#include "api/key_paths.h"
#include "api/reply_options.h"
#include "model/item.h"

namespace stator {
namespace {

std::string unprojected(const Projection& projection, const ReadSource& source) {
  std::vector<std::string_view> names;
  for (const DocumentPath& path : projection.paths) names.push_back(path.attribute());
  return source.unprojected(names);
}

// Whether the request asks for more than the entries of the index hold. Only a local index can
// give it.
Result<bool> needs_items(const ItemRequest& request, const Expressions& expressions,
                         const ReadSource& source) {
  const IndexDefinition* const index = source.index();
  if (index == nullptr || index->projection.type == ProjectionType::all) return false;
  const bool all = request.select == "ALL_ATTRIBUTES";
  const std::string names =
      expressions.projection ? unprojected(*expressions.projection, source) : "";
  if (index->kind == IndexKind::local) return all || !names.empty();
  if (all) {
    return validation_error(
        "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported "
        "for global secondary index " +
        index->name + " because its projection type is not ALL");
  }
  if (names.empty()) return false;
  return validation_error("One or more parameter values were invalid: Global secondary index " +
                          index->name + " does not project [" + names + "]");
}

}  // namespace

Result<void> check_select_combination(const ItemRequest& request) {
  if (!request.select) return {};
  const bool names = request.present.has(Member::attributes_to_get);
  if (*request.select == "SPECIFIC_ATTRIBUTES") {
    if (request.projection || names) return {};
    return validation_error(
        "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
        "SPECIFIC_ATTRIBUTES");
  }
  if (request.projection || names) {
    const bool count = *request.select == "COUNT";
    return validation_error(
        std::string("Cannot specify the ") + (names ? "AttributesToGet" : "ProjectionExpression") +
        " when choosing to get " + std::string(count ? "only the Count" : *request.select));
  }
  if (*request.select == "ALL_PROJECTED_ATTRIBUTES" && !request.index_name) {
    return validation_error(
        "One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be used only when "
        "Querying using an IndexName");
  }
  return {};
}

Result<void> check_start_values(const ItemRequest& request) {
  const AttributeMap& start = request.exclusive_start_key;
  if (!start.error) return {};
  return validation_error("The provided starting key is invalid: " + start.error->message());
}

Result<PagePlan> plan_page(const Context& context, const ItemRequest& request,
                           const Expressions& expressions, const ReadSource& source) {
  if (expressions.projection) TRY(check_key_paths(source.table(), *expressions.projection));
  if (expressions.filter) TRY(check_key_paths(source.table(), *expressions.filter));
  PagePlan plan;
  plan.table = &source.table();
  plan.index = source.index();
  plan.fetch = TRY(needs_items(request, expressions, source));
  plan.filter = expressions.filter;
  plan.projection = expressions.projection;
  plan.count_only = request.select == "COUNT";
  if (request.limit) plan.limit = static_cast<std::uint64_t>(*request.limit);
  plan.now = context.now;
  plan.consistency = request.consistent_read ? Consistency::strong : Consistency::eventual;
  plan.cutoff =
      context.engine.lags.cutoff(source.table(), source.index(), plan.consistency, context.now);
  return plan;
}

Result<void> run_page(const Context& context, const TableAccess& table, const PagePlan& plan,
                      JsonWriter* json) {
  const ItemRequest& request = context.scratch.request;
  json->begin_object();
  if (!plan.count_only) {
    json->member("Items");
    json->begin_array();
  }
  const PageOutcome page = TRY(run_read(&context.engine, plan, &context.scratch.projected, json));
  if (!plan.count_only) json->end_array();
  context.scratch.notes.returned_items += page.count;
  json->integer_member("Count", static_cast<std::int64_t>(page.count));
  json->integer_member("ScannedCount", static_cast<std::int64_t>(page.scanned));
  if (page.last_key) {
    json->member("LastEvaluatedKey");
    json->attributes(ItemView::trusted(*page.last_key).attributes());
  }
  write_consumed_capacity_member(parse_consumed_capacity(request.return_consumed_capacity),
                                 table.name, page.units, json);
  json->end_object();
  return {};
}

void resume_after(std::string_view row_key, RowRange* range) {
  if (range->backward) {
    range->end.assign(row_key);
  } else {
    range->first.assign(row_key).push_back('\0');
  }
}

}  // namespace stator
