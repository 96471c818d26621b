#include "base/time_text.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

using namespace std::chrono_literals;

std::string text_of(TimePoint time) {
  std::string text = "at ";
  append_time_text(time, &text);
  return text.substr(3);
}

std::string parsed(std::string_view text) {
  const Result<TimePoint> time = parse_time(text);
  return time ? text_of(*time) : "refused";
}

TEST(TimeText, IsReadAsItIsWritten) {
  for (const char* const text :
       {"1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z", "9999-12-31T23:59:59.000Z"}) {
    EXPECT_EQ(parsed(text), text);
  }
}

TEST(TimeText, MayBeShorter) {
  EXPECT_EQ(parsed("2026-01-31Z"), "2026-01-31T00:00:00.000Z");
  EXPECT_EQ(parsed("2026-01-31T10:20:30Z"), "2026-01-31T10:20:30.000Z");
  EXPECT_EQ(parsed("2026-01-31T10:20:30.5Z"), "2026-01-31T10:20:30.500Z");
  EXPECT_EQ(*parse_time("1970-01-01T00:00:00.000001Z"), TimePoint(1us));
}

TEST(TimeText, MayBeSecondsSinceTheEpoch) {
  EXPECT_EQ(parsed("0"), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(parsed("1700000000"), "2023-11-14T22:13:20.000Z");
  EXPECT_EQ(*parse_time("253402300799"), kTimeMax);
}

TEST(TimeText, IsRefusedWhereItIsNoTime) {
  for (const char* const text : {"",
                                 "x",
                                 "now",
                                 "-1",
                                 "253402300800",
                                 "99999999999999999999",
                                 "1.5",
                                 "2026-01",
                                 "2026-01-31",
                                 "2026-02-30Z",
                                 "2026-13-01Z",
                                 "2026-1-31Z",
                                 "1969-12-31Z",
                                 "0000-00-00Z",
                                 "2026-01-31T",
                                 "2026-01-31T10:20Z",
                                 "2026-01-31T24:00:00Z",
                                 "2026-01-31T10:60:00Z",
                                 "2026-01-31T10:20:60Z",
                                 "2026-01-31T10:20:30.Z",
                                 "2026-01-31T10:20:30.1234567Z",
                                 "2026-01-31T10:20:30",
                                 "2026-01-31T10:20:30Zx",
                                 "2026-01-31T-1:20:30Z",
                                 "+026-01-31Z",
                                 "2026-01-31 10:20:30Z"}) {
    EXPECT_EQ(parsed(text), "refused") << text;
  }
}

}  // namespace
}  // namespace stator
