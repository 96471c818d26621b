// Any bytes on a connection: the HTTP exchange with a database behind it must answer or wait.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "base/check.h"
#include "server/http_exchange.h"

namespace {

using namespace stator;

// What all inputs share: a database in memory, whose tables earlier inputs may have made.
struct World {
  const SystemClock clock{};
  Log log{{.level = LogLevel::error}, clock};
  const std::unique_ptr<Database> database = Database::open({}).database;
  RequestHandler handler{{.database = *database, .log = log, .clock = clock}, "127.0.0.1:8000"};
};

// Answers as far as the bytes go; false when the connection ends.
bool advance(HttpExchange* exchange, HttpResponse* response) {
  while (exchange->advance(response) == HttpExchange::Next::send) {
    CHECK(response->head.starts_with("HTTP/1.1 "));
    CHECK(response->head.ends_with("\r\n\r\n"));
    if (response->after != AfterSend::keep) return false;
  }
  return true;
}

}  // namespace

// The first byte says in which pieces the others arrive.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static World world;
  if (size == 0) return 0;
  const std::size_t piece = data[0] == 0 ? size : data[0];
  ++data;
  --size;
  HttpExchange exchange(&world.handler, Peer::loopback);
  HttpResponse response;
  while (advance(&exchange, &response) && size > 0) {
    const std::span<char> space = exchange.space();
    const std::size_t count = std::min({space.size(), piece, size});
    CHECK(count > 0);
    std::memcpy(space.data(), data, count);
    exchange.received(count);
    data += count;
    size -= count;
  }
  return 0;
}
