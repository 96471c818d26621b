#include "api/reply_options.h"

#include <algorithm>

namespace stator {
namespace {

void write_unit_members(double units, UnitsKind kind, JsonWriter* json) {
  json->units_member("CapacityUnits", units);
  if (kind == UnitsKind::read) json->units_member("ReadCapacityUnits", units);
  if (kind == UnitsKind::write) json->units_member("WriteCapacityUnits", units);
}

void write_units(double units, UnitsKind kind, JsonWriter* json) {
  json->begin_object();
  write_unit_members(units, kind, json);
  json->end_object();
}

// The indexes of one kind that were touched; nothing where none was.
void write_index_units(std::string_view member, IndexKind kind, const Consumption& consumed,
                       UnitsKind units, JsonWriter* json) {
  const auto is_kind = [kind](const IndexUnits& each) { return each.index->kind == kind; };
  if (std::none_of(consumed.indexes.begin(), consumed.indexes.end(), is_kind)) return;
  json->member(member);
  json->begin_object();
  for (const IndexUnits& each : consumed.indexes) {
    if (!is_kind(each)) continue;
    json->member_of_data(each.index->name);
    write_units(each.units, units, json);
  }
  json->end_object();
}

}  // namespace

ReturnConsumedCapacity parse_consumed_capacity(const std::optional<std::string_view>& text) {
  if (!text || *text == "NONE") return ReturnConsumedCapacity::none;
  return *text == "TOTAL" ? ReturnConsumedCapacity::total : ReturnConsumedCapacity::indexes;
}

void write_consumed_capacity(ReturnConsumedCapacity detail, std::string_view table,
                             const Consumption& consumed, JsonWriter* json, UnitsKind kind) {
  json->begin_object();
  json->member("TableName", table);
  write_unit_members(consumed.total(), kind, json);
  if (detail == ReturnConsumedCapacity::indexes) {
    json->member("Table");
    write_units(consumed.table, kind, json);
    write_index_units("LocalSecondaryIndexes", IndexKind::local, consumed, kind, json);
    write_index_units("GlobalSecondaryIndexes", IndexKind::global, consumed, kind, json);
  }
  json->end_object();
}

void write_consumed_capacity_member(ReturnConsumedCapacity detail, std::string_view table,
                                    const Consumption& consumed, JsonWriter* json) {
  if (detail == ReturnConsumedCapacity::none) return;
  json->member("ConsumedCapacity");
  write_consumed_capacity(detail, table, consumed, json);
}

bool wants_collection_metrics(const std::optional<std::string_view>& text) {
  return text == "SIZE";
}

void write_collection_metrics(const KeySchema& table_key, const MapView& item, std::int64_t bytes,
                              JsonWriter* json) {
  constexpr std::int64_t kGigabyte = std::int64_t{1} << 30;
  const KeyAttribute& partition = table_key.partition.front();
  std::string buffer;
  ItemWriter key(&buffer);
  for (MapView::Cursor c(item); c.next();) {
    if (c.name() == partition.name) key.add_entry(c.entry());
  }
  json->begin_object();
  json->member("ItemCollectionKey");
  json->attributes(key.finish().attributes());
  json->member("SizeEstimateRangeGB");
  json->begin_array();
  for (const std::int64_t bound : {bytes / kGigabyte, bytes / kGigabyte + 1}) {
    json->element();
    json->units(static_cast<double>(bound));
  }
  json->end_array();
  json->end_object();
}

}  // namespace stator
