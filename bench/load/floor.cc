// The floor: what HTTP by Beast and one RocksDB call cost when nothing else is done.
//
//   stator_floor [--port 0] [--value-bytes 1230]      prints "ready PORT"
//
// A POST whose X-Amz-Target ends in PutItem stores its body, any other request reads a value; both
// answer with as many headers as stator. One thread, memory only, no parsing of bodies.
#include <rocksdb/db.h>
#include <rocksdb/env.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int kKeys = 10'000;

// Ten thousand values behind keys as long as stator's, asked for in an order that is not sorted.
class Values {
 public:
  explicit Values(std::size_t value_bytes) : env_(rocksdb::NewMemEnv(rocksdb::Env::Default())) {
    rocksdb::Options options;
    options.env = env_.get();
    options.create_if_missing = true;
    write_.disableWAL = true;
    rocksdb::DB* opened = nullptr;
    if (!rocksdb::DB::Open(options, "/floor", &opened).ok()) std::abort();
    database_.reset(opened);
    for (int i = 0; i < kKeys; ++i) put(std::string(value_bytes, 'x'));
  }

  void get(std::string* value) {
    if (!database_->Get({}, next_key(), value).ok()) std::abort();
  }
  void put(const std::string& value) {
    if (!database_->Put(write_, next_key(), value).ok()) std::abort();
  }

 private:
  std::string next_key() {
    char key[32];
    asked_ = (asked_ + 7919) % kKeys;
    std::snprintf(key, sizeof(key), "....hash....user-%06d....", asked_);
    return key;
  }

  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<rocksdb::DB> database_;
  rocksdb::WriteOptions write_;
  int asked_ = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Values* values) : socket_(std::move(socket)), values_(values) {
    socket_.set_option(tcp::no_delay(true));
  }

  void read() {
    request_ = {};
    http::async_read(socket_, buffer_, request_,
                     [self = shared_from_this()](const error_code& error, std::size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
  void answer() {
    response_ = {http::status::ok, request_.version()};
    response_.set(http::field::server, "Server");
    response_.set(http::field::date, "Thu, 01 Jan 2026 00:00:00 GMT");
    response_.set(http::field::content_type, "application/x-amz-json-1.0");
    response_.set("x-amzn-RequestId", "0123456789ABCDEFGHIJKLMNOPQRSTUV0123456789ABCDEFGHIJ");
    response_.set("x-amz-crc32", "1234567890");
    if (request_["X-Amz-Target"].ends_with("PutItem")) {
      values_->put(request_.body());
      response_.body() = "{}";
    } else {
      values_->get(&response_.body());
    }
    response_.keep_alive(request_.keep_alive());
    response_.prepare_payload();
    http::async_write(socket_, response_,
                      [self = shared_from_this()](const error_code& error, std::size_t) {
                        if (!error && self->request_.keep_alive()) self->read();
                      });
  }

  tcp::socket socket_;
  Values* const values_;
  boost::beast::flat_buffer buffer_;
  http::request<http::string_body> request_;
  http::response<http::string_body> response_;
};

void accept(tcp::acceptor* acceptor, Values* values) {
  acceptor->async_accept([=](const error_code& error, tcp::socket socket) {
    if (!error) std::make_shared<Connection>(std::move(socket), values)->read();
    accept(acceptor, values);
  });
}

long option(int count, char** arguments, std::string_view name, long otherwise) {
  for (int i = 1; i + 1 < count; ++i) {
    if (arguments[i] == name) return std::strtol(arguments[i + 1], nullptr, 10);
  }
  return otherwise;
}

}  // namespace

int main(int count, char** arguments) {
  // The default size is that of GetItem's answer for an item of ten 100-byte attributes.
  Values values(static_cast<std::size_t>(option(count, arguments, "--value-bytes", 1230)));
  const auto port = static_cast<asio::ip::port_type>(option(count, arguments, "--port", 0));
  asio::io_context context(1);
  tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), port});
  accept(&acceptor, &values);
  std::printf("ready %u\n", static_cast<unsigned>(acceptor.local_endpoint().port()));
  std::fflush(stdout);
  context.run();
}
