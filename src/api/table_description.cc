#include "api/table_description.h"

#include <map>
#include <string>
#include <utility>

#include "api/description_parts.h"
#include "storage/collection_row.h"
#include "streams/stream.h"

namespace stator {
namespace {

std::string_view billing_name(BillingMode billing) {
  return billing == BillingMode::pay_per_request ? "PAY_PER_REQUEST" : "PROVISIONED";
}

std::string_view class_name(TableClass table_class) {
  return table_class == TableClass::standard ? "STANDARD" : "STANDARD_INFREQUENT_ACCESS";
}

void add_attributes(const KeySchema& key, std::map<std::string_view, AttributeType>* attributes) {
  for (const KeyAttribute& attribute : key.partition) {
    attributes->emplace(attribute.name, attribute.type);
  }
  for (const KeyAttribute& attribute : key.sort) {
    attributes->emplace(attribute.name, attribute.type);
  }
}

// Calls `use(index)` for each index of that kind that is there.
template <typename Use>
void for_each_index(const TableDescriptionView& table, IndexKind kind, const Use& use) {
  const std::string arn = table_arn(table.region, table.definition.name);
  for (std::size_t i = 0; i < table.definition.indexes.size(); ++i) {
    const IndexDescriptionView index = {.definition = table.definition.indexes[i],
                                        .statistics = *table.index_statistics[i],
                                        .reply = table.indexes[i],
                                        .table_arn = arn,
                                        .now = table.now};
    if (index.definition.kind == kind && index.status()) use(index);
  }
}

// Those of all keys, in the order of their names.
void write_attribute_definitions(const TableDescriptionView& table, JsonWriter* json) {
  std::map<std::string_view, AttributeType> attributes;
  add_attributes(table.definition.key, &attributes);
  for (const IndexKind kind : {IndexKind::local, IndexKind::global}) {
    for_each_index(table, kind, [&](const IndexDescriptionView& index) {
      add_attributes(index.definition.key, &attributes);
    });
  }
  json->member("AttributeDefinitions");
  json->begin_array();
  for (const auto& [name, type] : attributes) {
    json->element();
    json->begin_object();
    json->member("AttributeName", name);
    json->member("AttributeType", type_name(type));
    json->end_object();
  }
  json->end_array();
}

// Only if there is one.
void write_indexes(std::string_view name, IndexKind kind, const TableDescriptionView& table,
                   JsonWriter* json) {
  bool is_first = true;
  for_each_index(table, kind, [&](const IndexDescriptionView& index) {
    if (is_first) {
      json->member(name);
      json->begin_array();
      is_first = false;
    }
    json->element();
    write_index_description(index, json);
  });
  if (!is_first) json->end_array();
}

// Only of a table that has ever been on demand; CreateTable's reply knows no time of change yet.
//   mode  what the summary calls the billing mode
void write_summary(std::string_view name, std::string_view mode, const TableDescriptionView& table,
                   JsonWriter* json) {
  if (!table.definition.last_pay_per_request) return;
  json->member(name);
  json->begin_object();
  json->member(mode, billing_name(table.definition.billing));
  if (table.status != TableStatus::creating) {
    write_time_member("LastUpdateToPayPerRequestDateTime", table.definition.last_pay_per_request,
                      json);
  }
  json->end_object();
}

void write_table_class_summary(const TableDefinition& table, JsonWriter* json) {
  if (!table.table_class) return;
  json->member("TableClassSummary");
  json->begin_object();
  json->member("TableClass", class_name(*table.table_class));
  write_time_member("LastUpdateDateTime", table.table_class_updated, json);
  json->end_object();
}

// The specification is gone once the stream is disabled; what the latest one was is not.
void write_stream(const TableDescriptionView& table, JsonWriter* json) {
  const std::optional<TableStream>& stream = table.definition.stream;
  if (!stream) return;
  if (stream->is_on()) {
    json->member("StreamSpecification");
    json->begin_object();
    json->member("StreamEnabled");
    json->boolean(true);
    json->member("StreamViewType", name_of(stream->view));
    json->end_object();
  }
  const std::string label = stream_label(stream->created);
  json->member("LatestStreamLabel", label);
  json->member("LatestStreamArn", stream_arn(table.region, table.definition.name, label));
}

// A table that is encrypted by default has no such member, and none says how before it is.
void write_encryption(const TableDescriptionView& table, JsonWriter* json) {
  if (!table.definition.kms_key && !table.is_encryption_changing) return;
  json->member("SSEDescription");
  json->begin_object();
  json->member("Status", table.is_encryption_changing ? "UPDATING" : "ENABLED");
  if (!table.is_encryption_changing) {
    json->member("SSEType", "KMS");
    json->member("KMSMasterKeyArn", *table.definition.kms_key);
  }
  json->end_object();
}

}  // namespace

TableDescriptionView describe(const Table& table, TableStatus status, std::string_view region,
                              TimePoint now) {
  const std::int64_t items = table.statistics->items.load();
  return {.definition = table.definition,
          .status = status,
          .region = region,
          .now = now,
          .items = items,
          .bytes = table.statistics->bytes.load() + items * kStorageBytesPerRow,
          .warm_status = warm_status(table.definition.warm_until, now),
          .is_encryption_changing = now < table.definition.encryption_until,
          .requested_maximum = {},
          .index_statistics = table.index_statistics,
          .indexes = std::vector<IndexReply>(table.definition.indexes.size())};
}

void write_table_description(const TableDescriptionView& table, JsonWriter* json) {
  const TableDefinition& definition = table.definition;
  json->begin_object();
  // AWS leaves out of DeleteTable's reply what the table was made of.
  if (table.status != TableStatus::deleting) {
    write_attribute_definitions(table, json);
    write_key_schema(definition.key, json);
    write_indexes("LocalSecondaryIndexes", IndexKind::local, table, json);
    write_indexes("GlobalSecondaryIndexes", IndexKind::global, table, json);
    write_time_member("CreationDateTime", definition.created, json);
  }
  json->member("TableName", definition.name);
  json->member("TableStatus", status_name(table.status));
  json->member("TableArn", table_arn(table.region, definition.name));
  json->member("TableId", definition.table_id);
  json->integer_member("ItemCount", table.items);
  json->integer_member("TableSizeBytes", table.bytes);
  write_provisioned_throughput(definition.throughput, table.now, json);
  write_summary("BillingModeSummary", "BillingMode", table, json);
  // AWS says it twice; the service model does not know of this one.
  write_summary("TableThroughputModeSummary", "TableThroughputMode", table, json);
  write_table_class_summary(definition, json);
  write_on_demand_throughput(definition.on_demand_maximum, table.requested_maximum, json);
  write_warm_throughput(definition.warm, table.warm_status, json);
  write_stream(table, json);
  write_encryption(table, json);
  json->member("DeletionProtectionEnabled");
  json->boolean(definition.deletion_protection);
  json->end_object();
}

}  // namespace stator
