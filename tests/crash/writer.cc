#include "writer.h"

#include <stdexcept>

namespace stator::crash {
namespace {

constexpr std::size_t kKeys = 40;
constexpr std::size_t kBatchMax = 12;
constexpr std::size_t kFillBytesMax = 2'000;
constexpr std::size_t kLargeFillBytesMax = 100'000;
constexpr std::size_t kActionsMax = 6;
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

// Whether a transaction was not run again: what it read, and did not write, is what it costs.
bool is_replay(const Json& reply) {
  return reply["ConsumedCapacity"][0].contains("ReadCapacityUnits");
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
  if (transaction_ && !transaction_->is_acknowledged) return finish_transaction(ask);
  if (writes_ == Writes::transactions) {
    return transaction_ && below(5) == 0 ? repeat_transaction(ask) : transact(ask);
  }
  const std::size_t choice = below(100);
  if (choice < 30) return put(ask);
  if (choice < 50) return update(ask);
  if (choice < 60) return erase(ask);
  if (choice < 75) return write_batch(ask);
  if (choice < 93) return transact(ask);
  if (choice < 98 && transaction_) return repeat_transaction(ask);
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

void Writer::transact(const Ask& ask) {
  Transaction transaction;
  Json actions = Json::array();
  for (std::size_t i = 2 + below(kActionsMax); i > 0; --i) {
    const Json key = any_key();
    if (transaction.writes.contains(name_of(key))) continue;
    // The first is a put: its version tells whether the transaction ran.
    if (!actions.empty() && below(4) == 0) {
      transaction.writes[name_of(key)] = std::nullopt;
      actions.push_back({{"Delete", {{"TableName", kItemTable}, {"Key", key}}}});
    } else {
      const Json item = next_item(key);
      transaction.writes[name_of(key)] = item;
      actions.push_back({{"Put", {{"TableName", kItemTable}, {"Item", item}}}});
    }
  }
  transaction.request = {
      {"TransactItems", actions},
      {"ReturnConsumedCapacity", "TOTAL"},
      {"ClientRequestToken", std::to_string(number_) + "-" + std::to_string(version_)}};
  journal_.begin(transaction.writes, Journal::Kind::transaction);
  transaction_ = std::move(transaction);
  const Json reply = ask("TransactWriteItems", transaction_->request);
  if (is_replay(reply)) throw std::logic_error("a new token was known: " + reply.dump());
  journal_.acknowledge();
  transaction_->is_acknowledged = true;
}

// The server died under it: it has run if its writes are there, and then its token is known.
void Writer::finish_transaction(const Ask& ask) {
  bool has_run = true;
  for (const auto& [name, stored] : transaction_->writes) {
    has_run = has_run && journal_.acknowledged(name) == stored;
  }
  journal_.begin(transaction_->writes, Journal::Kind::transaction);
  const bool was_known = is_replay(ask("TransactWriteItems", transaction_->request));
  if (was_known != has_run) {
    throw std::logic_error(was_known ? "a token without its writes" : "writes without their token");
  }
  journal_.acknowledge();
  transaction_->is_acknowledged = true;
}

void Writer::repeat_transaction(const Ask& ask) {
  if (is_replay(ask("TransactWriteItems", transaction_->request))) return;
  throw std::logic_error("a transaction ran twice");
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
