#include "base/log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <thread>

namespace stator {
namespace {

using namespace std::chrono_literals;

// A log on a pipe, and what came out of it.
class LogTest : public testing::Test {
 protected:
  LogTest() { EXPECT_EQ(pipe(ends_), 0); }
  ~LogTest() override {
    close(ends_[0]);
    if (ends_[1] >= 0) close(ends_[1]);
  }

  LogOptions options(LogFormat format, LogLevel level = LogLevel::info) const {
    return {.level = level, .format = format, .file_descriptor = ends_[1]};
  }

  std::string written() {
    close(ends_[1]);
    ends_[1] = -1;
    std::string text;
    char bytes[4096];
    for (ssize_t count = 0; (count = read(ends_[0], bytes, sizeof(bytes))) > 0;) {
      text.append(bytes, static_cast<std::size_t>(count));
    }
    return text;
  }

  // 2026-01-02T03:04:05.678Z
  const ManualClock clock_{TimePoint(1767323045678901us)};

 private:
  int ends_[2] = {-1, -1};
};

TEST_F(LogTest, WritesALineForPeople) {
  Log log(options(LogFormat::human), clock_);
  log.write(LogLevel::warn, "something happened", {{"count", 3}, {"name", "a"}});
  EXPECT_EQ(written(), "2026-01-02T03:04:05.678Z warn  something happened count=3 name=a\n");
}

TEST_F(LogTest, WritesAnObjectForMachines) {
  Log log(options(LogFormat::json), clock_);
  log.write(LogLevel::error, "no", {{"count", -3}, {"name", "a b"}});
  EXPECT_EQ(written(), R"({"time":"2026-01-02T03:04:05.678Z","level":"error","message":"no",)"
                       R"("count":-3,"name":"a b"})"
                       "\n");
}

TEST_F(LogTest, WritesNothingBelowItsLevel) {
  Log log(options(LogFormat::human, LogLevel::warn), clock_);
  EXPECT_TRUE(log.enabled(LogLevel::error));
  EXPECT_TRUE(log.enabled(LogLevel::warn));
  EXPECT_FALSE(log.enabled(LogLevel::info));
  log.write(LogLevel::info, "not this");
  EXPECT_EQ(written(), "");
}

TEST_F(LogTest, QuotesWhatAClientCouldUseToForgeALine) {
  Log log(options(LogFormat::human), clock_);
  log.write(LogLevel::info, "m", {{"a", "x\n2026 y"}, {"b", ""}, {"c", "\"\\"}, {"d", "e=f"}});
  EXPECT_EQ(written(),
            "2026-01-02T03:04:05.678Z info  m "
            R"(a="x\u000a2026 y" b="" c="\"\\" d="e=f")"
            "\n");
}

TEST_F(LogTest, EscapesBytesThatAreNotAsciiSoThatJsonStaysUtf8) {
  Log log(options(LogFormat::json), clock_);
  log.write(LogLevel::info, "m", {{"a", "\xff\x7f"}});
  EXPECT_NE(written().find(R"("a":"\u00ff\u007f")"), std::string::npos);
}

TEST_F(LogTest, DoesNotMixTheLinesOfSeveralThreads) {
  constexpr int kLines = 100;
  {
    Log log(options(LogFormat::human), clock_);
    const auto write_lines = [&log] {
      for (int i = 0; i < kLines; ++i) log.write(LogLevel::info, "line", {{"a", "b"}});
    };
    std::thread one(write_lines);
    std::thread other(write_lines);
    one.join();
    other.join();
  }
  const std::string line = "2026-01-02T03:04:05.678Z info  line a=b\n";
  std::string expected;
  for (int i = 0; i < 2 * kLines; ++i) expected += line;
  EXPECT_EQ(written(), expected);
}

}  // namespace
}  // namespace stator
