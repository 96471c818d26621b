#include "api/ops/index_states.h"

#include <algorithm>
#include <string>
#include <vector>

#include "api/ops/index_settings.h"
#include "api/ops/index_update.h"
#include "api/ops/stream_settings.h"
#include "api/ops/table_operation.h"
#include "streams/stream.h"

namespace stator {
namespace {

// Created or deleted by an UpdateTable.
bool is_online_change(const IndexDefinition& index, TimePoint now) {
  const std::optional<TableStatus> status = index.status_at(now);
  return status == TableStatus::creating || status == TableStatus::deleting;
}

// The index that is created or deleted at `now`; null where there is none.
const IndexDefinition* find_online_change(const TableDefinition& table, TimePoint now) {
  const auto found =
      std::find_if(table.indexes.begin(), table.indexes.end(),
                   [&](const IndexDefinition& index) { return is_online_change(index, now); });
  return found == table.indexes.end() ? nullptr : &*found;
}

std::string place_of(const TableDefinition& table, std::string_view index) {
  return " Table: " + table.name + " Index: " + std::string(index);
}

Result<const IndexDefinition*> find_target(const TableChange& change, std::string_view name,
                                           std::string_view verb) {
  const IndexDefinition* const index = change.before.find_index(name, change.context.now);
  if (index == nullptr) {
    return Error(ErrorCode::resource_not_found, "Requested resource not found: Index " +
                                                    std::string(name) + " for table " +
                                                    change.before.name);
  }
  if (index->kind == IndexKind::global) return index;
  return validation_error("Cannot " + std::string(verb) +
                          " an index that is not a GlobalSecondaryIndex: " + index->name);
}

Result<void> check_not_updated_or_deleted(const TableChange& change, const IndexDefinition& index) {
  const std::optional<TableStatus> status = index.status_at(change.context.now);
  const std::string place = place_of(change.before, index.name);
  if (status == TableStatus::deleting) return in_use("Index is being deleted." + place);
  if (status == TableStatus::updating) return in_use("Index is being updated. " + place);
  return {};
}

Result<void> check_create(const TableChange& change, std::string_view name) {
  const TimePoint now = change.context.now;
  if (change.before.find_index(name, now) != nullptr) {
    return validation_error("Attempting to create an index which already exists");
  }
  if (find_online_change(change.before, now) != nullptr) return one_online_index();
  return {};
}

Result<void> check_update(const TableChange& change, std::string_view name) {
  const IndexDefinition* const index = TRY(find_target(change, name, "update"));
  TRY(check_not_updated_or_deleted(change, *index));
  if (index->status_at(change.context.now) != TableStatus::creating) return {};
  return in_use("Index is being created." + place_of(change.before, name));
}

// An index may be deleted while it is backfilled.
Result<void> check_remove(const TableChange& change, std::string_view name) {
  const TimePoint now = change.context.now;
  const IndexDefinition* const index = TRY(find_target(change, name, "delete"));
  TRY(check_not_updated_or_deleted(change, *index));
  const bool is_creating = index->status_at(now) == TableStatus::creating;
  if (is_creating && index->allocated && now < *index->allocated) {
    return in_use(
        "Index creation is in resource allocation phase. Retry deletion during backfilling phase "
        "or when the index is active." +
        place_of(change.before, name));
  }
  const IndexDefinition* const other = find_online_change(change.before, now);
  if (other != nullptr && other != index) return one_online_index();
  return {};
}

bool changes_iops(const TableChange& change) {
  return change.request.throughput.provisioned || change.request.billing_mode;
}

Error iops_beside(const TableDefinition& table, const IndexDefinition& index) {
  const std::string verb = index.is_deleted() ? "deleted" : "created";
  return in_use("Can't change table IOPS when an index is being " + verb +
                ". Table: " + table.name + " Indexes: [" + index.name + "]");
}

Error stream_busy(const TableDefinition& table, StreamChange change) {
  const std::string operation = change == StreamChange::enabling ? "ENABLE" : "DISABLE";
  return in_use("A stream status change is currently in progress. Table: " + table.name +
                " Stream: " + stream_label(table.stream->created) + " Operation: " + operation);
}

// Also one to the class that the table has already.
bool changes_class(const TableChange& change) {
  const std::optional<TimePoint>& began = change.before.table_class_updated;
  return began && change.context.now < *began + change.context.engine.transitions.updating;
}

// Why the table is UPDATING, as far as it matters to the request.
Error updating(const TableChange& change, const IndexDefinition* online) {
  const std::string& name = change.before.name;
  if (change.request.deletion_protection) {
    return Error(ErrorCode::resource_in_use,
                 "Table needs to be in ACTIVE status to modify deletion protection setting.");
  }
  if (change.request.table_class && changes_class(change)) {
    return in_use("Can't update table class when a table class update is in progress. Table: " +
                  name);
  }
  const StreamChange stream = stream_change_at(change.before, change.context.now);
  if (stream != StreamChange::none) return stream_busy(change.before, stream);
  if (online != nullptr) return in_use("Table: " + name + " is in the process of being updated.");
  if (has_online_index_change(change.request)) {
    return in_use("Can't create or delete indexes while table IOPS are being updated. Table: " +
                  name);
  }
  return in_use("Table IOPS are currently being updated. Table: " + name);
}

Result<void> check_index_targets(const TableChange& change) {
  if (!change.request.index_updates) return {};
  for (const IndexUpdateRequest& update : *change.request.index_updates) {
    if (update.create) TRY(check_create(change, *update.create->name));
    if (update.update) TRY(check_update(change, *update.update->name));
    if (update.remove) TRY(check_remove(change, *update.remove->name));
  }
  return {};
}

}  // namespace

Result<void> check_not_busy(const TableChange& change) {
  const TableDefinition& table = change.before;
  const TimePoint now = change.context.now;
  const TableStatus status = *table.status_at(now);
  if (status == TableStatus::creating) return in_use("Table is being created: " + table.name);
  if (status == TableStatus::deleting) return in_use("Table is being deleted: " + table.name);
  // The table stays ACTIVE while its encryption changes.
  if (change.request.has_sse_specification && now < table.encryption_until) {
    return in_use("Server-Side Encryption is still being updated");
  }
  TRY(check_index_targets(change));
  const IndexDefinition* const online = find_online_change(table, now);
  if (online != nullptr && changes_iops(change)) return iops_beside(table, *online);
  if (status == TableStatus::updating) return updating(change, online);
  return {};
}

Result<void> check_indexes_allow_deletion(const TableDefinition& table, TimePoint now) {
  const bool are_active =
      std::all_of(table.indexes.begin(), table.indexes.end(), [&](const IndexDefinition& index) {
        return index.status_at(now).value_or(TableStatus::active) == TableStatus::active;
      });
  if (are_active) return {};
  return in_use("Cannot delete table while indexes are being created, updated, or deleted.");
}

}  // namespace stator
