#include "api/reply_options.h"

namespace stator {

void check_consumed_capacity(const std::optional<std::string_view>& text,
                             ConstraintErrors* errors) {
  errors->one_of(text, "returnConsumedCapacity", {"INDEXES", "TOTAL", "NONE"});
}

void check_item_collection_metrics(const std::optional<std::string_view>& text,
                                   ConstraintErrors* errors) {
  errors->one_of(text, "returnItemCollectionMetrics", {"SIZE", "NONE"});
}

ReturnConsumedCapacity parse_consumed_capacity(const std::optional<std::string_view>& text) {
  if (!text || *text == "NONE") return ReturnConsumedCapacity::none;
  return *text == "TOTAL" ? ReturnConsumedCapacity::total : ReturnConsumedCapacity::indexes;
}

void write_consumed_capacity(ReturnConsumedCapacity detail, std::string_view table, double units,
                             JsonWriter* json) {
  json->begin_object();
  json->member("TableName", table);
  json->units_member("CapacityUnits", units);
  if (detail == ReturnConsumedCapacity::indexes) {
    json->member("Table");
    json->begin_object();
    json->units_member("CapacityUnits", units);
    json->end_object();
  }
  json->end_object();
}

void write_consumed_capacity_member(ReturnConsumedCapacity detail, std::string_view table,
                                    double units, JsonWriter* json) {
  if (detail == ReturnConsumedCapacity::none) return;
  json->member("ConsumedCapacity");
  write_consumed_capacity(detail, table, units, json);
}

}  // namespace stator
