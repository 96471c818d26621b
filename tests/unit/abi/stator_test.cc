#include "stator/stator.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <string_view>

#include "http_client.h"

namespace stator {
namespace {

using testing::TempDir;

constexpr const char* kCreate = R"({"TableName": "T12",
  "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
  "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST",
  "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"}})";
constexpr const char* kPut = R"({"TableName": "T12", "Item": {"pk": {"S": "a"}}})";
constexpr const char* kMapping = R"({"mappings": [{"table": "T12", "function": "f"}]})";

// An error's text, "" for none.
std::string text_of(stator_error* error) {
  const std::string text = error == nullptr ? "" : error->message;
  stator_free_error(error);
  return text;
}

using Owned = std::unique_ptr<stator_database, decltype(&stator_close)>;

Owned open(const stator_options* options = nullptr) {
  stator_database* database = nullptr;
  EXPECT_EQ(text_of(stator_open(options, &database)), "");
  return {database, stator_close};
}

Owned open_on_manual_clock() {
  stator_options options{};
  options.size = sizeof options;
  options.clock = "manual:2026-01-01T00:00:00Z";
  return open(&options);
}

struct Answer {
  int status = 0;
  std::string body;
};

Answer taken(stator_reply* reply) {
  Answer answer{reply->status, std::string(reply->body, reply->body_bytes)};
  stator_free_reply(reply);
  return answer;
}

Answer call(const Owned& database, const char* operation, const std::string& json) {
  return taken(stator_call(database.get(), operation, json.data(), json.size()));
}

TEST(CAbi, SaysItsVersions) {
  EXPECT_EQ(stator_abi_version(), STATOR_ABI_VERSION);
  EXPECT_STREQ(stator_version(), STATOR_TEST_VERSION);
}

TEST(CAbi, AnswersAsOverHttp) {
  const Owned database = open();
  EXPECT_EQ(call(database, "CreateTable", kCreate).status, 200);
  EXPECT_EQ(call(database, "PutItem", kPut).body, "{}");
  const Answer missing = call(database, "GetItem", R"({"TableName": "Nix", "Key": {}})");
  EXPECT_EQ(missing.status, 400);
  EXPECT_NE(missing.body.find("__type"), std::string::npos) << missing.body;
}

TEST(CAbi, KeepsADirectory) {
  const std::string directory = TempDir() + "stator_c_abi";
  std::filesystem::remove_all(directory);
  stator_options options{};
  options.size = sizeof options;
  options.directory = directory.c_str();
  {
    const Owned database = open(&options);
    call(database, "CreateTable", kCreate);
    stator_database* second = nullptr;
    const std::string error = text_of(stator_open(&options, &second));
    EXPECT_NE(error.find(directory), std::string::npos) << error;
    EXPECT_EQ(second, nullptr);
  }
  {
    const Owned again = open(&options);
    EXPECT_EQ(call(again, "DeleteTable", R"({"TableName": "T12"})").status, 200);
  }
  std::filesystem::remove_all(directory);
}

TEST(CAbi, KnowsOptionsOfASmallerSize) {
  stator_options options{};
  options.size = offsetof(stator_options, clock);
  options.clock = "what lies beyond the size is not looked at";
  EXPECT_NE(open(&options), nullptr);
}

TEST(CAbi, RefusesOptionsWhoseSizeIsNotSet) {
  stator_options options{};
  options.directory = "/nowhere";
  stator_database* database = nullptr;
  stator_error* const error = stator_open(&options, &database);
  ASSERT_NE(error, nullptr);
  EXPECT_NE(std::string_view(error->message).find(".size = sizeof"), std::string_view::npos);
  EXPECT_EQ(database, nullptr);
  stator_free_error(error);
}

TEST(CAbi, RefusesAClockThatIsNone) {
  stator_options options{};
  options.size = sizeof options;
  options.clock = "sundial";
  stator_database* database = nullptr;
  EXPECT_NE(text_of(stator_open(&options, &database)).find("sundial"), std::string::npos);
  EXPECT_EQ(database, nullptr);
}

TEST(CAbi, AnswersWhatIsAboutStatorItself) {
  const Owned database = open_on_manual_clock();
  const auto control = [&](const char* method, const char* path, const char* json) {
    return taken(stator_control(database.get(), method, path, json));
  };
  EXPECT_NE(control("GET", "/_stator/clock", nullptr).body.find("2026-01-01T00:00:00"),
            std::string::npos);
  EXPECT_EQ(control("POST", "/_stator/reset", nullptr).status, 200);
  call(database, "CreateTable", kCreate);
  EXPECT_EQ(control("GET", "/_stator/partitions?table=T12", nullptr).status, 200);
  EXPECT_EQ(control("GET", "/_stator/partitions", nullptr).status, 400);
}

TEST(CAbi, MovesAManualClockForward) {
  const Owned database = open_on_manual_clock();
  EXPECT_EQ(text_of(stator_advance_clock(database.get(), 90'000)), "");
  const Answer clock = taken(stator_control(database.get(), "GET", "/_stator/clock", nullptr));
  EXPECT_NE(clock.body.find("2026-01-01T00:01:30"), std::string::npos) << clock.body;
  EXPECT_EQ(text_of(stator_advance_clock(database.get(), -1)), "a clock is not moved back");
  EXPECT_EQ(text_of(stator_advance_clock(database.get(), INT64_MAX)),
            "no clock goes beyond the year 9999");
  EXPECT_EQ(text_of(stator_advance_clock(open().get(), 1)),
            "the clock is the machine's, which nobody moves");
}

TEST(CAbi, ServesOnce) {
  const Owned database = open();
  const char* endpoint = nullptr;
  ASSERT_EQ(text_of(stator_serve(database.get(), 0, &endpoint)), "");
  const std::string served = endpoint;
  support::HttpClient client("127.0.0.1", served.substr(served.rfind(':') + 1));
  EXPECT_EQ(client.call("ListTables", "{}").body, R"({"TableNames":[]})");
  EXPECT_EQ(text_of(stator_serve(database.get(), 0, &endpoint)), "serves already on " + served);
  EXPECT_EQ(text_of(stator_on_change(database.get(), "{}", nullptr, 0)),
            "handlers come before the database is served");
}

// What a handler was told, and what it is to say.
struct Called {
  std::promise<std::string> event;
  int calls = 0;
};

TEST(CAbi, CallsAHandlerOfAChange) {
  Called called;
  const stator_handler handler{
      "f",
      [](void* context, const char* event, size_t bytes, stator_outcome*) {
        static_cast<Called*>(context)->event.set_value(std::string(event, bytes));
      },
      &called};
  const Owned database = open();
  ASSERT_EQ(text_of(stator_on_change(database.get(), kMapping, &handler, 1)), "");
  EXPECT_EQ(text_of(stator_on_change(database.get(), kMapping, &handler, 1)),
            "handlers are there already");
  call(database, "CreateTable", kCreate);
  call(database, "PutItem", kPut);
  const std::string event = called.event.get_future().get();
  EXPECT_NE(event.find(R"("eventName":"INSERT")"), std::string::npos) << event;
}

// The second call tells the test; the first is failed, so there is no second without a retry.
TEST(CAbi, CallsAHandlerThatFailsAgain) {
  Called called;
  const stator_handler handler{
      "f",
      [](void* context, const char* event, size_t bytes, stator_outcome* outcome) {
        auto* const told = static_cast<Called*>(context);
        if (++told->calls == 1) return stator_fail(outcome, "", "not yet");
        stator_answer(outcome, "{}");
        told->event.set_value(std::string(event, bytes));
      },
      &called};
  const Owned database = open();
  ASSERT_EQ(text_of(stator_on_change(database.get(), kMapping, &handler, 1)), "");
  call(database, "CreateTable", kCreate);
  call(database, "PutItem", kPut);
  EXPECT_NE(called.event.get_future().get(), "");
}

TEST(CAbi, SaysWhatIsWrongWithAMapping) {
  const Owned database = open();
  EXPECT_NE(text_of(stator_on_change(database.get(), "{", nullptr, 0)), "");
  const char* endpoint = nullptr;
  EXPECT_EQ(text_of(stator_serve(database.get(), 0, &endpoint)), "");
}

}  // namespace
}  // namespace stator
