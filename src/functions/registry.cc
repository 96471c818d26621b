#include "functions/registry.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/bytes.h"
#include "functions/registry_bytes.h"

namespace stator {
namespace {

FunctionRow mapping_row(const EventSourceMapping& mapping) {
  FunctionRow row{.key = mapping_key(mapping.uuid), .value = {}};
  append_mapping(mapping, &row.value);
  return row;
}

void append_checkpoint_rows(std::string_view uuid, const DeliveryCheckpoints& checkpoints,
                            std::vector<FunctionRow>* rows) {
  for (const auto& [shard, checkpoint] : checkpoints) {
    rows->push_back({.key = checkpoint_key(uuid, shard), .value = {}});
    append_checkpoint(checkpoint, &rows->back().value);
  }
}

Error conflict(const EventSourceMapping& mapping, const EventSourceMapping& other) {
  return Error(ErrorCode::resource_conflict,
               "The event source arn (\" " + mapping.stream_arn + " \") and function (\" " +
                   mapping.function +
                   " \") provided mapping already exists. Please update or delete the existing "
                   "mapping with UUID " +
                   other.uuid);
}

Error no_such_mapping() {
  return Error(ErrorCode::resource_not_found, "The resource you requested does not exist.");
}

}  // namespace

Result<std::unique_ptr<Registry>> Registry::open(FunctionRows* rows, std::function<void()> notify) {
  std::unique_ptr<Registry> registry(new Registry(rows, std::move(notify)));
  TRY(registry->load());
  return registry;
}

Result<void> Registry::load() {
  const MutexLock lock(&mu_);
  for (const FunctionRow& row : TRY(rows_.scan(kFunctionPrefix))) {
    LambdaFunction function = TRY(decode_function(row.value));
    std::string name = function.name;
    functions_.emplace(std::move(name), std::move(function));
  }
  for (const FunctionRow& row : TRY(rows_.scan(kMappingPrefix))) {
    EventSourceMapping mapping = TRY(decode_mapping(row.value));
    std::string uuid = mapping.uuid;
    mappings_.emplace(std::move(uuid), std::move(mapping));
  }
  return {};
}

std::optional<LambdaFunction> Registry::function(std::string_view name) const {
  const MutexLock lock(&mu_);
  const auto found = functions_.find(name);
  return found == functions_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<LambdaFunction> Registry::functions() const {
  const MutexLock lock(&mu_);
  std::vector<LambdaFunction> functions;
  for (const auto& [name, function] : functions_) functions.push_back(function);
  return functions;
}

Result<void> Registry::put_function(LambdaFunction function, Put mode) {
  {
    const MutexLock lock(&mu_);
    if (mode == Put::add && functions_.contains(function.name)) {
      return Error(ErrorCode::resource_conflict, "Function already exist: " + function.name);
    }
    if (function.origin != Origin::embedder) {
      FunctionRow row{.key = function_key(function.name), .value = {}};
      append_function(function, &row.value);
      TRY(rows_.commit({&row, 1}));
    }
    std::string name = function.name;
    functions_.insert_or_assign(std::move(name), std::move(function));
    ++version_;
  }
  notify_();
  return {};
}

Result<bool> Registry::remove_function(std::string_view name) {
  {
    const MutexLock lock(&mu_);
    const auto found = functions_.find(name);
    if (found == functions_.end()) return false;
    const FunctionRow row{.key = function_key(name), .value = {}, .erase = true};
    TRY(rows_.commit({&row, 1}));
    functions_.erase(found);
    ++version_;
  }
  notify_();
  return true;
}

std::optional<EventSourceMapping> Registry::mapping(std::string_view uuid) const {
  const MutexLock lock(&mu_);
  const auto found = mappings_.find(uuid);
  return found == mappings_.end() ? std::nullopt : std::optional(found->second);
}

bool Registry::has_mappings() const {
  const MutexLock lock(&mu_);
  return !mappings_.empty();
}

std::vector<EventSourceMapping> Registry::mappings() const {
  std::vector<EventSourceMapping> mappings;
  {
    const MutexLock lock(&mu_);
    for (const auto& [uuid, mapping] : mappings_) mappings.push_back(mapping);
  }
  std::sort(mappings.begin(), mappings.end(), [](const auto& a, const auto& b) {
    return std::tie(a.created, a.uuid) < std::tie(b.created, b.uuid);
  });
  return mappings;
}

const EventSourceMapping* Registry::find_same(const EventSourceMapping& mapping) const {
  for (const auto& [uuid, other] : mappings_) {
    if (other.uuid != mapping.uuid && deliver_the_same(other, mapping)) return &other;
  }
  return nullptr;
}

Result<void> Registry::add_mapping(EventSourceMapping mapping,
                                   const DeliveryCheckpoints& checkpoints) {
  {
    const MutexLock lock(&mu_);
    const EventSourceMapping* const other = find_same(mapping);
    if (other != nullptr) return conflict(mapping, *other);
    std::vector<FunctionRow> rows = {mapping_row(mapping)};
    append_checkpoint_rows(mapping.uuid, checkpoints, &rows);
    TRY(rows_.commit(rows));
    std::string uuid = mapping.uuid;
    mappings_.insert_or_assign(std::move(uuid), std::move(mapping));
    ++version_;
  }
  notify_();
  return {};
}

Result<void> Registry::replace_mapping(std::string_view uuid, EventSourceMapping mapping) {
  const DeliveryCheckpoints checkpoints = TRY(this->checkpoints(uuid));
  std::vector<FunctionRow> rows = TRY(rows_.scan(checkpoints_prefix(uuid)));
  rows.push_back({.key = mapping_key(uuid), .value = {}});
  for (FunctionRow& row : rows) row.erase = true;
  append_checkpoint_rows(mapping.uuid, checkpoints, &rows);
  {
    const MutexLock lock(&mu_);
    const auto found = mappings_.find(uuid);
    if (found == mappings_.end()) return no_such_mapping();
    mapping.stream_arn = found->second.stream_arn;
    mapping.stream_space = found->second.stream_space;
    rows.push_back(mapping_row(mapping));
    TRY(rows_.commit(rows));
    mappings_.erase(found);
    std::string added = mapping.uuid;
    mappings_.insert_or_assign(std::move(added), std::move(mapping));
    ++version_;
  }
  notify_();
  return {};
}

Result<EventSourceMapping> Registry::change_mapping(std::string_view uuid, const Change& change) {
  EventSourceMapping changed;
  {
    const MutexLock lock(&mu_);
    const auto found = mappings_.find(uuid);
    if (found == mappings_.end()) return no_such_mapping();
    changed = found->second;
    TRY(change(&changed));
    if (changed.function != found->second.function) {
      const EventSourceMapping* const other = find_same(changed);
      if (other != nullptr) return conflict(changed, *other);
    }
    const FunctionRow row = mapping_row(changed);
    TRY(rows_.commit({&row, 1}));
    found->second = changed;
    ++version_;
  }
  notify_();
  return changed;
}

Result<void> Registry::move_mapping(std::string_view uuid, const StreamNameView& stream,
                                    const DeliveryCheckpoints& checkpoints) {
  std::vector<FunctionRow> rows = TRY(rows_.scan(checkpoints_prefix(uuid)));
  for (FunctionRow& row : rows) row.erase = true;
  {
    const MutexLock lock(&mu_);
    const auto found = mappings_.find(uuid);
    if (found == mappings_.end()) return no_such_mapping();
    EventSourceMapping moved = found->second;
    moved.stream_arn = stream.arn;
    moved.stream_space = stream.space;
    rows.push_back(mapping_row(moved));
    append_checkpoint_rows(uuid, checkpoints, &rows);
    TRY(rows_.commit(rows));
    found->second = std::move(moved);
    ++version_;
  }
  notify_();
  return {};
}

Result<void> Registry::remove_mapping(std::string_view uuid) {
  std::vector<FunctionRow> rows = TRY(rows_.scan(checkpoints_prefix(uuid)));
  for (FunctionRow& row : rows) row.erase = true;
  rows.push_back({.key = mapping_key(uuid), .value = {}, .erase = true});
  {
    const MutexLock lock(&mu_);
    TRY(rows_.commit(rows));
    if (const auto found = mappings_.find(uuid); found != mappings_.end()) mappings_.erase(found);
    ++version_;
  }
  notify_();
  return {};
}

void Registry::note_result(std::string_view uuid, std::string_view result) {
  const MutexLock lock(&mu_);
  const auto found = mappings_.find(uuid);
  if (found != mappings_.end()) found->second.last_result = result;
}

Result<DeliveryCheckpoints> Registry::checkpoints(std::string_view uuid) const {
  DeliveryCheckpoints checkpoints;
  const std::size_t prefix = checkpoints_prefix(uuid).size();
  for (const FunctionRow& row : TRY(rows_.scan(checkpoints_prefix(uuid)))) {
    if (row.key.size() != prefix + 4) {
      return Error(ErrorCode::internal, "the store holds a checkpoint of no shard");
    }
    const std::uint32_t shard = __builtin_bswap32(load_u32_le(row.key.data() + prefix));
    checkpoints[shard] = TRY(decode_checkpoint(row.value));
  }
  return checkpoints;
}

Result<void> Registry::keep_checkpoints(std::string_view uuid,
                                        const DeliveryCheckpoints& checkpoints) {
  std::vector<FunctionRow> rows;
  append_checkpoint_rows(uuid, checkpoints, &rows);
  return rows_.commit(rows);
}

Result<void> Registry::drop_checkpoints(std::string_view uuid,
                                        const std::vector<std::uint32_t>& shards) {
  std::vector<FunctionRow> rows;
  for (const std::uint32_t shard : shards) {
    rows.push_back({.key = checkpoint_key(uuid, shard), .value = {}, .erase = true});
  }
  return rows_.commit(rows);
}

std::uint64_t Registry::version() const {
  const MutexLock lock(&mu_);
  return version_;
}

}  // namespace stator
