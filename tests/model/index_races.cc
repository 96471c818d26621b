#include "index_races.h"

#include <algorithm>
#include <set>
#include <thread>

#include "definitions.h"
#include "expect.h"

namespace stator::plain {
namespace {

constexpr const char* kTable = "races";
constexpr std::size_t kCollections = 6;
constexpr std::size_t kItemsOfCollection = 400;
constexpr std::size_t kValues = 5;  // of an index key
constexpr std::size_t kBatch = 25;
constexpr std::size_t kPinned = 40;
constexpr const char* kPinnedText = "pinned";
constexpr const char* kPinnedNumber = "777";

Json text(const std::string& value) {
  return {{"S", value}};
}

Json number(std::size_t value) {
  return {{"N", std::to_string(value)}};
}

Json any_key(Random* random) {
  return {{"pk", text("p" + std::to_string(random->below(kCollections)))},
          {"sk", number(random->below(kItemsOfCollection))}};
}

Json any_a(Random* random) {
  return text(std::string(1, static_cast<char>('a' + random->below(kValues))));
}

// Has the keys of some indexes, of others not.
Json any_item(Random* random, Json item) {
  if (random->chance(80)) item["a"] = any_a(random);
  if (random->chance(80)) item["b"] = number(random->below(kValues));
  item["c"] = text(std::string(random->below(200), 'c'));
  return item;
}

// Counts towards every index, and nobody changes it.
Json pinned_item(std::size_t position) {
  return {{"pk", text(kPinnedText)},
          {"sk", number(position)},
          {"a", text(kPinnedText)},
          {"b", {{"N", kPinnedNumber}}}};
}

Json call(Race* race, const std::string& operation, const Json& request) {
  Answer answer = race->endpoint.call(operation, request);
  expect(answer.status == 200, operation + " " + request.dump() + "\n-> " + answer.body.dump());
  return std::move(answer.body);
}

void put_batch(Race* race, const std::vector<Json>& items) {
  Json requests = Json::array();
  for (const Json& item : items) requests.push_back({{"PutRequest", {{"Item", item}}}});
  call(race, "BatchWriteItem", {{"RequestItems", {{kTable, requests}}}});
}

Json any_update(Random* random) {
  Json request = {{"TableName", kTable}, {"Key", any_key(random)}};
  switch (random->below(4)) {
    case 0:
      request["UpdateExpression"] = "REMOVE a";
      return request;
    case 1:
      request["UpdateExpression"] = "REMOVE b";
      return request;
    case 2:
      request["UpdateExpression"] = "SET a = :a";
      request["ExpressionAttributeValues"] = {{":a", any_a(random)}};
      return request;
    default:
      request["UpdateExpression"] = "SET b = :b, c = :c";
      request["ExpressionAttributeValues"] = {{":b", number(random->below(kValues))},
                                              {":c", text("updated")}};
      return request;
  }
}

std::vector<Json> any_batch(Random* random) {
  std::set<Json> keys;
  for (std::size_t i = 1 + random->below(8); i > 0; --i) keys.insert(any_key(random));
  std::vector<Json> items;
  for (const Json& key : keys) items.push_back(any_item(random, key));
  return items;
}

void write_once(Race* race, Random* random) {
  const std::size_t choice = random->below(10);
  if (choice < 4) {
    call(race, "UpdateItem", any_update(random));
  } else if (choice < 7) {
    call(race, "PutItem", {{"TableName", kTable}, {"Item", any_item(random, any_key(random))}});
  } else if (choice < 9) {
    call(race, "DeleteItem", {{"TableName", kTable}, {"Key", any_key(random)}});
  } else {
    put_batch(race, any_batch(random));
  }
}

// Asks for one collection of an index: the items that stay, or others.
Json query_of(const Index& index, bool pinned, Random* random) {
  Json request = {{"TableName", kTable}, {"IndexName", index.name}};
  std::string condition;
  for (const KeyAttribute& key : index.partition) {
    condition += (condition.empty() ? "" : " AND ") + key.name + " = :" + key.name;
    Json& value = request["ExpressionAttributeValues"][":" + key.name];
    if (key.name == "b") {
      value = pinned ? Json({{"N", kPinnedNumber}}) : number(random->below(kValues));
    } else {
      value = pinned ? text(kPinnedText) : key.name == "a" ? any_a(random) : text("p1");
    }
  }
  request["KeyConditionExpression"] = condition;
  return request;
}

void expect_collection(const Index& index, const Json& query, const Json& items) {
  const Item* before = nullptr;
  std::vector<Item> entries;
  for (const Json& item : items) entries.push_back(item_of(item));
  for (const Item& entry : entries) {
    for (const KeyAttribute& key : index.partition) {
      const Json& asked = query["ExpressionAttributeValues"][":" + key.name];
      expect(to_json(entry.at(key.name)) == asked, "an entry of another collection");
    }
    if (before != nullptr && !index.sort.empty()) {
      const std::string& sort = index.sort[0].name;
      expect(compare_scalars(before->at(sort), entry.at(sort)) <= 0, "the order of entries");
    }
    before = &entry;
  }
}

// An index that answers has everything: also what was there before it was added.
void query_once(Race* race, const Index& index, bool may_be_missing, Random* random) {
  const bool pinned = random->chance(50);
  const Json query = query_of(index, pinned, random);
  const Answer answer = race->endpoint.call("Query", query);
  if (may_be_missing && answer.status == 400) return expect_error(answer, "ValidationException");
  expect(answer.status == 200, "Query " + query.dump() + "\n-> " + answer.body.dump());
  expect_collection(index, query, answer.body["Items"]);
  if (pinned) {
    expect(answer.body["Count"] == kPinned,
           "expected all items that stay: " + query.dump() + "\n-> " + answer.body.dump());
  }
}

void add_index(Race* race, Index index, std::vector<Index>* there) {
  NamedTable table = race_table();
  table.second.indexes = {index};
  call(race, "UpdateTable",
       {{"TableName", kTable},
        {"AttributeDefinitions", definitions_of(table.second)},
        {"GlobalSecondaryIndexUpdates",
         Json::array({{{"Create", request_of(table.second, index)}}})}});
  there->push_back(std::move(index));
}

void remove_index(Race* race, std::size_t position, std::vector<Index>* there) {
  const Json index = {{"IndexName", (*there)[position].name}};
  call(
      race, "UpdateTable",
      {{"TableName", kTable}, {"GlobalSecondaryIndexUpdates", Json::array({{{"Delete", index}}})}});
  there->erase(there->begin() + static_cast<std::ptrdiff_t>(position));
}

bool is_building(Race* race) {
  const Json table = call(race, "DescribeTable", {{"TableName", kTable}})["Table"];
  return std::any_of(table["GlobalSecondaryIndexes"].begin(), table["GlobalSecondaryIndexes"].end(),
                     [](const Json& index) { return index["IndexStatus"] != "ACTIVE"; });
}

Index with_any_projection(Index index, Random* random) {
  static const std::vector<Projected> projections = {Projected::keys_only, Projected::include,
                                                     Projected::all};
  index.projected = random->one_of(projections);
  if (index.projected == Projected::include) index.included = {"c"};
  return index;
}

// One step of the thread that changes indexes. While an index is added no other can be added or
// removed, but it can be removed itself.
void change_once(Race* race, Random* random, std::vector<Index>* there) {
  const Index index = random->one_of(passing_indexes());
  const auto found = std::find_if(there->begin(), there->end(),
                                  [&](const Index& each) { return each.name == index.name; });
  const bool was_added_last = found != there->end() && found + 1 == there->end();
  if (!was_added_last && is_building(race)) return std::this_thread::yield();
  if (found != there->end()) {
    remove_index(race, static_cast<std::size_t>(found - there->begin()), there);
  } else {
    add_index(race, with_any_projection(index, random), there);
  }
}

// Runs until the race stops, and stops it when something goes wrong.
template <typename Step>
void run_until_stopped(Race* race, const Step& step) {
  try {
    while (!race->stopping && step()) {
    }
  } catch (const std::exception& fault) {
    race->fail(fault.what());
  }
}

}  // namespace

void Race::fail(const std::string& what) {
  const std::lock_guard lock(mu_);
  if (fault_.empty()) fault_ = what;
  stopping = true;
}

std::string Race::fault() {
  const std::lock_guard lock(mu_);
  return fault_;
}

NamedTable race_table() {
  Table table = {.partition = {"pk", Type::S},
                 .sort = KeyAttribute{"sk", Type::N},
                 .partitions = kOnDemandPartitions};
  table.indexes = {{.name = "local",
                    .kind = IndexKind::local,
                    .partition = {{"pk", Type::S}},
                    .sort = {{"b", Type::N}},
                    .projected = Projected::keys_only},
                   {.name = "global", .partition = {{"a", Type::S}}, .sort = {{"b", Type::N}}}};
  return {kTable, table};
}

std::vector<Index> passing_indexes() {
  return {{.name = "by_a", .partition = {{"a", Type::S}}},
          {.name = "by_b", .partition = {{"b", Type::N}}, .sort = {{"a", Type::S}}},
          {.name = "by_both",
           .partition = {{"a", Type::S}, {"b", Type::N}},
           .sort = {{"sk", Type::N}}}};
}

void prepare(Race* race, const NamedTable& table, Random* random) {
  call(race, "CreateTable", request_of(table.first, table.second));
  std::vector<Json> items;
  for (std::size_t i = 0; i < kPinned; ++i) items.push_back(pinned_item(i));
  for (std::size_t i = 0; i < kCollections * kItemsOfCollection; ++i) {
    items.push_back(any_item(random, {{"pk", text("p" + std::to_string(i % kCollections))},
                                      {"sk", number(i / kCollections)}}));
  }
  for (std::size_t i = 0; i < items.size(); i += kBatch) {
    const auto at = items.begin() + static_cast<std::ptrdiff_t>(i);
    put_batch(race, {at, at + static_cast<std::ptrdiff_t>(std::min(kBatch, items.size() - i))});
  }
}

void write_items(Race* race, std::uint64_t seed, std::size_t count) {
  Random random(seed);
  run_until_stopped(race, [&] {
    if (count-- == 0) return false;
    write_once(race, &random);
    return true;
  });
}

void query_indexes(Race* race, std::uint64_t seed) {
  Random random(seed);
  const std::vector<Index> staying = race_table().second.indexes;
  const std::vector<Index> passing = passing_indexes();
  run_until_stopped(race, [&] {
    const bool passes = random.chance(70);
    query_once(race, random.one_of(passes ? passing : staying), passes, &random);
    return true;
  });
}

std::vector<Index> add_and_remove_indexes(Race* race, std::uint64_t seed) {
  Random random(seed);
  std::vector<Index> there;
  run_until_stopped(race, [&] {
    change_once(race, &random, &there);
    return true;
  });
  return there;
}

}  // namespace stator::plain
