#include <algorithm>
#include <span>
#include <unordered_set>

#include "api/cancellation.h"
#include "api/fault_effects.h"
#include "api/keys.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/reply_options.h"
#include "api/request/batch_request.h"
#include "api/request/batch_rules.h"
#include "api/request/constraint_check.h"
#include "api/run_write.h"
#include "api/table_access.h"
#include "base/limits.h"
#include "storage/index_row.h"

namespace stator {
namespace {

Result<void> check_write(const WriteElement& write) {
  if (!write.has_put && !write.has_delete) {
    return validation_error(
        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
  }
  if (write.has_put && write.has_delete) {
    return validation_error(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
        "supported datatypes");
  }
  TRY(check_values(write.has_put ? write.item : write.key));
  if (write.has_put && ItemView::trusted(write.item.bytes).logical_size() > kItemBytesMax) {
    return validation_error("Item size has exceeded the maximum allowed size");
  }
  return {};
}

Result<void> check_writes(const BatchWriteRequest& request) {
  std::size_t total = 0;
  for (const WritesBlock& block : request.blocks) {
    for (const WriteElement& write : block.writes) TRY(check_write(write));
    total += block.writes.size();
  }
  if (total <= kBatchWriteRequestsMax) return {};
  return validation_error("Too many items requested for the BatchWriteItem call");
}

// All writes of the request, and the row keys that they refer to.
struct Batch {
  std::vector<TableAccess> tables;      // one for each block
  std::vector<std::size_t> block_ends;  // plans of block i end here
  std::vector<std::string> row_keys;
  std::vector<WritePlan> plans;
};

// BatchWriteItem has one text for every key that does not fit, also in items.
Result<void> check_batch_key(const KeySchema& schema, const WriteElement& write,
                             const MapView& attributes) {
  if (write.has_delete) return check_key(schema, attributes);
  const auto fits = [&](const KeyAttribute& key) {
    const auto value = attributes.find(key.name);
    return value && value->type() == key.type;
  };
  if (!std::all_of(schema.partition.begin(), schema.partition.end(), fits) ||
      !std::all_of(schema.sort.begin(), schema.sort.end(), fits)) {
    return validation_error("The provided key element does not match the schema");
  }
  return check_key_in_item(schema, attributes);
}

Result<WritePlan> plan_element(const TableAccess& table, const WriteElement& write,
                               std::string* row_key) {
  const ItemView item = ItemView::trusted(write.has_put ? write.item.bytes : write.key.bytes);
  TRY(check_batch_key(table.definition().key, write, item.attributes()));
  if (write.has_put) TRY(check_item_for_indexes(table.definition(), item));
  append_table_row_key(table.definition(), item.attributes(), row_key);
  WritePlan plan;
  plan.kind = write.has_put ? WriteKind::put : WriteKind::remove;
  plan.table = table.table;
  plan.row_key = *row_key;
  plan.item = item;
  return plan;
}

Result<Batch> plan_batch(const Context& context, const BatchWriteRequest& request) {
  Batch batch;
  batch.row_keys.reserve(kBatchWriteRequestsMax);  // plans point at them: they must not move
  std::unordered_set<std::string_view> seen;
  for (const WritesBlock& block : request.blocks) {
    batch.tables.push_back(TRY(find_table(context, block.table)));
  }
  for (std::size_t i = 0; i < request.blocks.size(); ++i) {
    for (const WriteElement& write : request.blocks[i].writes) {
      std::string* const row_key = &batch.row_keys.emplace_back();
      batch.plans.push_back(TRY(plan_element(batch.tables[i], write, row_key)));
      if (!seen.insert(*row_key).second) {
        return validation_error("Provided list of item keys contains duplicates");
      }
    }
    batch.block_ends.push_back(batch.plans.size());
  }
  return batch;
}

void write_capacity(const BatchWriteRequest& request, const Batch& batch,
                    const std::vector<WriteOutcome>& outcomes, JsonWriter* json) {
  const ReturnConsumedCapacity detail = parse_consumed_capacity(request.return_consumed_capacity);
  if (detail == ReturnConsumedCapacity::none) return;
  json->member("ConsumedCapacity");
  json->begin_array();
  std::size_t at = 0;
  for (std::size_t block = 0; block < batch.tables.size(); ++block) {
    Consumption consumed;
    for (; at < batch.block_ends[block]; ++at) consumed.add(outcomes[at].effect.units);
    json->element();
    write_consumed_capacity(detail, batch.tables[block].name, consumed, json);
  }
  json->end_array();
}

// Where no write of the batch was run because of its capacity: what throttled them.
std::optional<ThrottledArms> all_throttled(const std::vector<WriteOutcome>& outcomes) {
  if (!std::all_of(outcomes.begin(), outcomes.end(), is_left_out)) return std::nullopt;
  ThrottledArms arms;
  for (const WriteOutcome& outcome : outcomes) {
    arms.insert(arms.end(), outcome.throttled.begin(), outcome.throttled.end());
  }
  if (arms.empty()) return std::nullopt;
  return arms;
}

void write_element(const WriteElement& write, JsonWriter* json) {
  json->element();
  json->begin_object();
  json->member(write.has_put ? "PutRequest" : "DeleteRequest");
  json->begin_object();
  json->member(write.has_put ? "Item" : "Key");
  json->attributes(
      ItemView::trusted(write.has_put ? write.item.bytes : write.key.bytes).attributes());
  json->end_object();
  json->end_object();
}

// The writes that were left out, as the request had them.
void write_unprocessed(const BatchWriteRequest& request, std::span<const WriteOutcome> outcomes,
                       JsonWriter* json) {
  json->member("UnprocessedItems");
  json->begin_object();
  for (const WritesBlock& block : request.blocks) {
    const std::span<const WriteOutcome> own = outcomes.first(block.writes.size());
    outcomes = outcomes.subspan(own.size());
    if (std::none_of(own.begin(), own.end(), is_left_out)) continue;
    json->member_of_data(block.table);
    json->begin_array();
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (is_left_out(own[i])) write_element(block.writes[i], json);
    }
    json->end_array();
  }
  json->end_object();
}

// Of each collection that the plans [first, last) write to, how large it is now.
void write_block_metrics(const TableDefinition& table, std::span<const WritePlan> plans,
                         std::span<const WriteOutcome> outcomes, JsonWriter* json) {
  std::unordered_set<std::string_view> seen;
  json->begin_array();
  for (std::size_t i = plans.size(); i-- > 0;) {  // the last write to a collection knows its size
    const MapView item = plans[i].item.attributes();
    if (is_left_out(outcomes[i])) continue;
    if (!seen.insert(item.find(table.key.partition.front().name)->bytes()).second) continue;
    json->element();
    write_collection_metrics(table.key, item, outcomes[i].collection_bytes, json);
  }
  json->end_array();
}

void write_metrics(const BatchWriteRequest& request, const Batch& batch,
                   const std::vector<WriteOutcome>& outcomes, JsonWriter* json) {
  const bool has_collections =
      std::any_of(batch.tables.begin(), batch.tables.end(),
                  [](const TableAccess& table) { return table.definition().has_local_indexes(); });
  if (!has_collections || !wants_collection_metrics(request.return_item_collection_metrics)) return;
  json->member("ItemCollectionMetrics");
  json->begin_object();
  std::size_t at = 0;
  for (std::size_t block = 0; block < batch.tables.size(); ++block) {
    const std::size_t count = batch.block_ends[block] - at;
    const TableDefinition& table = batch.tables[block].definition();
    if (table.has_local_indexes()) {
      json->member_of_data(batch.tables[block].name);
      write_block_metrics(table, std::span(batch.plans).subspan(at, count),
                          std::span(outcomes).subspan(at, count), json);
    }
    at = batch.block_ends[block];
  }
  json->end_object();
}

// What faults want to see unprocessed.
void leave_out(const FaultEffects& faults, std::span<const WritePlan> plans,
               std::span<WriteOutcome> outcomes) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    outcomes[i].is_refused = faults.leaves_out(i);
    if (faults.has_conflict(i)) count_conflict(*plans[i].table);
  }
}

}  // namespace

Result<void> batch_write_item(const Context& context, JsonWriter* json) {
  const BatchWriteRequest request = TRY(read_batch_write(context.json, &context.scratch.reader));
  if (is_in_doubt(request)) TRY(check_constraints(kBatchWriteItemRules, context));
  TRY(check_writes(request));
  const Batch batch = TRY(plan_batch(context, request));
  std::vector<WriteOutcome> outcomes(batch.plans.size());
  if (context.faults != nullptr) leave_out(*context.faults, batch.plans, outcomes);
  TRY(run_write(&context.engine, batch.plans, outcomes, &context.scratch.arena, context.now,
                OnThrottle::leave_out, hold_of(context.faults)));
  if (const auto throttled = all_throttled(outcomes); throttled) return throttle_error(*throttled);

  json->begin_object();
  write_unprocessed(request, outcomes, json);
  write_metrics(request, batch, outcomes, json);
  write_capacity(request, batch, outcomes, json);
  json->end_object();
  return {};
}

}  // namespace stator
