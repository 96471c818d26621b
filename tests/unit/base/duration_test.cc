#include "base/duration.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/random.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

// What is wrong with the text.
std::string fault(std::string_view text) {
  const Result<std::chrono::milliseconds> duration = parse_duration(text);
  return duration ? "read as " + format_duration(*duration) : duration.error().message();
}

TEST(Duration, IsReadInEveryUnit) {
  EXPECT_EQ(*parse_duration("0"), 0ms);
  EXPECT_EQ(*parse_duration("0ms"), 0ms);
  EXPECT_EQ(*parse_duration("200ms"), 200ms);
  EXPECT_EQ(*parse_duration("5s"), 5s);
  EXPECT_EQ(*parse_duration("2m"), 2min);
  EXPECT_EQ(*parse_duration("1h"), 1h);
  EXPECT_EQ(*parse_duration("1d"), 24h);
}

TEST(Duration, TakesAFractionOfWholeMilliseconds) {
  EXPECT_EQ(*parse_duration("1.5s"), 1500ms);
  EXPECT_EQ(*parse_duration("0.001s"), 1ms);
  EXPECT_EQ(*parse_duration("1.0ms"), 1ms);
  EXPECT_EQ(*parse_duration("0.0000025h"), 9ms);
  EXPECT_EQ(*parse_duration("0.50000000000000000000000s"), 500ms);
}

TEST(Duration, FinerThanAMillisecondIsRefused) {
  EXPECT_EQ(fault("0.5ms"), "finer than a millisecond: \"0.5ms\"");
  EXPECT_EQ(fault("1.0005s"), "finer than a millisecond: \"1.0005s\"");
  EXPECT_EQ(fault("0.000000000001d"), "finer than a millisecond: \"0.000000000001d\"");
}

TEST(Duration, OfAnotherFormIsRefused) {
  for (const std::string text : {"", "5", "s", "-5s", "+5s", "5 s", " 5s", "5s ", "5S", "5us",
                                 ".5s", "5.s", "1.2.3s", "1e3s", "0x5s", "5ss", "00"}) {
    EXPECT_EQ(fault(text),
              "not a duration: \"" + text + "\"; it is written like 0, 200ms, 1.5s, 2m, 1h or 1d");
  }
}

TEST(Duration, ThatIsTooLongIsRefusedWithoutOverflow) {
  EXPECT_EQ(*parse_duration("36500d"), kDurationMax);
  EXPECT_EQ(fault("36500.5d"), "too long: \"36500.5d\"; the most is 36500d");
  EXPECT_EQ(fault("36501d"), "too long: \"36501d\"; the most is 36500d");
  EXPECT_EQ(fault("99999999999999999999999999999999d"),
            "too long: \"99999999999999999999999999999999d\"; the most is 36500d");
  EXPECT_EQ(fault("9223372036854775808ms"),
            "too long: \"9223372036854775808ms\"; the most is 36500d");
}

TEST(Duration, MayHaveALowerLimit) {
  EXPECT_EQ(*parse_duration("1h", 1h), 1h);
  const auto longer = parse_duration("3600001ms", 1h);
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().message(), "too long: \"3600001ms\"; the most is 1h");
}

TEST(Duration, IsWrittenInTheLargestUnitThatIsWhole) {
  EXPECT_EQ(format_duration(0ms), "0");
  EXPECT_EQ(format_duration(200ms), "200ms");
  EXPECT_EQ(format_duration(1500ms), "1500ms");
  EXPECT_EQ(format_duration(90s), "90s");
  EXPECT_EQ(format_duration(120s), "2m");
  EXPECT_EQ(format_duration(36h), "36h");
  EXPECT_EQ(format_duration(48h), "2d");
}

TEST(Duration, IsReadAsItWasWritten) {
  Random random(7);
  for (int i = 0; i < 10'000; ++i) {
    const std::int64_t most = std::int64_t{1} << (i % 41);
    const std::chrono::milliseconds duration(
        static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(most)));
    EXPECT_EQ(*parse_duration(format_duration(duration)), duration);
  }
}

}  // namespace
}  // namespace stator
