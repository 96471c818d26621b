// A database on a clock that is moved, with one table and its stream, for the tests of streams.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "lineage_reader.h"
#include "stator/database.h"

namespace stator::testing_support {

using Json = nlohmann::json;

class StreamFixture : public testing::Test {
 protected:
  static constexpr TimePoint kStart{std::chrono::seconds(1'700'000'000)};

  // Opens the database in *options, which say all but the clock and the capacity.
  void open(DatabaseOptions options = {});

  // Replies; the first fails the test unless the status is 200.
  Json ask(const std::string& operation, const Json& request);
  Reply call(const std::string& operation, const Json& request);
  support::Ask asker();
  // "Type: message" of a failure.
  std::string failure(const std::string& operation, const Json& request);

  // Creates "table" with that stream; returns its description.
  Json create(const std::string& view = "NEW_AND_OLD_IMAGES", const Json& more = Json::object());
  Json enable(const std::string& view = "NEW_AND_OLD_IMAGES");
  Json disable();

  void put(const std::string& key, int value);
  void erase(const std::string& key);

  void advance(std::chrono::milliseconds by) { clock_->advance(by); }

  // Of the stream that the table has or had last.
  std::string arn();
  std::vector<Json> shards(const std::string& stream);
  std::vector<Json> shards() { return shards(arn()); }
  // Those without an EndingSequenceNumber.
  std::vector<Json> open_shards();

  std::string iterator(const Json& shard, const std::string& type, const std::string& number = "");
  Json records(const std::string& iterator, int limit = 0);
  // All that TRIM_HORIZON reads of all shards, the oldest shard first.
  std::vector<Json> all_records(const std::string& stream);
  std::vector<Json> all_records() { return all_records(arn()); }
  // The shard in which the records of a key stand now.
  Json open_shard_of(const std::string& key);

  Database& database() { return *database_; }
  void close() { database_.reset(); }

 private:
  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(kStart);
  std::unique_ptr<Database> database_;
};

// "INSERT a": what a record says happened to which item.
std::string summary(const Json& record);
std::vector<std::string> summaries(const std::vector<Json>& records);

}  // namespace stator::testing_support
