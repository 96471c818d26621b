// A database with a table, a clock that is moved by hand and rules of faults.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "database_support.h"
#include "stator/clock.h"

namespace stator::testing_support {

class FaultsTest : public testing::Test {
 protected:
  FaultsTest() {
    DatabaseOptions options;
    options.clock = clock_;
    database_ = open_with_table(std::move(options));
  }

  // The id of a rule that must be right.
  std::uint64_t add(const FaultRule& rule) {
    const AddedFault added = database_->add_fault(rule);
    EXPECT_EQ(added.error, "");
    return added.id;
  }
  static FaultRule failing(const std::string& operation, const std::string& error) {
    FaultRule rule;
    rule.operation = operation;
    rule.error = error;
    return rule;
  }

  // Sends a request that the only rule holds; returns when it waits.
  std::future<Reply> call_held(std::string_view operation, const std::string& request) {
    auto held =
        std::async(std::launch::async, [=, this] { return database_->call(operation, request); });
    while (database_->faults().front().waiting == 0) std::this_thread::yield();
    return held;
  }

  // For each of so many puts whether it failed: "-x-".
  std::string puts(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      text += database_->call("PutItem", kPut).status == 200 ? '-' : 'x';
    }
    return text;
  }

  Reply control(std::string_view method, std::string_view body = "", std::string_view query = "") {
    Reply reply;
    database_->control({.method = method, .path = "/_stator/faults", .body = body, .query = query},
                       &reply);
    return reply;
  }
  std::string refusal(std::string_view body) {
    const Reply reply = control("POST", body);
    EXPECT_EQ(reply.status, 400);
    return reply.body;
  }

  const std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(TimePoint(std::chrono::milliseconds(1791505294500)));
  std::unique_ptr<Database> database_;
};

}  // namespace stator::testing_support
