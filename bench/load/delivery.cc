// How long it takes from the commit of a change to the function that gets it.
//
//   stator_delivery [--seconds 3] [--writes 5000]
//   {"C++ function": {"p50_ms": .., "p99_ms": .., "changes": ..}, "URL": {..}}
//
// One thread writes items of 1 KB at that rate into a database in memory; an item carries the time
// right before its PutItem, so what is measured begins before the commit and is never too short.
#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "stator/functions.h"

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(Steady::now().time_since_epoch())
      .count();
}

// The ages of changes when they came. Thread-safe.
class Ages {
 public:
  // Takes the numbers "at" of all records of an event.
  void take(std::string_view event) {
    constexpr std::string_view kMember = "\"at\":{\"N\":\"";
    const std::int64_t now = now_us();
    const std::lock_guard lock(mu_);
    for (std::size_t at = event.find(kMember); at != std::string_view::npos;
         at = event.find(kMember, at + 1)) {
      ages_us_.push_back(now - std::strtoll(event.data() + at + kMember.size(), nullptr, 10));
    }
  }

  std::size_t count() {
    const std::lock_guard lock(mu_);
    return ages_us_.size();
  }

  double percentile_ms(double part) {
    const std::lock_guard lock(mu_);
    if (ages_us_.empty()) return 0;
    std::sort(ages_us_.begin(), ages_us_.end());
    const auto last = static_cast<double>(ages_us_.size() - 1);
    return static_cast<double>(ages_us_[static_cast<std::size_t>(part * last)]) / 1000;
  }

 private:
  std::mutex mu_;
  std::vector<std::int64_t> ages_us_;
};

// A function behind a URL, one connection at a time.
class UrlFunction {
 public:
  explicit UrlFunction(Ages* ages)
      : ages_(*ages),
        acceptor_(context_, {asio::ip::address_v4::loopback(), 0}),
        thread_([this] { run(); }) {}
  UrlFunction(const UrlFunction&) = delete;
  UrlFunction& operator=(const UrlFunction&) = delete;
  ~UrlFunction() {
    stopping_ = true;
    asio::io_context context;
    tcp::socket last(context);
    error_code ignored;
    last.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }

  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/";
  }

 private:
  void run() {
    while (!stopping_) {
      error_code error;
      tcp::socket socket = acceptor_.accept(error);
      if (!error && !stopping_) serve(&socket);
    }
  }

  void serve(tcp::socket* socket) {
    boost::beast::flat_buffer buffer;
    http::request_parser<http::string_body> request;
    request.body_limit(16 << 20);
    error_code error;
    http::read(*socket, buffer, request, error);
    if (error) return;
    ages_.take(request.get().body());
    http::response<http::string_body> response(http::status::ok, 11);
    response.body() = "{}";
    response.prepare_payload();
    http::write(*socket, response, error);
  }

  Ages& ages_;
  std::atomic<bool> stopping_{false};
  asio::io_context context_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};

void require(const stator::Reply& reply) {
  if (reply.status == 200) return;
  std::fprintf(stderr, "stator_delivery: %s\n", reply.body.c_str());
  std::exit(1);
}

void write_items(stator::Database* database, int seconds, int writes) {
  const std::string filler(1000, 'x');
  const auto start = Steady::now();
  for (int i = 0; i < seconds * writes; ++i) {
    std::this_thread::sleep_until(start + i * std::chrono::microseconds(1'000'000) / writes);
    require(database->call("PutItem", R"({"TableName":"tab","Item":{"k":{"S":"key)" +
                                          std::to_string(i % 1000) + R"("},"at":{"N":")" +
                                          std::to_string(now_us()) + R"("},"filler":{"S":")" +
                                          filler + "\"}}}"));
  }
}

void measure(const char* kind, const std::string& functions, stator::Handler handler, Ages* ages,
             int seconds, int writes) {
  stator::DatabaseOptions options;
  options.capacity = stator::CapacityMode::off;
  const stator::OpenResult opened = stator::Database::open(options);
  require(opened.database->call(
      "CreateTable",
      R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST",)"
      R"("AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],)"
      R"("KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],)"
      R"("StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"}})"));
  stator::FunctionsOptions chosen;
  chosen.file = R"({"functions":[)" + functions +
                R"(],"mappings":[{"table":"tab","function":"f","BatchSize":1000}]})";
  if (handler) chosen.handlers["f"] = std::move(handler);
  const stator::FunctionsResult started =
      stator::Functions::start(opened.database.get(), std::move(chosen));
  if (!started.functions) {
    std::fprintf(stderr, "stator_delivery: %s\n", started.error.c_str());
    std::exit(1);
  }
  write_items(opened.database.get(), seconds, writes);
  const auto all = static_cast<std::size_t>(seconds) * static_cast<std::size_t>(writes);
  while (ages->count() < all) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::printf("\"%s\": {\"p50_ms\": %.3f, \"p99_ms\": %.3f, \"changes\": %zu}", kind,
              ages->percentile_ms(0.50), ages->percentile_ms(0.99), ages->count());
}

int option(int count, char** arguments, std::string_view name, int otherwise) {
  for (int i = 1; i + 1 < count; ++i) {
    if (arguments[i] == name) return std::atoi(arguments[i + 1]);
  }
  return otherwise;
}

}  // namespace

int main(int count, char** arguments) {
  const int seconds = option(count, arguments, "--seconds", 3);
  const int writes = option(count, arguments, "--writes", 5000);
  std::printf("{");
  {
    Ages ages;
    measure(
        "C++ function", "",
        [&ages](std::string_view event) {
          ages.take(event);
          return stator::HandlerResult{};
        },
        &ages, seconds, writes);
  }
  std::printf(", ");
  {
    Ages ages;
    const UrlFunction function(&ages);
    measure("URL", R"({"name":"f","url":")" + function.url() + "\"}", nullptr, &ages, seconds,
            writes);
  }
  std::printf("}\n");
}
