#include "stream_fixture.h"

#include <algorithm>

#include "database_support.h"

namespace stator::testing_support {

void StreamFixture::open(DatabaseOptions options) {
  options.clock = clock_;
  options.capacity = CapacityMode::off;
  database_ = testing_support::open(std::move(options));
}

Reply StreamFixture::call(const std::string& operation, const Json& request) {
  return database_->call(operation, request.dump());
}

Json StreamFixture::ask(const std::string& operation, const Json& request) {
  const Reply reply = call(operation, request);
  EXPECT_EQ(reply.status, 200) << operation << " " << request << "\n" << reply.body;
  return Json::parse(reply.body);
}

support::Ask StreamFixture::asker() {
  return
      [this](const std::string& operation, const Json& request) { return ask(operation, request); };
}

std::string StreamFixture::failure(const std::string& operation, const Json& request) {
  const Reply reply = call(operation, request);
  EXPECT_EQ(reply.status, 400) << operation << " " << request << "\n" << reply.body;
  const Json body = Json::parse(reply.body);
  const std::string type = body.value("__type", "");
  return type.substr(type.find('#') + 1) + ": " + body.value("message", "");
}

Json StreamFixture::create(const std::string& view, const Json& more) {
  Json request = Json::parse(kCreateTable);
  request["StreamSpecification"] = {{"StreamEnabled", true}, {"StreamViewType", view}};
  request.update(more);
  return ask("CreateTable", request)["TableDescription"];
}

Json StreamFixture::enable(const std::string& view) {
  return ask("UpdateTable",
             {{"TableName", "table"},
              {"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", view}}}});
}

Json StreamFixture::disable() {
  return ask("UpdateTable",
             {{"TableName", "table"}, {"StreamSpecification", {{"StreamEnabled", false}}}});
}

void StreamFixture::put(const std::string& key, int value) {
  ask("PutItem", {{"TableName", "table"},
                  {"Item", {{"pk", {{"S", key}}}, {"v", {{"N", std::to_string(value)}}}}}});
}

void StreamFixture::erase(const std::string& key) {
  ask("DeleteItem", {{"TableName", "table"}, {"Key", {{"pk", {{"S", key}}}}}});
}

std::string StreamFixture::arn() {
  return ask("DescribeTable", {{"TableName", "table"}})["Table"]["LatestStreamArn"];
}

std::vector<Json> StreamFixture::shards(const std::string& stream) {
  return ask("DescribeStream", {{"StreamArn", stream}})["StreamDescription"]["Shards"];
}

std::vector<Json> StreamFixture::open_shards() {
  std::vector<Json> open = shards();
  std::erase_if(open, [](const Json& shard) {
    return shard["SequenceNumberRange"].contains("EndingSequenceNumber");
  });
  return open;
}

std::string StreamFixture::iterator(const Json& shard, const std::string& type,
                                    const std::string& number) {
  Json request = {{"StreamArn", arn()}, {"ShardId", shard["ShardId"]}, {"ShardIteratorType", type}};
  if (!number.empty()) request["SequenceNumber"] = number;
  return ask("GetShardIterator", request)["ShardIterator"];
}

Json StreamFixture::records(const std::string& iterator, int limit) {
  Json request = {{"ShardIterator", iterator}};
  if (limit > 0) request["Limit"] = limit;
  return ask("GetRecords", request);
}

std::vector<Json> StreamFixture::all_records(const std::string& stream) {
  support::LineageReader reader(stream);
  return reader.read_new(asker());
}

Json StreamFixture::open_shard_of(const std::string& key) {
  const std::vector<Json> open = open_shards();
  std::vector<std::string> before;
  for (const Json& shard : open) before.push_back(iterator(shard, "LATEST"));
  put(key, static_cast<int>(key.size()) + 1'000'000);
  erase(key);
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (!records(before[i])["Records"].empty()) return open[i];
  }
  ADD_FAILURE() << "no shard took the records of " << key;
  return {};
}

std::string summary(const Json& record) {
  return record["eventName"].get<std::string>() + " " +
         record["dynamodb"]["Keys"]["pk"]["S"].get<std::string>();
}

std::vector<std::string> summaries(const std::vector<Json>& records) {
  std::vector<std::string> texts;
  for (const Json& record : records) texts.push_back(summary(record));
  return texts;
}

}  // namespace stator::testing_support
