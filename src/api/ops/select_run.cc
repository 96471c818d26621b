#include "api/ops/select_run.h"

#include "api/ops/read_page.h"
#include "api/run_read.h"

namespace stator {
namespace {

Error mismatch() {
  return validation_error("NextToken does not match request");
}

void write_item(const SelectPlan& plan, ItemView item, std::string* buffer, JsonWriter* json) {
  json->element();
  if (!plan.page.projection) return json->attributes(item.attributes());
  buffer->clear();
  json->attributes(project(*plan.page.projection, item.attributes(), buffer).attributes());
}

// Moves the range of a read behind the item where the page before ended.
Result<void> resume(const SelectPlan& plan, const std::string& last_key, RowRange* range) {
  if (last_key.empty()) return {};
  const MapView key = ItemView::trusted(last_key).attributes();
  if (!plan.source.check_key(key)) return mismatch();
  std::string row_key;
  plan.source.append_row_key(key, &row_key);
  if (row_key < range->first || row_key >= range->end) return mismatch();
  resume_after(row_key, range);
  return {};
}

}  // namespace

Result<std::optional<ItemView>> run_item_select(const Context& context, const SelectPlan& plan,
                                                const SelectRead& read, Consumption* units) {
  const ItemRead one{.table = plan.page.table,
                     .row_key = read.range.first,
                     .consistency = plan.page.consistency,
                     .now = context.now};
  const std::optional<ItemView> item =
      TRY(run_item_read(&context.engine, one, &context.scratch.stored));
  units->table += read_units(item ? item->logical_size() : 0, one.consistency);
  if (!item || (plan.page.filter && !plan.page.filter->matches(item->attributes()))) {
    return std::optional<ItemView>();
  }
  return item;
}

Result<SelectPage> run_select(const Context& context, const SelectPlan& plan,
                              const NextToken& start, std::uint64_t limit, JsonWriter* json) {
  SelectPage page;
  PagePlan one = plan.page;
  std::string* const buffer = &context.scratch.projected;
  for (std::size_t i = start.read; i < plan.reads.size(); ++i) {
    const auto place = static_cast<std::uint32_t>(i);
    if (limit == 0) {
      page.next = NextToken{.fingerprint = 0, .read = place, .last_key = {}};
      return page;
    }
    if (plan.reads[i].is_item) {
      --limit;
      const auto item = TRY(run_item_select(context, plan, plan.reads[i], &page.units));
      if (item) write_item(plan, *item, buffer, json);
      page.count += static_cast<std::uint64_t>(item.has_value());
      continue;
    }
    one.range = plan.reads[i].range;
    one.limit = limit;
    if (i == start.read) TRY(resume(plan, start.last_key, &one.range));
    PageOutcome outcome = TRY(run_read(&context.engine, one, buffer, json));
    page.units.add(outcome.units);
    page.count += outcome.count;
    limit -= outcome.scanned;
    if (outcome.last_key) {
      page.next =
          NextToken{.fingerprint = 0, .read = place, .last_key = *std::move(outcome.last_key)};
      return page;
    }
  }
  return page;
}

}  // namespace stator
