// A connection to a running stator, for the commands that ask one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/url.h"

namespace stator {

// What an operation answers. A value.
struct DynamoAnswer {
  int status = 0;  // as over HTTP
  std::string json;
};

// Who asks: a server may keep tables apart by these two, and nobody verifies the signature. A
// value.
struct CredentialScope {
  std::string access_key = "local";
  std::string region = "us-east-1";
};

// A resource of one thread. Every call blocks, for seconds at most.
class HttpConnection {
 public:
  explicit HttpConnection(Url endpoint, const CredentialScope& scope = {});
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;
  ~HttpConnection();

  // Asks an operation of DynamoDB ("DynamoDB_20120810.DescribeTable").
  //   errors  internal: one line; no answer
  Result<DynamoAnswer> ask(std::string_view target, std::string_view body);

  // The same, and returns the JSON of a success.
  //   errors  internal: one line; no answer. expired_iterator, validation: what the answer says
  Result<std::string> call(std::string_view target, std::string_view body);

  // The body of GET `path`.
  //   errors  as call()
  Result<std::string> get(std::string_view path);

 private:
  class State;
  const std::unique_ptr<State> state_;
};

}  // namespace stator
