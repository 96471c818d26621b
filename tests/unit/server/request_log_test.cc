// What the log says of requests.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <string>

#include "server/request_handler.h"

namespace stator {
namespace {

class RequestLog : public testing::Test {
 protected:
  ~RequestLog() override { close(file_); }

  std::string logged() const {
    std::string text(4096, '\0');
    const ssize_t bytes = pread(file_, text.data(), text.size(), 0);
    text.resize(bytes < 0 ? 0 : static_cast<std::size_t>(bytes));
    return text;
  }

  const int file_ = memfd_create("log", MFD_CLOEXEC);
  const SystemClock clock_{};
  Log log_{{.level = LogLevel::debug, .file_descriptor = file_}, clock_};
  const std::unique_ptr<Database> database_ = Database::open({}).database;
  RequestHandler handler_{{.database = *database_, .log = log_, .clock = clock_}, "h"};
  HttpRequest request_;
  HttpResponse response_;
};

TEST_F(RequestLog, HasALineForARequest) {
  request_.start(Method::post, "/");
  request_.add(Header::amz_target, "DynamoDB_20120810.ListTables");
  handler_.handle(&request_, Peer::loopback, &response_);
  EXPECT_NE(logged().find("operation=DynamoDB_20120810.ListTables status=200"), std::string::npos)
      << logged();
}

TEST_F(RequestLog, HasALineForARequestOfLambda) {
  request_.start(Method::post, "/2015-03-31/functions?a=b");
  handler_.answer_from_functions(request_, std::chrono::steady_clock::now(), {.status = 201},
                                 &response_);
  EXPECT_NE(logged().find("operation=\"POST /2015-03-31/functions\" status=201"), std::string::npos)
      << logged();
}

}  // namespace
}  // namespace stator
