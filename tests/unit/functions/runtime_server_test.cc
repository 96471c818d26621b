#include "functions/net/runtime_server.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <memory>
#include <string>

namespace stator {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

// While it is there, the process has no file descriptor left.
class NoDescriptors {
 public:
  NoDescriptors() {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit none{.rlim_cur = 0, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
  }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;
  ~NoDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

class RuntimeServerTest : public testing::Test {
 protected:
  tcp::socket connect() {
    const std::string& address = server_->address();
    const int port = std::stoi(address.substr(address.find(':') + 1));
    tcp::socket client(context_);
    client.connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)});
    return client;
  }

  asio::io_context context_;
  int requests_ = 0;
  const std::unique_ptr<RuntimeServer> server_ = *RuntimeServer::listen(
      &context_, [this](const RuntimeRequest&, const RespondToRuntime&) { ++requests_; });
};

TEST_F(RuntimeServerTest, RestsWhileThereIsNoDescriptorForAConnection) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "UBSan looks at objects through a pipe, for which there is no descriptor";
#endif
  tcp::socket client = connect();
  asio::write(client, asio::buffer(std::string_view("GET / HTTP/1.1\r\n\r\n")));
  {
    const NoDescriptors none;
    EXPECT_LT(context_.run_for(250ms), 10U);
    EXPECT_EQ(requests_, 0);
  }
  while (requests_ == 0 && context_.run_one_for(20s) > 0) {
  }
  EXPECT_EQ(requests_, 1);
}

}  // namespace
}  // namespace stator
