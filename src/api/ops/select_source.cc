#include "api/ops/select_source.h"

#include <algorithm>

#include "api/keys.h"
#include "api/ops/key_range.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

Result<ReadSource> find_select_source(const Context& context, const TableDefinition& table,
                                      const partiql::Statement& statement, bool consistent_read) {
  if (!statement.index) return ReadSource(table);
  const IndexDefinition* const index = table.find_index(*statement.index, context.now);
  if (index == nullptr) return validation_error("The table does not have the specified index");
  if (index->is_deleted() || index->status_at(context.now) == TableStatus::creating) {
    return validation_error("Cannot read from backfilling global secondary index: " + index->name);
  }
  if (index->kind == IndexKind::global && consistent_read) {
    return validation_error(
        "Strongly consistent read is not supported on Global Secondary Indexes");
  }
  return ReadSource(table, index);
}

// Whether the columns are more than the entries of the index hold, which only a local one can give.
Result<bool> needs_items(const ReadSource& source, const partiql::Statement& statement) {
  if (!statement.columns) return false;
  std::vector<std::string_view> columns;
  for (const DocumentPath& path : statement.columns->paths) columns.push_back(path.attribute());
  const std::string names = source.unprojected(columns);
  if (names.empty() || source.index()->kind == IndexKind::local) return !names.empty();
  return validation_error(std::string(kInvalid) + "Global secondary index " + source.index()->name +
                          " does not project [" + names + "]");
}

// ---- Order ----

struct Order {
  bool by_partition = false;  // several collections come in the order of their keys
  bool partition_descending = false;
  bool sort_descending = false;
};

bool is_attribute_of(const std::vector<KeyAttribute>& attributes, std::string_view name) {
  return std::any_of(attributes.begin(), attributes.end(),
                     [&](const KeyAttribute& each) { return each.name == name; });
}

bool has_several_partitions(const SelectAccess& access) {
  return std::any_of(access.branches.begin(), access.branches.end(), [&](const KeyBranch& each) {
    return each.partition != access.branches[0].partition;
  });
}

Result<Order> order_of(const partiql::Statement& statement, const SelectAccess& access,
                       const KeySchema& key) {
  Order order;
  if (statement.order.empty()) return order;
  if (!access.is_keyed) {
    return validation_error(
        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER "
        "BY clause.");
  }
  // AWS turns a sort key around that is not named.
  order.sort_descending = true;
  for (const partiql::OrderTerm& term : statement.order) {
    if (is_attribute_of(key.partition, term.attribute)) {
      order.by_partition = true;
      order.partition_descending = term.descending;
    } else if (is_attribute_of(key.sort, term.attribute)) {
      order.sort_descending = term.descending;
    } else {
      return validation_error("Attribute " + std::string(term.attribute) +
                              " in ORDER BY clause must be part of the primary key");
    }
  }
  if (order.by_partition || !has_several_partitions(access)) return order;
  return validation_error(
      "Must have hash key in ORDER BY clause when more than one hash key condition specified in "
      "WHERE clause.");
}

// ---- Reads ----

// What a branch reads; empty where nothing can be in it.
RowRange range_of_branch(const ReadSource& source, const KeyBranch& branch) {
  KeyCondition condition;
  for (std::size_t i = 0; i < source.key().partition.size(); ++i) {
    condition.partition.push_back(*branch.partition[i]);
  }
  RowRange range = range_of(source, condition);
  for (const SortCondition& sort : branch.sort) {
    condition.sort = sort;
    const RowRange narrower = range_of(source, condition);
    range.first = std::max(range.first, narrower.first);
    range.end = std::min(range.end, narrower.end);
  }
  return range;
}

bool is_whole_key(const ReadSource& source, const KeyBranch& branch) {
  const std::size_t sorts = source.key().sort.size();
  if (source.index() != nullptr || sorts > 1) return false;
  if (sorts == 0) return true;
  return std::any_of(branch.sort.begin(), branch.sort.end(), [](const SortCondition& condition) {
    return condition.op == SortOperator::equal;
  });
}

// A read and the collection that it lies in.
struct PlacedRead {
  SelectRead read;
  std::size_t collection = 0;  // in the order of the text
  std::string partition;       // bytes that sort as the partition keys
};

std::string partition_text(const KeyBranch& branch, const KeySchema& key) {
  std::string text;
  for (std::size_t i = 0; i < key.partition.size(); ++i) {
    append_key_part(*branch.partition[i], &text);
  }
  return text;
}

std::vector<PlacedRead> reads_of(const SelectAccess& access, const ReadSource& source) {
  std::vector<PlacedRead> reads;
  for (const KeyBranch& branch : access.branches) {
    PlacedRead placed{
        .read = {.range = range_of_branch(source, branch), .is_item = is_whole_key(source, branch)},
        .collection = reads.size(),
        .partition = partition_text(branch, source.key())};
    if (placed.read.range.first >= placed.read.range.end) continue;
    for (const PlacedRead& earlier : reads) {
      if (earlier.partition != placed.partition) continue;
      placed.collection = earlier.collection;
      break;
    }
    reads.push_back(std::move(placed));
  }
  return reads;
}

Result<void> check_apart(const std::vector<PlacedRead>& reads) {
  for (std::size_t i = 0; i < reads.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const RowRange& a = reads[i].read.range;
      const RowRange& b = reads[j].read.range;
      if (a.first >= b.end || b.first >= a.end) continue;
      return validation_error(
          "Overlapping conditions with range keys are not supported in where clause");
    }
  }
  return {};
}

void sort_reads(const Order& order, std::vector<PlacedRead>* reads) {
  std::stable_sort(reads->begin(), reads->end(), [&](const PlacedRead& a, const PlacedRead& b) {
    if (a.collection != b.collection) {
      if (!order.by_partition) return a.collection < b.collection;
      return order.partition_descending ? a.partition > b.partition : a.partition < b.partition;
    }
    return order.sort_descending ? a.read.range.first > b.read.range.first
                                 : a.read.range.first < b.read.range.first;
  });
}

SelectRead read_of_all(const ReadSource& source) {
  return {
      .range = {.first = keyspace_start(source.keyspace()), .end = keyspace_end(source.keyspace())},
      .is_item = false};
}

}  // namespace

Result<SelectPlan> plan_select(const Context& context, const TableAccess& table,
                               const partiql::Statement& statement, bool consistent_read) {
  const TableDefinition& definition = table.definition();
  const ReadSource source =
      TRY(find_select_source(context, definition, statement, consistent_read));
  const SelectAccess access = TRY(decide_select_access(statement.where, source.key()));
  const Order order = TRY(order_of(statement, access, source.key()));
  SelectPlan plan{.page = {}, .source = source, .reads = {}};
  plan.is_keyed = access.is_keyed;
  plan.is_exact = access.is_exact;
  PagePlan& page = plan.page;
  page.table = &definition;
  page.index = source.index();
  page.fetch = TRY(needs_items(source, statement));
  if (access.is_keyed && statement.where) TRY(check_filter_projected(source, *statement.where));
  if (!access.is_exact) page.filter = statement.where;
  page.projection = statement.columns;
  page.one_collection = access.is_keyed;
  page.range.backward = order.sort_descending;
  page.now = context.now;
  page.consistency = consistent_read ? Consistency::strong : Consistency::eventual;
  page.cutoff =
      context.engine.lags.cutoff(definition, source.index(), page.consistency, context.now);
  if (!access.is_keyed) {
    plan.reads.push_back(read_of_all(source));
    return plan;
  }
  std::vector<PlacedRead> reads = reads_of(access, source);
  TRY(check_apart(reads));
  sort_reads(order, &reads);
  for (PlacedRead& each : reads) {
    each.read.range.backward = order.sort_descending;
    plan.reads.push_back(std::move(each.read));
  }
  return plan;
}

}  // namespace stator
