#include "streams.h"

#include "expect.h"
#include "operations.h"

namespace stator::plain {
namespace {

// A stream leads to these items.
void expect_items(const Table& table, const StreamFollower& follower) {
  std::vector<Item> expected;
  for (const auto& [key, item] : table.items) expected.push_back(item);
  std::vector<Item> told;
  for (const auto& [key, item] : follower.replay.items()) told.push_back(item_of(item));
  expect_same_items(expected, told);
}

void expect_stream(World* world, const NamedTable& table) {
  const auto follower = world->streams.find(table.first);
  if (follower == world->streams.end()) return;
  world->last_exchange = "the records of " + table.first;
  read_on(asker(&world->endpoint), &follower->second);
  expect_items(table.second, follower->second);
}

}  // namespace

support::Ask asker(Endpoint* endpoint) {
  return [endpoint](const std::string& operation, const Json& request) {
    Answer answer = endpoint->call(operation, request);
    expect(answer.status == 200, operation + " " + request.dump() + " " + answer.body.dump());
    return std::move(answer.body);
  };
}

StreamFollower follow_stream(const support::Ask& ask, const std::string& table) {
  const Json description = ask("DescribeTable", {{"TableName", table}})["Table"];
  StreamFollower follower = {
      .reader = support::LineageReader(description["LatestStreamArn"].get<std::string>()),
      .replay = {}};
  Json request = {{"TableName", table}, {"ConsistentRead", true}};
  for (;;) {
    const Json page = ask("Scan", request);
    for (const Json& item : page["Items"]) {
      Json key = Json::object();
      for (const Json& element : description["KeySchema"]) {
        const std::string name = element["AttributeName"];
        key[name] = item[name];
      }
      follower.replay.start_with(key, item);
    }
    if (!page.contains("LastEvaluatedKey")) return follower;
    request["ExclusiveStartKey"] = page["LastEvaluatedKey"];
  }
}

std::size_t read_on(const support::Ask& ask, StreamFollower* follower) {
  const std::vector<Json> records = follower->reader.read_new(ask);
  for (const Json& record : records) {
    expect(!record.contains("userIdentity"), "a client made the change " + record.dump());
    follower->replay.apply(record);
  }
  for (const std::string& fault : follower->replay.faults()) expect(false, fault);
  return records.size();
}

void read_stream(World* world) {
  expect_stream(world, any_table(world));
}

void change_stream(World* world) {
  NamedTable& table = any_table(world);
  expect_stream(world, table);
  const bool is_on = world->streams.erase(table.first) > 0;
  Json specification = {{"StreamEnabled", !is_on}};
  if (!is_on) specification["StreamViewType"] = "NEW_AND_OLD_IMAGES";
  Answer answer = world->call("UpdateTable",
                              {{"TableName", table.first}, {"StreamSpecification", specification}});
  const Json description = Success(std::move(answer)).take("TableDescription");
  expect(description.contains("StreamSpecification") != is_on, "expected the change of the stream");
  if (is_on) return;
  world->streams.emplace(table.first, follow_stream(asker(&world->endpoint), table.first));
}

void expect_streams(World* world) {
  for (const NamedTable& table : world->tables) expect_stream(world, table);
}

}  // namespace stator::plain
