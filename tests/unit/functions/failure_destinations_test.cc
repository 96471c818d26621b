#include "functions/failure_destinations.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "functions/net/loop_poster.h"
#include "http_listener.h"
#include "memory_rows.h"

namespace stator {
namespace {

using support::http_answer;
using support::HttpListener;
using testing_support::MemoryRows;

constexpr char kArn[] = "arn:aws:sqs:us-east-1:000000000000:failed";

class FailureDestinationsTest : public testing::Test {
 protected:
  // Sends a document to what the ARN is mapped to, and waits until it is there or kept.
  void send(const std::string& place, const std::string& document = "{}") {
    FailureDestinations destinations({.places = {{kArn, place}},
                                      .handlers = {{"h",
                                                    [this](std::string_view taken) {
                                                      if (taken == "throw") throw 1;
                                                      handled = taken;
                                                    }}},
                                      .poster = poster,
                                      .kept = *kept,
                                      .log = [](const FunctionLogLine&) {}});
    std::promise<void> done;
    destinations.send(place.empty() ? "" : kArn, document, [&done] { done.set_value(); });
    ASSERT_EQ(done.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
  }

  MemoryRows rows;
  std::unique_ptr<KeptFailures> kept = *KeptFailures::open(&rows);
  const std::unique_ptr<IoLoop> loop = *IoLoop::start([](const FunctionLogLine&) {});
  LoopPoster poster{loop.get()};
  std::string handled;
};

TEST_F(FailureDestinationsTest, AppendLinesToAFile) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("failed_" + std::to_string(getpid()));
  send("file:" + path.string(), "{\"a\":1}");
  send("file://" + path.string(), "{\"a\":2}");
  std::ifstream file(path);
  std::string first;
  std::string second;
  std::getline(file, first);
  std::getline(file, second);
  std::filesystem::remove(path);
  EXPECT_EQ(first, "{\"a\":1}");
  EXPECT_EQ(second, "{\"a\":2}");
  EXPECT_EQ(kept->all()->size(), 0U);
}

TEST_F(FailureDestinationsTest, PostToAUrl) {
  std::string asked;
  HttpListener listener([&asked](const std::string& request) {
    asked = request;
    return http_answer("", 204);
  });
  send(listener.url("/failed"), "{\"a\":1}");
  EXPECT_TRUE(asked.starts_with("POST /failed HTTP/1.1\r\n"));
  EXPECT_TRUE(asked.ends_with("{\"a\":1}"));
  EXPECT_EQ(kept->all()->size(), 0U);
}

TEST_F(FailureDestinationsTest, CallAHandlerInThisProcess) {
  send("handler:h", "{\"a\":1}");
  EXPECT_EQ(handled, "{\"a\":1}");
}

TEST_F(FailureDestinationsTest, KeepWhatHasNoOtherPlace) {
  send("", "{\"a\":1}");
  EXPECT_EQ(*kept->all(), std::vector<std::string>{"{\"a\":1}"});
}

TEST_F(FailureDestinationsTest, KeepWhatDoesNotArrive) {
  HttpListener listener([](const std::string&) { return http_answer("", 500); });
  send("file:/nowhere/failed", "1");
  send(listener.url(), "2");
  send("handler:other", "3");
  send("handler:h", "throw");
  send("arn:aws:sqs:us-east-1:000000000000:elsewhere", "4");
  EXPECT_EQ(*kept->all(), (std::vector<std::string>{"1", "2", "3", "throw", "4"}));
}

TEST_F(FailureDestinationsTest, KnowWhatIsAPlace) {
  for (const char* const place : {"file:a", "file:/a", "file:///a", "http://h/", "handler:h"}) {
    EXPECT_TRUE(is_destination_place(place)) << place;
  }
  for (const char* const text : {"", "file:", "a", "https://h", "handler:", "arn:aws:sqs:x"}) {
    EXPECT_FALSE(is_destination_place(text)) << text;
  }
  EXPECT_TRUE(FailureDestinations::takes_payload("arn:aws:s3:::bucket"));
  EXPECT_FALSE(FailureDestinations::takes_payload(kArn));
}

TEST(KeptFailures, GoOnCountingAfterARestartAndForgetTheOldest) {
  MemoryRows rows;
  ASSERT_TRUE((*KeptFailures::open(&rows))->keep("first"));
  const auto kept = *KeptFailures::open(&rows);
  for (std::size_t i = 1; i < kFailuresMax; ++i) ASSERT_TRUE(kept->keep("more"));
  EXPECT_EQ(kept->all()->front(), "first");
  ASSERT_TRUE(kept->keep("last"));
  EXPECT_EQ(kept->all()->size(), kFailuresMax);
  EXPECT_EQ(kept->all()->front(), "more");
  EXPECT_EQ(kept->all()->back(), "last");
}

}  // namespace
}  // namespace stator
