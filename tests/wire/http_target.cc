#include <stdexcept>
#include <string_view>

#include "http_client.h"
#include "target.h"

namespace stator::wire {
namespace {

class HttpTarget final : public Target {
 public:
  HttpTarget(std::string host, std::string port) : client_(std::move(host), std::move(port)) {}

  Answer call(const std::string& operation, const std::string& body) override {
    support::HttpReply reply = client_.call(operation, body);
    return {.status = reply.status, .body = std::move(reply.body)};
  }

 private:
  support::HttpClient client_;
};

}  // namespace

std::unique_ptr<Target> open_http_target(const std::string& url) {
  constexpr std::string_view kScheme = "http://";
  const std::size_t colon = url.rfind(':');
  if (!url.starts_with(kScheme) || colon < kScheme.size()) {
    throw std::runtime_error("an endpoint is http://host:port, not " + url);
  }
  std::string port = url.substr(colon + 1);
  while (port.ends_with('/')) port.pop_back();
  return std::make_unique<HttpTarget>(url.substr(kScheme.size(), colon - kScheme.size()), port);
}

}  // namespace stator::wire
