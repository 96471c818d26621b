#include "api/index_description.h"

#include <string>

#include "api/description_parts.h"
#include "storage/collection_row.h"

namespace stator {
namespace {

std::string_view projection_name(ProjectionType type) {
  switch (type) {
    case ProjectionType::keys_only:
      return "KEYS_ONLY";
    case ProjectionType::include:
      return "INCLUDE";
    case ProjectionType::all:
      return "ALL";
  }
  return "ALL";
}

void write_projection(const IndexProjection& projection, JsonWriter* json) {
  json->member("Projection");
  json->begin_object();
  json->member("ProjectionType", projection_name(projection.type));
  if (projection.type == ProjectionType::include) {
    json->member("NonKeyAttributes");
    json->begin_array();
    for (const std::string& attribute : projection.attributes) {
      json->element();
      json->string(attribute);
    }
    json->end_array();
  }
  json->end_object();
}

// Only of an index that was added to its table, while it is being created.
void write_backfilling(const IndexDescriptionView& index, JsonWriter* json) {
  const std::optional<TimePoint>& allocated = index.definition.allocated;
  if (!allocated || index.status() != TableStatus::creating) return;
  json->member("Backfilling");
  json->boolean(!index.reply.entered && index.now >= *allocated);
}

void write_global_members(const IndexDescriptionView& index, JsonWriter* json) {
  const IndexDefinition& definition = index.definition;
  json->member("IndexStatus", status_name(*index.status()));
  write_backfilling(index, json);
  write_provisioned_throughput(definition.throughput, index.now, json);
  write_on_demand_throughput(definition.on_demand_maximum, index.reply.requested_maximum, json);
  write_warm_throughput(definition.warm, index.warm_status(), json);
}

}  // namespace

void write_index_description(const IndexDescriptionView& index, JsonWriter* json) {
  const IndexDefinition& definition = index.definition;
  const std::int64_t items = index.statistics.items.load();
  json->begin_object();
  json->member("IndexName", definition.name);
  write_key_schema(definition.key, json);
  write_projection(definition.projection, json);
  if (definition.kind == IndexKind::global) write_global_members(index, json);
  json->integer_member("IndexSizeBytes",
                       index.statistics.bytes.load() + items * kStorageBytesPerRow);
  json->integer_member("ItemCount", items);
  json->member("IndexArn", std::string(index.table_arn) + "/index/" + definition.name);
  json->end_object();
}

}  // namespace stator
