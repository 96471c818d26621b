#include "server/content_coding.h"

#include <gtest/gtest.h>

#include <string>

namespace stator {
namespace {

constexpr std::size_t kMax = 1024 * 1024;
constexpr std::size_t kPadding = 64;

std::string packed(ContentCoding coding, std::string_view body) {
  std::string out;
  EXPECT_TRUE(deflate_body(coding, body, &out));
  return out;
}

Inflated inflate_status(ContentCoding coding, std::string_view body, std::size_t max = kMax) {
  std::string out;
  return inflate_body(coding, body, max, kPadding, &out);
}

TEST(AcceptEncoding, WithoutACodingMeansIdentity) {
  for (const char* header : {"", "identity", "br", "zstd, br;q=0.5", "gzip;q=0", ",,", ";q=1"}) {
    EXPECT_EQ(negotiate_coding(header), ContentCoding::identity) << header;
  }
}

TEST(AcceptEncoding, NamesACodingInAnyCase) {
  EXPECT_EQ(negotiate_coding("gzip"), ContentCoding::gzip);
  EXPECT_EQ(negotiate_coding("GZip"), ContentCoding::gzip);
  EXPECT_EQ(negotiate_coding("deflate"), ContentCoding::deflate);
  EXPECT_EQ(negotiate_coding("br, gzip"), ContentCoding::gzip);
}

TEST(AcceptEncoding, PrefersTheHighestQuality) {
  EXPECT_EQ(negotiate_coding("gzip;q=0.5, deflate;q=0.8"), ContentCoding::deflate);
  EXPECT_EQ(negotiate_coding("gzip ; q=0.9 , deflate;q=0.8"), ContentCoding::gzip);
  EXPECT_EQ(negotiate_coding("deflate;q=0.2, gzip"), ContentCoding::gzip);
  EXPECT_EQ(negotiate_coding("identity, gzip;q=0.5"), ContentCoding::identity);
}

TEST(AcceptEncoding, TakesTheFirstOfEqualQuality) {
  EXPECT_EQ(negotiate_coding("deflate, gzip"), ContentCoding::deflate);
  EXPECT_EQ(negotiate_coding("gzip, deflate"), ContentCoding::gzip);
}

TEST(AcceptEncoding, CountsAQualityAboveOneAsOne) {
  EXPECT_EQ(negotiate_coding("gzip, deflate;q=5"), ContentCoding::gzip);
}

TEST(AcceptEncoding, TakesAStarForGzip) {
  EXPECT_EQ(negotiate_coding("*"), ContentCoding::gzip);
  EXPECT_EQ(negotiate_coding("deflate;q=0.5, *"), ContentCoding::gzip);
}

TEST(ContentEncoding, IsUnknownUnlessItIsOneOfOurs) {
  EXPECT_EQ(parse_content_encoding(" GZIP "), ContentCoding::gzip);
  EXPECT_EQ(parse_content_encoding("deflate"), ContentCoding::deflate);
  EXPECT_EQ(parse_content_encoding("identity"), ContentCoding::identity);
  EXPECT_EQ(parse_content_encoding("br"), std::nullopt);
  EXPECT_EQ(parse_content_encoding("gzip, gzip"), std::nullopt);
  EXPECT_EQ(parse_content_encoding(""), std::nullopt);
}

TEST(ContentCoding, BringsBackWhatItPacked) {
  const std::string body(100'000, 'a');
  for (const ContentCoding coding : {ContentCoding::gzip, ContentCoding::deflate}) {
    const std::string small = packed(coding, body);
    EXPECT_LT(small.size(), 1000U);
    std::string out;
    EXPECT_EQ(inflate_body(coding, small, kMax, kPadding, &out), Inflated::whole);
    EXPECT_EQ(out, body);
    EXPECT_GE(out.capacity(), out.size() + kPadding);
  }
}

TEST(ContentCoding, ReadsSeveralGzipMembersAsOneBody) {
  const std::string two = packed(ContentCoding::gzip, "one ") + packed(ContentCoding::gzip, "two");
  std::string out;
  EXPECT_EQ(inflate_body(ContentCoding::gzip, two, kMax, kPadding, &out), Inflated::whole);
  EXPECT_EQ(out, "one two");
}

TEST(ContentCoding, ReadsOneDeflateStreamOnly) {
  const std::string two = packed(ContentCoding::deflate, "1") + packed(ContentCoding::deflate, "2");
  EXPECT_EQ(inflate_status(ContentCoding::deflate, two), Inflated::broken);
}

TEST(ContentCoding, FindsABrokenBodyAtEveryCut) {
  const std::string whole = packed(ContentCoding::gzip, "some text that is packed");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(inflate_status(ContentCoding::gzip, whole.substr(0, size)), Inflated::broken) << size;
  }
  EXPECT_EQ(inflate_status(ContentCoding::gzip, whole + "x"), Inflated::broken);
  EXPECT_EQ(inflate_status(ContentCoding::gzip, "{}"), Inflated::broken);
  EXPECT_EQ(inflate_status(ContentCoding::deflate, whole), Inflated::broken);
}

TEST(ContentCoding, StopsAtTheLimit) {
  const std::string body(kMax, 'a');
  EXPECT_EQ(inflate_status(ContentCoding::gzip, packed(ContentCoding::gzip, body)),
            Inflated::whole);
  EXPECT_EQ(inflate_status(ContentCoding::gzip, packed(ContentCoding::gzip, body + "a")),
            Inflated::too_large);
  EXPECT_EQ(inflate_status(ContentCoding::deflate, packed(ContentCoding::deflate, body + "a")),
            Inflated::too_large);
}

TEST(ContentCoding, StopsAtTheLimitAcrossMembers) {
  const std::string member = packed(ContentCoding::gzip, std::string(kMax / 2, 'a'));
  EXPECT_EQ(inflate_status(ContentCoding::gzip, member + member), Inflated::whole);
  EXPECT_EQ(inflate_status(ContentCoding::gzip, member + member + member), Inflated::too_large);
}

}  // namespace
}  // namespace stator
