#include "client.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <thread>

namespace stator::serializability {
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kElementsOfClientMax = 1'000'000;

List list_in(const Json& item) {
  List list;
  if (!item.contains("h")) return list;
  for (const Json& element : item["h"]["L"]) {
    list.push_back(std::stoull(element["N"].get<std::string>()));
  }
  return list;
}

Json number(std::uint64_t value) {
  return {{"N", std::to_string(value)}};
}

Json list_of(const List& list) {
  Json elements = Json::array();
  for (const Element element : list) elements.push_back(number(element));
  return {{"L", elements}};
}

Json append_request(int item, Element element) {
  return {{"TableName", kTable},
          {"Key", key_of(item)},
          {"UpdateExpression", "SET h = list_append(h, :e)"},
          {"ExpressionAttributeValues", {{":e", list_of({element})}}}};
}

}  // namespace

Json key_of(int item) {
  return {{"pk", {{"S", std::to_string(item)}}}};
}

Client::Client(Database* database, std::atomic<std::uint64_t>* clock, int number,
               std::uint64_t seed, Plant plant)
    : database_(*database), clock_(*clock), number_(number), random_(seed), plant_(plant) {}

void Client::run_once() {
  switch (random_() % 32) {
    case 0:
      return scan_all();
    case 1:
      return get_batch();
    case 2:
    case 3:
      return query_one();
    case 4:
      return delete_one();
    case 5:
    case 6:
      return put_one();
    default:
      break;
  }
  switch (random_() % 8) {
    case 0:
    case 1:
      return get_one();
    case 2:
    case 3:
      return get_together();
    case 4:
      return append_one();
    default:
      return append_together();
  }
}

std::vector<int> Client::some_items() {
  std::vector<int> items;
  const int first = any_item();
  const int count = 2 + below(2);
  for (int i = 0; i < count; ++i) items.push_back((first + i * kHotItemsApart) % kItems);
  return items;
}

std::vector<int> Client::all_items() {
  std::vector<int> items;
  const int first = below(kItems);
  for (int i = 0; i < kItems; ++i) items.push_back((first + i) % kItems);
  return items;
}

Element Client::next_element() {
  return static_cast<Element>(number_) * kElementsOfClientMax + elements_++;
}

Operation Client::begin(std::string name) {
  Operation operation;
  operation.name = "client " + std::to_string(number_) + ": " + std::move(name);
  operation.begin = clock_.fetch_add(1);
  return operation;
}

void Client::end(Operation operation) {
  operation.end = clock_.fetch_add(1);
  for (const auto& [item, list] : operation.reads) known_[item] = list;
  operations_.push_back(std::move(operation));
}

void Client::end_each(const Operation& operation, const Json& items) {
  for (const Json& item : items) {
    Operation one = operation;
    one.reads[std::stoi(item["pk"]["S"].get<std::string>())] = list_in(item);
    end(std::move(one));
  }
}

void Client::fail(const Operation& operation) {
  for (const auto& [item, element] : operation.appends) failed_.push_back(element);
}

std::optional<Json> Client::ask(const std::string& name, const Json& request) {
  const Reply reply = database_.call(name, request.dump());
  Json body = Json::parse(reply.body);
  if (reply.status == 200) return body;
  const std::string type = body["__type"];
  for (const char* expected : {"#TransactionCanceledException", "#TransactionConflictException",
                               "#ConditionalCheckFailedException"}) {
    if (type.ends_with(expected)) return std::nullopt;
  }
  // The item is deleted, and there is no list to append to.
  if (reply.body.find("refers to an attribute that does not exist") != std::string::npos) {
    return std::nullopt;
  }
  throw std::runtime_error(name + ": " + reply.body);
}

std::optional<List> Client::read_item(int item) {
  const Json request = {{"TableName", kTable}, {"Key", key_of(item)}, {"ConsistentRead", true}};
  const Json reply = *ask("GetItem", request);
  if (!reply.contains("Item")) return std::nullopt;
  return list_in(reply["Item"]);
}

void Client::get_one() {
  const int item = any_item();
  Operation operation = begin("GetItem of " + std::to_string(item));
  std::optional<List> list = read_item(item);
  if (!list) return;
  if (plant_ == Plant::late_reads) std::swap(*list, old_[item]);
  operation.reads[item] = *std::move(list);
  end(std::move(operation));
}

void Client::query_one() {
  const int item = any_item();
  const Operation operation = begin("Query of " + std::to_string(item));
  const Json request = {{"TableName", kTable},
                        {"KeyConditionExpression", "pk = :pk"},
                        {"ExpressionAttributeValues", {{":pk", key_of(item)["pk"]}}},
                        {"ConsistentRead", true}};
  end_each(operation, (*ask("Query", request))["Items"]);
}

void Client::scan_all() {
  const Operation operation = begin("Scan");
  end_each(operation, (*ask("Scan", {{"TableName", kTable}, {"ConsistentRead", true}}))["Items"]);
}

void Client::get_batch() {
  Json keys = Json::array();
  for (const int item : all_items()) keys.push_back(key_of(item));
  const Operation operation = begin("BatchGetItem");
  const Json request = {{"RequestItems", {{kTable, {{"Keys", keys}, {"ConsistentRead", true}}}}}};
  end_each(operation, (*ask("BatchGetItem", request))["Responses"][kTable]);
}

void Client::get_together() {
  const std::vector<int> items = below(2) == 0 ? all_items() : some_items();
  Operation operation = begin("TransactGetItems from " + std::to_string(items.front()));
  if (plant_ == Plant::torn_reads) {
    for (const int item : items) {
      if (std::optional<List> list = read_item(item)) operation.reads[item] = *std::move(list);
    }
    return end(std::move(operation));
  }
  Json request = {{"TransactItems", Json::array()}};
  for (const int item : items) {
    request["TransactItems"].push_back({{"Get", {{"TableName", kTable}, {"Key", key_of(item)}}}});
  }
  const std::optional<Json> reply = ask("TransactGetItems", request);
  if (!reply) return;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Json& response = (*reply)["Responses"][i];
    if (response.contains("Item")) operation.reads[items[i]] = list_in(response["Item"]);
  }
  end(std::move(operation));
}

// The answer has the list before.
void Client::append_one() {
  const int item = any_item();
  const Element element = next_element();
  Operation operation = begin("UpdateItem of " + std::to_string(item));
  operation.appends[item] = element;
  Json request = append_request(item, element);
  request["ReturnValues"] = "ALL_OLD";
  const std::optional<Json> reply = ask("UpdateItem", request);
  if (!reply) return fail(operation);
  operation.reads[item] = list_in((*reply)["Attributes"]);
  end(std::move(operation));
}

Json Client::put_request(int item, const List& list) const {
  Json request = {{"TableName", kTable}, {"Item", key_of(item)}};
  request["Item"]["h"] = list_of(list);
  return request;
}

// Appends to an item that is as it was seen last.
void Client::put_one() {
  const int item = any_item();
  const auto known = known_.find(item);
  if (known == known_.end()) return;
  const Element element = next_element();
  Operation operation = begin("PutItem of " + std::to_string(item));
  operation.lengths[item] = known->second.size();
  operation.appends[item] = element;
  List list = known->second;
  list.push_back(element);
  Json request = put_request(item, list);
  if (plant_ == Plant::lost_writes) {
    request["ConditionExpression"] = "attribute_exists(h)";  // who deletes it puts it back
  } else {
    request["ConditionExpression"] = "h = :h";
    request["ExpressionAttributeValues"] = {{":h", list_of(known->second)}};
  }
  if (!ask("PutItem", request)) return fail(operation);
  end(std::move(operation));
}

// A deletion appends an element that can be seen when who deleted an item puts it back, with one
// more. Until then nothing can be read of it or appended to it.
void Client::delete_one() {
  const int item = any_item();
  Operation deletion = begin("DeleteItem of " + std::to_string(item));
  const std::optional<Json> reply = ask(
      "DeleteItem", {{"TableName", kTable}, {"Key", key_of(item)}, {"ReturnValues", "ALL_OLD"}});
  if (!reply || !reply->contains("Attributes")) return;
  List list = list_in((*reply)["Attributes"]);
  deletion.reads[item] = list;
  deletion.appends[item] = next_element();
  list.push_back(deletion.appends[item]);
  end(std::move(deletion));

  Operation creation = begin("PutItem of " + std::to_string(item));
  creation.lengths[item] = list.size();
  creation.appends[item] = next_element();
  list.push_back(creation.appends[item]);
  Json request = put_request(item, list);
  request["ConditionExpression"] = "attribute_not_exists(pk)";
  while (!ask("PutItem", request)) std::this_thread::yield();
  end(std::move(creation));
}

// Appends to some items on the condition that others are as they were seen last.
void Client::append_together() {
  const std::vector<int> items = some_items();
  const Element element = next_element();
  Operation operation = begin("TransactWriteItems from " + std::to_string(items.front()));
  if (plant_ == Plant::torn_writes) {
    for (const int item : items) {
      operation.appends[item] = element;
      while (!ask("UpdateItem", append_request(item, element))) std::this_thread::yield();
      std::this_thread::yield();
    }
    return end(std::move(operation));
  }
  Json actions = Json::array();
  for (const int item : items) {
    const bool checks = item == items.back() && known_.contains(item) && random_() % 2 == 0;
    Json action = append_request(item, element);
    if (checks) {
      action.erase("UpdateExpression");
      action["ConditionExpression"] = "size(h) = :n";
      action["ExpressionAttributeValues"] = {{":n", number(known_[item].size())}};
      operation.lengths[item] = known_[item].size();
    } else {
      operation.appends[item] = element;
    }
    actions.push_back({{checks ? "ConditionCheck" : "Update", action}});
  }
  if (!ask("TransactWriteItems", {{"TransactItems", actions}})) return fail(operation);
  end(std::move(operation));
}

}  // namespace stator::serializability
