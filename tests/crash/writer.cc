#include "writer.h"

namespace stator::crash {
namespace {

constexpr std::size_t kKeys = 40;
constexpr std::size_t kBatchMax = 12;
constexpr std::size_t kFillBytesMax = 2'000;
constexpr std::size_t kLargeFillBytesMax = 100'000;
constexpr std::size_t kTables = 2;
constexpr std::size_t kGroups = 5;

Json number(std::uint64_t value) {
  return {{"N", std::to_string(value)}};
}

Json element(const std::string& attribute, const char* type) {
  return {{"AttributeName", attribute}, {"KeyType", type}};
}

Json table_request(const std::string& name) {
  return {{"TableName", name},
          {"KeySchema", key_schema("pk", "sk")},
          {"AttributeDefinitions", Json::array({definition("pk", "S"), definition("sk", "N")})},
          {"BillingMode", "PAY_PER_REQUEST"}};
}

// Nothing in some of the versions, so that the item is not in every index.
std::optional<Json> group_of(std::uint64_t version) {
  if (version % (kGroups + 1) == kGroups) return std::nullopt;
  return Json({{"S", "group" + std::to_string(version % kGroups)}});
}

}  // namespace

std::string name_of(const Json& key) {
  return "item " + key["pk"]["S"].get<std::string>() + " " + key["sk"]["N"].get<std::string>();
}

Json key_schema(const std::string& partition, const std::string& sort) {
  Json schema = Json::array({element(partition, "HASH")});
  if (!sort.empty()) schema.push_back(element(sort, "RANGE"));
  return schema;
}

Json definition(const std::string& attribute, const std::string& type) {
  return {{"AttributeName", attribute}, {"AttributeType", type}};
}

void create_item_table(const Ask& ask) {
  Json request = table_request(kItemTable);
  request["AttributeDefinitions"].push_back(definition("group", "S"));
  request["AttributeDefinitions"].push_back(definition("version", "N"));
  request["LocalSecondaryIndexes"] =
      Json::array({{{"IndexName", "versions"},
                    {"KeySchema", key_schema("pk", "version")},
                    {"Projection", {{"ProjectionType", "KEYS_ONLY"}}}}});
  request["GlobalSecondaryIndexes"] = Json::array({{{"IndexName", "groups"},
                                                    {"KeySchema", key_schema("group", "version")},
                                                    {"Projection", {{"ProjectionType", "ALL"}}}}});
  request["StreamSpecification"] = {{"StreamEnabled", true},
                                    {"StreamViewType", "NEW_AND_OLD_IMAGES"}};
  ask("CreateTable", request);
  // Versions are times long past, which never expire: what is watched is that every item keeps the
  // row that says its time.
  ask("UpdateTimeToLive",
      {{"TableName", kItemTable},
       {"TimeToLiveSpecification", {{"Enabled", true}, {"AttributeName", "version"}}}});
}

std::map<std::string, Json> scan(const Ask& ask, Json request) {
  std::map<std::string, Json> found;
  for (;;) {
    const Json page = ask("Scan", request);
    for (const Json& item : page["Items"]) found[name_of(item)] = item;
    if (!page.contains("LastEvaluatedKey")) return found;
    request["ExclusiveStartKey"] = page["LastEvaluatedKey"];
  }
}

std::map<std::string, Json> everything(const Ask& ask) {
  std::map<std::string, Json> found =
      scan(ask, {{"TableName", kItemTable}, {"ConsistentRead", true}});
  const Json tables = ask("ListTables", Json::object());
  for (const Json& name : tables["TableNames"]) {
    if (name != kItemTable) found["table " + name.get<std::string>()] = true;
  }
  return found;
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
  if (const auto group = group_of(version_)) item["group"] = *group;
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
  Json request = {
      {"TableName", kItemTable},
      {"Key", key},
      {"UpdateExpression", "SET version = :version, fill = :fill ADD updates :one REMOVE #group"},
      {"ExpressionAttributeNames", {{"#group", "group"}}},
      {"ExpressionAttributeValues",
       {{":version", item["version"]}, {":fill", item["fill"]}, {":one", number(1)}}}};
  item.erase("group");
  if (const auto group = group_of(version_)) {
    item["group"] = *group;
    request["UpdateExpression"] =
        "SET version = :version, fill = :fill, #group = :group ADD updates :one";
    request["ExpressionAttributeValues"][":group"] = *group;
  }
  journal_.begin({{name_of(key), item}});
  ask("UpdateItem", request);
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
