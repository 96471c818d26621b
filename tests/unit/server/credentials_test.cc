#include "server/credentials.h"

#include <gtest/gtest.h>

#include <string>

namespace stator {
namespace {

constexpr std::string_view kWhole =
    "AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-west-1/dynamodb/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=abc";

HttpRequest with_authorization(std::string_view header) {
  HttpRequest request;
  request.start(Method::post, "/");
  request.add(Header::authorization, header);
  request.add(Header::amz_date, "20260101T000000Z");
  return request;
}

HttpRequest with_query(const std::string& query) {
  HttpRequest request;
  request.start(Method::post, "/?" + query);
  return request;
}

std::string refusal_of(const HttpRequest& request) {
  const Credentials credentials(request);
  if (credentials.refusal() == nullptr) return "";
  return std::string(credentials.refusal()->type) + ": " + credentials.refusal()->message;
}

TEST(Credentials, ReadKeyAndRegionFromTheCredentialScope) {
  const HttpRequest request = with_authorization(kWhole);
  const Credentials credentials(request);
  EXPECT_EQ(credentials.refusal(), nullptr);
  EXPECT_EQ(credentials.caller().access_key, "KEY");
  EXPECT_EQ(credentials.caller().region, "eu-west-1");
}

TEST(Credentials, MayBeSeparatedByCommasWithoutBlanks) {
  const HttpRequest request = with_authorization(
      "AWS4-HMAC-SHA256 "
      "Credential=K/1/us-west-2/dynamodb/aws4_request,SignedHeaders=a,Signature=b");
  const Credentials credentials(request);
  EXPECT_EQ(credentials.refusal(), nullptr);
  EXPECT_EQ(credentials.caller().region, "us-west-2");
}

TEST(Credentials, FallBackToUsEastOneForAnEmptyRegion) {
  const HttpRequest request =
      with_authorization("AWS4-HMAC-SHA256 Credential=K/1//d/t, SignedHeaders=a, Signature=b");
  EXPECT_EQ(Credentials(request).caller().region, "us-east-1");
}

TEST(Credentials, MayHaveADateHeaderInsteadOfXAmzDate) {
  HttpRequest request;
  request.start(Method::post, "/");
  request.add(Header::authorization, kWhole);
  request.add(Header::date, "Thu, 01 Jan 2026 00:00:00 GMT");
  EXPECT_EQ(refusal_of(request), "");
}

TEST(Credentials, AreMissingWithoutHeaderAndQuery) {
  HttpRequest request;
  request.start(Method::post, "/");
  EXPECT_EQ(refusal_of(request),
            "MissingAuthenticationTokenException: Request is missing Authentication Token");
}

TEST(Credentials, AreMissingInAHeaderOfAnotherScheme) {
  for (const char* header : {"", "Basic abc", "AWS KEY:signature", "aws4-HMAC-SHA256 x"}) {
    EXPECT_EQ(refusal_of(with_authorization(header)),
              "MissingAuthenticationTokenException: Request is missing Authentication Token")
        << header;
  }
}

TEST(Credentials, NameEveryMissingPartOfTheHeader) {
  HttpRequest request;
  request.start(Method::post, "/");
  request.add(Header::authorization, "AWS4-");
  EXPECT_EQ(refusal_of(request),
            "IncompleteSignatureException: "
            "Authorization header requires 'Credential' parameter. "
            "Authorization header requires 'Signature' parameter. "
            "Authorization header requires 'SignedHeaders' parameter. "
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
            "Authorization=AWS4-");
}

TEST(Credentials, NameOnlyTheMissingPartOfTheHeader) {
  const std::string header = "AWS4-HMAC-SHA256 Credential=a, SignedHeaders=b";
  EXPECT_EQ(refusal_of(with_authorization(header)),
            "IncompleteSignatureException: Authorization header requires 'Signature' parameter. "
            "Authorization=" +
                header);
}

TEST(Credentials, AreRefusedInBothPlacesAtOnce) {
  HttpRequest request;
  request.start(Method::post, "/?X-Amz-Algorithm=AWS4-HMAC-SHA256");
  request.add(Header::authorization, kWhole);
  EXPECT_EQ(refusal_of(request),
            "InvalidSignatureException: Found both 'X-Amz-Algorithm' as a query-string param and "
            "'Authorization' as HTTP header.");
}

TEST(Credentials, AreReadFromTheQueryPercentDecoded) {
  const HttpRequest request = with_query(
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=KEY%2F20260101%2Fap-south-1%2fdynamodb%2F"
      "aws4_request&X-Amz-Date=20260101T000000Z&X-Amz-SignedHeaders=host&X-Amz-Signature=abc");
  const Credentials credentials(request);
  EXPECT_EQ(credentials.refusal(), nullptr);
  EXPECT_EQ(credentials.caller().access_key, "KEY");
  EXPECT_EQ(credentials.caller().region, "ap-south-1");
}

TEST(Credentials, NameEveryMissingPartOfTheQuery) {
  EXPECT_EQ(refusal_of(with_query("X-Amz-Algorithm")),
            "IncompleteSignatureException: "
            "AWS query-string parameters must include 'X-Amz-Algorithm'. "
            "AWS query-string parameters must include 'X-Amz-Credential'. "
            "AWS query-string parameters must include 'X-Amz-Signature'. "
            "AWS query-string parameters must include 'X-Amz-SignedHeaders'. "
            "AWS query-string parameters must include 'X-Amz-Date'. "
            "Re-examine the query-string parameters.");
}

TEST(Credentials, NeedFiveElements) {
  for (const char* credential : {"KEY", "a/b/c/d", "a/b/c/d/e/f"}) {
    const std::string header = "AWS4-HMAC-SHA256 Credential=" + std::string(credential) +
                               ", SignedHeaders=host, Signature=abc";
    EXPECT_EQ(refusal_of(with_authorization(header)),
              "IncompleteSignatureException: Credential must have exactly 5 slash-delimited "
              "elements, e.g. keyid/date/region/service/term, got '" +
                  std::string(credential) + "'");
  }
}

TEST(Credentials, MayEndInSlashes) {
  const HttpRequest request = with_authorization(
      "AWS4-HMAC-SHA256 Credential=K/1/us-west-2/dynamodb/aws4_request//, SignedHeaders=a, "
      "Signature=b");
  const Credentials credentials(request);
  EXPECT_EQ(credentials.refusal(), nullptr);
  EXPECT_EQ(credentials.caller().region, "us-west-2");
}

TEST(Credentials, MaySignNoHeader) {
  EXPECT_EQ(refusal_of(with_authorization(
                "AWS4-HMAC-SHA256 Credential=K/1/r/dynamodb/t, SignedHeaders=, Signature=b")),
            "");
}

TEST(Credentials, AreRefusedWhereAPartHasNoEqualsSign) {
  for (const char* header :
       {"AWS4-HMAC-SHA256 Credential, SignedHeaders=host, x",
        "AWS4-HMAC-SHA256 SignedHeaders=host, Credential", "AWS4-HMAC-SHA256 Credential"}) {
    EXPECT_EQ(refusal_of(with_authorization(header)),
              "IncompleteSignatureException: 'Credential' not a valid key=value pair (missing "
              "equal-sign) in Authorization header: '" +
                  std::string(header) + "'.");
  }
}

TEST(Credentials, SurviveABrokenPercentSequence) {
  const HttpRequest request = with_query(
      "X-Amz-Algorithm=a&X-Amz-Credential=K%2/1/r%zz/s/t%&X-Amz-Date=d&X-Amz-SignedHeaders=h&"
      "X-Amz-Signature=s");
  const Credentials credentials(request);
  EXPECT_EQ(credentials.refusal(), nullptr);
  EXPECT_EQ(credentials.caller().access_key, "K%2");
  EXPECT_EQ(credentials.caller().region, "r%zz");
}

}  // namespace
}  // namespace stator
