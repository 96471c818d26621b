#include "request_json.h"

#include <fmt/format.h>

#include "base/base64.h"
#include "base/bytes.h"

namespace stator::testing_support {
namespace {

using Attribute = ItemShape::Attribute;

std::string value_json(const Attribute& attribute, std::uint32_t number) {
  if (attribute.type == AttributeType::S) return fmt::format(R"({{"S":"{:010}"}})", number);
  if (attribute.type == AttributeType::N) return fmt::format(R"({{"N":"{}"}})", number);
  std::string bytes;
  append_u64_be(number, &bytes);
  std::string text;
  append_base64(bytes, &text);
  return fmt::format(R"({{"B":"{}"}})", text);
}

// `data` of the item that the request writes: of its size, and like no other.
std::string data_json(const SimulatedAttempt& attempt) {
  std::string text = fmt::format("{:016x}", attempt.request.draw_seed);
  text.resize(attempt.table.items().data_bytes(attempt.table.after()), 'x');
  return fmt::format(R"({{"S":"{}"}})", text);
}

void append_member(std::string_view name, std::string_view value, std::string* out) {
  if (!out->empty()) out->push_back(',');
  fmt::format_to(std::back_inserter(*out), R"("{}":{})", name, value);
}

std::string key_json(const SimulatedAttempt& attempt) {
  std::string members;
  for (const Attribute& attribute : attempt.table.items().attributes()) {
    if (attribute.source == ItemShape::Source::drawn) continue;
    const bool is_partition = attribute.source == ItemShape::Source::partition;
    const std::uint32_t number = is_partition ? attempt.request.partition : attempt.request.sort;
    append_member(attribute.name, value_json(attribute, number), &members);
  }
  return "{" + members + "}";
}

std::string item_json(const SimulatedAttempt& attempt) {
  std::string members;
  for (const Attribute& attribute : attempt.table.items().attributes()) {
    const std::uint32_t number = attribute.number(attempt.table.after());
    if (number == kNoValue) continue;
    append_member(attribute.name, value_json(attribute, number), &members);
  }
  append_member("data", data_json(attempt), &members);
  return "{" + members + "}";
}

std::string update_json(const SimulatedAttempt& attempt) {
  std::string set = "SET #data = :data";
  std::string remove;
  std::string names = R"("#data":"data")";
  std::string values;
  append_member(":data", data_json(attempt), &values);
  for (const Attribute& attribute : attempt.table.items().attributes()) {
    const bool is_drawn = attribute.source == ItemShape::Source::drawn &&
                          (attempt.request.drawn >> attribute.place & 1) != 0;
    if (!is_drawn) continue;
    append_member("#" + attribute.name, "\"" + attribute.name + "\"", &names);
    const std::uint32_t number = attribute.number(attempt.table.after());
    if (number == kNoValue) {
      remove += (remove.empty() ? " REMOVE #" : ", #") + attribute.name;
      continue;
    }
    set += fmt::format(", #{0} = :{0}", attribute.name);
    append_member(":" + attribute.name, value_json(attribute, number), &values);
  }
  return fmt::format(R"("UpdateExpression":"{}{}","ExpressionAttributeNames":{{{}}},)"
                     R"("ExpressionAttributeValues":{{{}}})",
                     set, remove, names, values);
}

std::string query_json(const SimulatedAttempt& attempt, const std::string& partition_attribute) {
  const Load& load = *attempt.request.load;
  const ItemShape& items = attempt.table.items();
  const Attribute& attribute = items.attributes()[*items.find(partition_attribute)];
  std::string json =
      fmt::format(R"("KeyConditionExpression":"#p = :p","ExpressionAttributeNames":{{"#p":"{}"}},)"
                  R"("ExpressionAttributeValues":{{":p":{}}})",
                  attribute.name, value_json(attribute, attempt.request.partition));
  if (!load.index.empty()) json += fmt::format(R"(,"IndexName":"{}")", load.index);
  if (load.limit != UINT32_MAX) json += fmt::format(R"(,"Limit":{})", load.limit);
  return json;
}

// The partition attribute of what a Query reads.
std::string partition_attribute(const SimulatedAttempt& attempt) {
  const CapacityUse& use = attempt.cost.uses.front();
  if (use.index != nullptr) return use.index->key.partition.front().name;
  return attempt.table.items().attributes().front().name;
}

std::string operation_json(const SimulatedAttempt& attempt) {
  switch (attempt.request.operation) {
    case LoadOperation::put_item:
      return R"("Item":)" + item_json(attempt);
    case LoadOperation::update_item:
      return R"("Key":)" + key_json(attempt) + "," + update_json(attempt);
    case LoadOperation::delete_item:
    case LoadOperation::get_item:
      return R"("Key":)" + key_json(attempt);
    case LoadOperation::query:
      break;
  }
  return query_json(attempt, partition_attribute(attempt));
}

}  // namespace

std::string request_json(const SimulatedAttempt& attempt, const std::string& table) {
  const bool strong = !is_write(attempt.request.operation) &&
                      attempt.request.load->consistency == Consistency::strong;
  return fmt::format(R"({{"TableName":"{}","ReturnConsumedCapacity":"INDEXES",{}{}}})", table,
                     strong ? R"("ConsistentRead":true,)" : "", operation_json(attempt));
}

}  // namespace stator::testing_support
