#include <unordered_set>

#include "api/expressions.h"
#include "api/fault_effects.h"
#include "api/key_paths.h"
#include "api/keys.h"
#include "api/legacy_parameters.h"
#include "api/operations.h"
#include "api/ops/item_operation.h"
#include "api/reply_options.h"
#include "api/request/batch_request.h"
#include "api/request/batch_rules.h"
#include "api/request/constraint_check.h"
#include "api/run_read.h"
#include "api/table_access.h"
#include "base/limits.h"
#include "storage/index_row.h"

namespace stator {
namespace {

constexpr ExpressionMembers kRules = {.legacy = {Member::attributes_to_get},
                                      .expressions = {Member::projection_expression},
                                      .no_values_suffix = ""};

// One table's share of the request, ready to run.
struct TableReads {
  const KeysBlock* block = nullptr;
  TableAccess table;
  std::optional<Projection> projection;
  std::vector<std::string> row_keys;
  std::vector<std::size_t> unprocessed;  // places of keys that were throttled or found no room
  double units = 0;
};

Result<void> check_count(const BatchGetRequest& request) {
  std::size_t keys = 0;
  for (const KeysBlock& block : request.blocks) keys += block.keys.size();
  if (keys <= kBatchGetKeysMax) return {};
  return validation_error("Too many items requested for the BatchGetItem call");
}

// A request is of one kind, whichever table a parameter is for.
Result<void> check_not_mixed(const BatchGetRequest& request) {
  MemberSet present;
  for (const KeysBlock& block : request.blocks) present = present | block.request.present;
  return check_parameters_not_mixed(present, kRules);
}

Error keys_repeat() {
  return validation_error("Provided list of item keys contains duplicates");
}

// What can be seen without the table; of a table that is named in two ways resolve() sees the rest.
Result<void> check_keys_differ(const KeysBlock& block) {
  std::unordered_set<std::string_view> seen;
  for (const AttributeMap& key : block.keys) {
    if (!seen.insert(key.bytes).second) return keys_repeat();
  }
  return {};
}

Result<std::vector<TableReads>> parse_blocks(BatchGetRequest* request, Arena* arena) {
  std::vector<TableReads> reads;
  TRY(check_not_mixed(*request));
  for (KeysBlock& block : request->blocks) {
    TRY(check_expression_parameters(block.request, kRules));
    TRY(check_legacy_parameters(block.request));
    for (const AttributeMap& key : block.keys) TRY(check_values(key));
    const Expressions expressions = TRY(parse_expressions(kRules, &block.request, arena));
    TableReads& read = reads.emplace_back();
    read.block = &block;
    read.projection = expressions.projection;
  }
  for (const KeysBlock& block : request->blocks) TRY(check_keys_differ(block));
  return reads;
}

Result<void> resolve(const Context& context, std::vector<TableReads>* reads) {
  std::unordered_set<std::string_view> seen;
  for (TableReads& read : *reads) read.table = TRY(find_table(context, read.block->table));
  for (TableReads& read : *reads) {
    const TableDefinition& table = read.table.definition();
    if (read.projection) TRY(check_key_paths(table, *read.projection));
    read.row_keys.reserve(read.block->keys.size());
    for (const AttributeMap& map : read.block->keys) {
      const MapView key = ItemView::trusted(map.bytes).attributes();
      TRY(check_key(table.key, key));
      std::string& row_key = read.row_keys.emplace_back();
      append_table_row_key(table, key, &row_key);
      if (!seen.insert(row_key).second) return keys_repeat();
    }
  }
  return {};
}

// What the tables of a request have in common while it runs.
struct BatchReply {
  std::size_t bytes = 0;  // of items
  std::size_t keys = 0;   // that were looked at
  bool is_full = false;
  bool is_empty = true;                   // as long as no key was read
  std::optional<Error> throttle;          // the first
  std::vector<ThrottlingReason> reasons;  // of all throttles, each once
};

void note_throttle(Error error, BatchReply* reply) {
  for (const ThrottlingReason& reason : error.reasons()) add_reason(reason, &reply->reasons);
  if (!reply->throttle) reply->throttle = std::move(error);
}

void write_item(const TableReads& read, ItemView item, std::string* buffer, JsonWriter* json) {
  json->element();
  if (!read.projection) return json->attributes(item.attributes());
  buffer->clear();
  json->attributes(project(*read.projection, item.attributes(), buffer).attributes());
}

// Reads a key; false where it was throttled or its item finds no room.
Result<bool> read_key(const Context& context, std::string_view row_key, TableReads* read,
                      BatchReply* reply, JsonWriter* json) {
  const ItemRead one{.table = &read->table.definition(),
                     .row_key = row_key,
                     .consistency = read->block->request.consistent_read ? Consistency::strong
                                                                         : Consistency::eventual,
                     .now = context.now};
  Scratch& scratch = context.scratch;
  Result<std::optional<ItemView>> item = run_item_read(&context.engine, one, &scratch.stored);
  if (!item) {
    if (!is_throttle(item.error().code())) return std::move(item).error();
    note_throttle(std::move(item).error(), reply);
    return false;
  }
  const std::size_t bytes = *item ? (*item)->logical_size() : 0;
  reply->is_full = reply->bytes + bytes > kBatchGetBytesMax;
  if (reply->is_full) return false;
  reply->is_empty = false;
  reply->bytes += bytes;
  read->units += read_units(bytes, one.consistency);
  if (*item) write_item(*read, **item, &scratch.projected, json);
  return true;
}

// Whether a fault wants to see the key unprocessed, which is the n-th of the request.
bool is_left_out(const FaultEffects* faults, std::size_t key) {
  return faults != nullptr && faults->leaves_out(key);
}

// Reads the keys that there is capacity and room for; writes the items as array elements.
Result<void> read_keys(const Context& context, TableReads* read, BatchReply* reply,
                       JsonWriter* json) {
  for (std::size_t i = 0; i < read->row_keys.size(); ++i) {
    const bool is_wanted = !is_left_out(context.faults, reply->keys++);
    const bool is_read = is_wanted && !reply->is_full &&
                         TRY(read_key(context, read->row_keys[i], read, reply, json));
    if (!is_read) read->unprocessed.push_back(i);
  }
  return {};
}

void write_attributes_to_get(const LegacyParameters& parameters, JsonWriter* json) {
  json->member("AttributesToGet");
  json->begin_array();
  for (const std::string_view name : parameters.attributes_to_get) {
    json->element();
    json->string(name);
  }
  json->end_array();
}

void write_unprocessed(const TableReads& read, JsonWriter* json) {
  const KeysBlock& block = *read.block;
  json->member_of_data(block.table);
  json->begin_object();
  json->member("Keys");
  json->begin_array();
  for (const std::size_t i : read.unprocessed) {
    json->element();
    json->attributes(ItemView::trusted(block.keys[i].bytes).attributes());
  }
  json->end_array();
  if (block.request.present.has(Member::consistent_read)) {
    json->member("ConsistentRead");
    json->boolean(block.request.consistent_read);
  }
  if (block.request.projection) json->member("ProjectionExpression", *block.request.projection);
  if (block.request.legacy) write_attributes_to_get(*block.request.legacy, json);
  if (!block.request.placeholders.names.empty()) {
    json->member("ExpressionAttributeNames");
    json->begin_object();
    for (const NamePlaceholder& name : block.request.placeholders.names) {
      json->member_of_data(name.key);
      json->string(name.name);
    }
    json->end_object();
  }
  json->end_object();
}

void write_rest(const BatchGetRequest& request, const std::vector<TableReads>& reads,
                JsonWriter* json) {
  json->member("UnprocessedKeys");
  json->begin_object();
  for (const TableReads& read : reads) {
    if (!read.unprocessed.empty()) write_unprocessed(read, json);
  }
  json->end_object();
  const ReturnConsumedCapacity detail = parse_consumed_capacity(request.return_consumed_capacity);
  if (detail == ReturnConsumedCapacity::none) return;
  json->member("ConsumedCapacity");
  json->begin_array();
  for (const TableReads& read : reads) {
    json->element();
    write_consumed_capacity(detail, read.table.name, {.table = read.units}, json);
  }
  json->end_array();
}

}  // namespace

Result<void> batch_get_item(const Context& context, JsonWriter* json) {
  BatchGetRequest request = TRY(read_batch_get(context.json, &context.scratch.reader));
  if (is_in_doubt(request)) TRY(check_constraints(kBatchGetItemRules, context));
  TRY(check_count(request));
  std::vector<TableReads> reads = TRY(parse_blocks(&request, &context.scratch.arena));
  TRY(resolve(context, &reads));

  json->begin_object();
  json->member("Responses");
  json->begin_object();
  BatchReply reply;
  for (TableReads& read : reads) {
    json->member_of_data(read.block->table);
    json->begin_array();
    TRY(read_keys(context, &read, &reply, json));
    json->end_array();
  }
  if (reply.is_empty && reply.throttle) {
    return (*std::move(reply.throttle)).with_reasons(std::move(reply.reasons));
  }
  json->end_object();
  write_rest(request, reads, json);
  json->end_object();
  return {};
}

}  // namespace stator
