#include "writer.h"

namespace stator::crash {
namespace {

constexpr std::size_t kKeys = 40;
constexpr std::size_t kBatchMax = 12;
constexpr std::size_t kFillBytesMax = 2'000;
constexpr std::size_t kLargeFillBytesMax = 100'000;
constexpr std::size_t kTables = 2;

Json number(std::uint64_t value) {
  return {{"N", std::to_string(value)}};
}

std::string name_of(const Json& key) {
  return "item " + key["pk"]["S"].get<std::string>() + " " + key["sk"]["N"].get<std::string>();
}

Json table_request(const std::string& name) {
  return {
      {"TableName", name},
      {"KeySchema", Json::array({{{"AttributeName", "pk"}, {"KeyType", "HASH"}},
                                 {{"AttributeName", "sk"}, {"KeyType", "RANGE"}}})},
      {"AttributeDefinitions", Json::array({{{"AttributeName", "pk"}, {"AttributeType", "S"}},
                                            {{"AttributeName", "sk"}, {"AttributeType", "N"}}})},
      {"BillingMode", "PAY_PER_REQUEST"}};
}

}  // namespace

void create_item_table(const Ask& ask) {
  ask("CreateTable", table_request(kItemTable));
}

std::map<std::string, Json> everything(const Ask& ask) {
  std::map<std::string, Json> found;
  const Json tables = ask("ListTables", Json::object());
  for (const Json& name : tables["TableNames"]) {
    if (name != kItemTable) found["table " + name.get<std::string>()] = true;
  }
  Json request = {{"TableName", kItemTable}, {"ConsistentRead", true}};
  for (;;) {
    const Json page = ask("Scan", request);
    for (const Json& item : page["Items"]) found[name_of(item)] = item;
    if (!page.contains("LastEvaluatedKey")) return found;
    request["ExclusiveStartKey"] = page["LastEvaluatedKey"];
  }
}

void Writer::write_once(const Ask& ask) {
  ++version_;
  const std::size_t choice = below(100);
  if (choice < 40) return put(ask);
  if (choice < 70) return update(ask);
  if (choice < 80) return erase(ask);
  if (choice < 98) return write_batch(ask);
  change_tables(ask);
}

Json Writer::any_key() {
  return {{"pk", {{"S", "writer" + std::to_string(number_)}}}, {"sk", number(below(kKeys))}};
}

std::string Writer::next_fill() {
  const std::size_t most = below(30) == 0 ? kLargeFillBytesMax : kFillBytesMax;
  return std::string(below(most), static_cast<char>('a' + version_ % 26));
}

Json Writer::next_item(const Json& key) {
  Json item = key;
  item["version"] = number(version_);
  item["fill"] = {{"S", next_fill()}};
  item["updates"] = number(0);
  return item;
}

void Writer::put(const Ask& ask) {
  const Json item = next_item(any_key());
  journal_.begin({{name_of(item), item}});
  ask("PutItem", {{"TableName", kItemTable}, {"Item", item}});
  journal_.acknowledge();
}

void Writer::update(const Ask& ask) {
  const Json key = any_key();
  const Stored& before = journal_.acknowledged(name_of(key));
  Json item = before.value_or(key);
  const std::string updates = item.contains("updates") ? item["updates"]["N"] : "0";
  item["version"] = number(version_);
  item["fill"] = {{"S", next_fill()}};
  item["updates"] = number(std::stoull(updates) + 1);
  journal_.begin({{name_of(key), item}});
  ask("UpdateItem",
      {{"TableName", kItemTable},
       {"Key", key},
       {"UpdateExpression", "SET version = :version, fill = :fill ADD updates :one"},
       {"ExpressionAttributeValues",
        {{":version", item["version"]}, {":fill", item["fill"]}, {":one", number(1)}}}});
  journal_.acknowledge();
}

void Writer::erase(const Ask& ask) {
  const Json key = any_key();
  journal_.begin({{name_of(key), std::nullopt}});
  ask("DeleteItem", {{"TableName", kItemTable}, {"Key", key}});
  journal_.acknowledge();
}

void Writer::write_batch(const Ask& ask) {
  std::map<std::string, Stored> writes;
  Json requests = Json::array();
  for (std::size_t i = 1 + below(kBatchMax); i > 0; --i) {
    const Json key = any_key();
    if (writes.contains(name_of(key))) continue;
    if (below(4) == 0) {
      writes[name_of(key)] = std::nullopt;
      requests.push_back({{"DeleteRequest", {{"Key", key}}}});
    } else {
      const Json item = next_item(key);
      writes[name_of(key)] = item;
      requests.push_back({{"PutRequest", {{"Item", item}}}});
    }
  }
  journal_.begin(std::move(writes));
  ask("BatchWriteItem", {{"RequestItems", {{kItemTable, requests}}}});
  journal_.acknowledge();
}

void Writer::change_tables(const Ask& ask) {
  const std::string table =
      "writer" + std::to_string(number_) + "-" + std::to_string(below(kTables));
  const bool is_there = journal_.acknowledged("table " + table).has_value();
  journal_.begin({{"table " + table, is_there ? Stored() : Stored(Json(true))}});
  if (is_there) {
    ask("DeleteTable", {{"TableName", table}});
  } else {
    ask("CreateTable", table_request(table));
  }
  journal_.acknowledge();
}

}  // namespace stator::crash
