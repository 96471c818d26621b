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

Json append_request(int item, Element element) {
  return {{"TableName", kTable},
          {"Key", key_of(item)},
          {"UpdateExpression", "SET h = list_append(h, :e)"},
          {"ExpressionAttributeValues", {{":e", {{"L", Json::array({number(element)})}}}}}};
}

}  // namespace

Json key_of(int item) {
  return {{"pk", {{"S", std::to_string(item)}}}};
}

Client::Client(Database* database, std::atomic<std::uint64_t>* clock, int number,
               std::uint64_t seed, Plant plant)
    : database_(*database), clock_(*clock), number_(number), random_(seed), plant_(plant) {}

void Client::run_once() {
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
  for (const auto& [item, list] : operation.reads) known_[item] = list.size();
  operations_.push_back(std::move(operation));
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
  throw std::runtime_error(name + ": " + reply.body);
}

List Client::read_item(int item) {
  const Json request = {{"TableName", kTable}, {"Key", key_of(item)}, {"ConsistentRead", true}};
  return list_in((*ask("GetItem", request))["Item"]);
}

void Client::get_one() {
  const int item = any_item();
  Operation operation = begin("GetItem of " + std::to_string(item));
  List list = read_item(item);
  if (plant_ == Plant::late_reads) std::swap(list, old_[item]);
  operation.reads[item] = std::move(list);
  end(std::move(operation));
}

void Client::get_together() {
  const std::vector<int> items = below(2) == 0 ? all_items() : some_items();
  Operation operation = begin("TransactGetItems from " + std::to_string(items.front()));
  if (plant_ == Plant::torn_reads) {
    for (const int item : items) {
      operation.reads[item] = read_item(item);
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
    operation.reads[items[i]] = list_in((*reply)["Responses"][i]["Item"]);
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
      action["ExpressionAttributeValues"] = {{":n", number(known_[item])}};
      operation.lengths[item] = known_[item];
    } else {
      operation.appends[item] = element;
    }
    actions.push_back({{checks ? "ConditionCheck" : "Update", action}});
  }
  if (!ask("TransactWriteItems", {{"TransactItems", actions}})) return fail(operation);
  end(std::move(operation));
}

}  // namespace stator::serializability
