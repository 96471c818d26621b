#include "base/url.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

TEST(Url, IsTakenApart) {
  const std::optional<Url> url = parse_url("http://127.0.0.1:9001/2015-03-31/functions/f?x=1#y");
  ASSERT_TRUE(url.has_value());
  EXPECT_EQ(url->host, "127.0.0.1");
  EXPECT_EQ(url->port, "9001");
  EXPECT_EQ(url->target, "/2015-03-31/functions/f?x=1");
  EXPECT_EQ(url->authority(), "127.0.0.1:9001");
}

TEST(Url, HasDefaults) {
  EXPECT_EQ(parse_url("http://host"), (Url{"host", "80", "/"}));
  EXPECT_EQ(parse_url("http://host?q"), (Url{"host", "80", "/?q"}));
  EXPECT_EQ(parse_url("http://[::1]:7/a"), (Url{"::1", "7", "/a"}));
  EXPECT_EQ(parse_url("http://[::1]:7/a")->authority(), "[::1]:7");
}

TEST(Url, IsRefused) {
  for (const char* const text :
       {"", "https://host", "ftp://host", "http://", "http:///x", "http://host:0", "http://host:x",
        "http://host:70000", "http://a b", "http://host/\r\nX: y", "http://u@host",
        "http://[::1"}) {
    EXPECT_FALSE(parse_url(text).has_value()) << text;
  }
}

TEST(Percent, IsDecodedWhereItIsWellFormed) {
  EXPECT_EQ(decode_percent("arn%3Aaws%3a"), "arn:aws:");
  EXPECT_EQ(decode_percent("%zz%4"), "%zz%4");
}

TEST(QueryParameter, IsFoundByName) {
  EXPECT_EQ(query_parameter("a=1&Name=x%26y&b", "Name"), "x&y");
  EXPECT_EQ(query_parameter("a=1&b", "b"), "");
  EXPECT_FALSE(query_parameter("a=1&b", "c").has_value());
  EXPECT_FALSE(query_parameter("", "c").has_value());
}

}  // namespace
}  // namespace stator
