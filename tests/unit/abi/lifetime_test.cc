// Databases that come and go in one process: nothing of them stays, and nothing is shared.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

#include "http_client.h"
#include "process.h"
#include "stator/database.h"
#include "stator/functions.h"
#include "stator/server.h"

namespace stator {
namespace {

using testing_support::process_use;
using testing_support::ProcessUse;

constexpr int kTimes = 1000;
constexpr int kTimesThatSync = 50;  // each waits for a disk
constexpr int kTimesBefore = 20;    // fill what is for the whole process

// What the process-wide tables of RocksDB may grow by: it is not one a database.
constexpr std::size_t kAllocationsOfRocksDb = 3;

constexpr std::chrono::seconds kPatience{10};

constexpr const char* kCreate = R"({"TableName": "Things",
  "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
  "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST",
  "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"}})";
constexpr const char* kPut = R"({"TableName": "Things", "Item": {"pk": {"S": "a"}}})";
constexpr const char* kGet = R"({"TableName": "Things", "Key": {"pk": {"S": "a"}}})";
constexpr const char* kItem = R"({"Item":{"pk":{"S":"a"}}})";

void use(Database* database) {
  ASSERT_EQ(database->call("CreateTable", kCreate).status, 200);
  ASSERT_EQ(database->call("PutItem", kPut).status, 200);
  ASSERT_EQ(database->call("GetItem", kGet).body, kItem);
}

void open_use_close(const DatabaseOptions& options) {
  const OpenResult opened = Database::open(options);
  ASSERT_TRUE(opened.database) << opened.error;
  use(opened.database.get());
}

// A thread that was joined is in /proc until the kernel has taken it away.
void expect_nothing_more_than(const ProcessUse& before) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  while (process_use().threads > before.threads && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  const ProcessUse now = process_use();
  EXPECT_EQ(now.threads, before.threads);
  EXPECT_EQ(now.descriptors, before.descriptors);
  EXPECT_LE(now.allocations, before.allocations + kAllocationsOfRocksDb);
}

TEST(Lifetime, AThousandDatabasesLeaveNothing) {
  for (int i = 0; i < kTimesBefore; ++i) open_use_close({});
  const ProcessUse before = process_use();
  for (int i = 0; i < kTimes; ++i) ASSERT_NO_FATAL_FAILURE(open_use_close({})) << i;
  expect_nothing_more_than(before);
}

TEST(Lifetime, OpeningsOfADirectoryLeaveNothing) {
  const std::filesystem::path directory = testing::TempDir() + "stator_lifetime";
  std::filesystem::remove_all(directory);
  open_use_close({.directory = directory});
  const auto open_again = [&directory] {
    const OpenResult opened = Database::open({.directory = directory});
    ASSERT_TRUE(opened.database) << opened.error;
    ASSERT_EQ(opened.database->call("PutItem", kPut).status, 200);
    ASSERT_EQ(opened.database->call("GetItem", kGet).body, kItem);
  };
  for (int i = 0; i < kTimesBefore; ++i) open_again();
  const ProcessUse before = process_use();
  for (int i = 0; i < kTimesThatSync; ++i) ASSERT_NO_FATAL_FAILURE(open_again()) << i;
  expect_nothing_more_than(before);
  std::filesystem::remove_all(directory);
}

TEST(Lifetime, ServersAndFunctionsLeaveNothing) {
  const auto serve_once = [] {
    const OpenResult opened = Database::open({});
    const FunctionsResult functions =
        Functions::start(opened.database.get(),
                         {.file = R"({"mappings": [{"table": "Things", "function": "f"}]})",
                          .handlers = {{"f", [](std::string_view) { return HandlerResult{}; }}}});
    ASSERT_TRUE(functions.functions) << functions.error;
    const ServerResult started =
        Server::start(opened.database.get(), {.functions = functions.functions.get()});
    ASSERT_TRUE(started.server) << started.error;
    use(opened.database.get());
    support::HttpClient client("127.0.0.1", std::to_string(started.server->port()));
    ASSERT_EQ(client.call("GetItem", kGet).body, kItem);
  };
  for (int i = 0; i < kTimesBefore; ++i) serve_once();
  const ProcessUse before = process_use();
  for (int i = 0; i < kTimesThatSync; ++i) ASSERT_NO_FATAL_FAILURE(serve_once()) << i;
  expect_nothing_more_than(before);
}

TEST(Lifetime, TwoDatabasesAtOnceShareNothing) {
  const auto first_clock = std::make_shared<ManualClock>(TimePoint(std::chrono::hours(1)));
  const auto second_clock = std::make_shared<ManualClock>(TimePoint(std::chrono::hours(1)));
  const OpenResult first = Database::open({.clock = first_clock});
  const OpenResult second = Database::open({.clock = second_clock});
  use(first.database.get());
  EXPECT_EQ(second.database->call("ListTables", "{}").body, R"({"TableNames":[]})");
  use(second.database.get());

  first_clock->advance(std::chrono::hours(1));
  FaultRule fault;
  fault.error = "InternalServerError";
  ASSERT_EQ(first.database->add_fault(fault).error, "");
  EXPECT_EQ(first.database->call("GetItem", kGet).status, 500);
  EXPECT_EQ(second.database->call("GetItem", kGet).body, kItem);
  first.database->set_capacity_mode(CapacityMode::off);
  EXPECT_EQ(first.database->reset(), "");
  EXPECT_EQ(first.database->call("ListTables", "{}").body, R"({"TableNames":[]})");
  EXPECT_EQ(second.database->call("GetItem", kGet).body, kItem);

  Reply time;
  Reply mode;
  second.database->control({.method = "GET", .path = "/_stator/clock", .body = {}}, &time);
  second.database->control({.method = "GET", .path = "/_stator/capacity", .body = {}}, &mode);
  EXPECT_NE(time.body.find("1970-01-01T01:00:00"), std::string::npos) << time.body;
  EXPECT_NE(mode.body.find("enforce"), std::string::npos) << mode.body;
}

}  // namespace
}  // namespace stator
