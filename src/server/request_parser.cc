#include "server/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>

#include "base/limits.h"
#include "server/chunk_reader.h"
#include "stator/database.h"

namespace stator {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

std::string_view view(beast::string_view text) {
  return {text.data(), text.size()};
}

Method method_of(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::get;
    case http::verb::head:
      return Method::head;
    case http::verb::options:
      return Method::options;
    case http::verb::post:
      return Method::post;
    case http::verb::put:
      return Method::put;
    case http::verb::patch:
      return Method::patch;
    case http::verb::delete_:
      return Method::remove;
    default:
      return Method::other;
  }
}

// Names that Beast does not know are told apart here; both fit SDKs' spelling in any case.
std::optional<Header> unknown_header(beast::string_view name) {
  if (beast::iequals(name, "x-amz-target")) return Header::amz_target;
  if (beast::iequals(name, "x-amz-date")) return Header::amz_date;
  if (beast::iequals(name, "x-amz-invocation-type")) return Header::amz_invocation_type;
  if (beast::iequals(name, "x-amz-log-type")) return Header::amz_log_type;
  if (beast::iequals(name, "x-amz-client-context")) return Header::amz_client_context;
  return std::nullopt;
}

std::optional<Header> header_of(http::field field, beast::string_view name) {
  switch (field) {
    case http::field::accept_encoding:
      return Header::accept_encoding;
    case http::field::access_control_request_headers:
      return Header::access_control_request_headers;
    case http::field::access_control_request_method:
      return Header::access_control_request_method;
    case http::field::authorization:
      return Header::authorization;
    case http::field::content_encoding:
      return Header::content_encoding;
    case http::field::content_type:
      return Header::content_type;
    case http::field::date:
      return Header::date;
    case http::field::host:
      return Header::host;
    case http::field::origin:
      return Header::origin;
    case http::field::unknown:
      return unknown_header(name);
    default:
      return std::nullopt;
  }
}

// A body announces its size before it arrives: more than this is reserved only as it comes.
constexpr std::size_t kReservedOnPromiseBytes = 1024 * 1024;

// Fills an HttpRequest; counts the header lines itself, because Beast's limit is on what is still
// unparsed.
class Fields final : public http::basic_parser<true> {
 public:
  explicit Fields(HttpRequest* request) : request_(request) {
    header_limit(kHttpRequestLineBytesMax + kHttpHeaderBytesMax + 1024);
    body_limit(kRequestBytesMax);
  }

  bool expects_continue() const { return expects_continue_; }

 private:
  void on_request_impl(http::verb verb, beast::string_view name, beast::string_view target,
                       int version, error_code& error) override {
    const std::size_t line_bytes = name.size() + target.size() + sizeof("  HTTP/1.1");
    if (line_bytes > kHttpRequestLineBytesMax) error = http::error::header_limit;
    version_ = version;
    request_->start(method_of(verb), view(target));
  }

  void on_field_impl(http::field field, beast::string_view name, beast::string_view value,
                     error_code& error) override {
    header_bytes_ += name.size() + value.size() + sizeof(": \r");
    if (header_bytes_ > kHttpHeaderBytesMax) error = http::error::header_limit;
    if (field == http::field::transfer_encoding) has_transfer_encoding_ = true;
    if (field == http::field::expect) expects_continue_ = beast::iequals(value, "100-continue");
    if (const auto header = header_of(field, name)) request_->add(*header, view(value));
  }

  void on_header_impl(error_code& error) override {
    eager(!chunked());  // Beast stops before the first chunk
    // Without an end that both sides see, the body would be taken for the next request.
    if (has_transfer_encoding_ && !chunked()) error = http::error::bad_transfer_encoding;
    request_->persistence = !keep_alive()    ? Persistence::close
                            : version_ >= 11 ? Persistence::keep_alive
                                             : Persistence::keep_alive_announced;
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
    const std::size_t promised = std::min<std::uint64_t>(length.value_or(0), kRequestBytesMax);
    request_->body.reserve(std::min(promised, kReservedOnPromiseBytes) + kBodyPadding);
  }

  std::size_t on_body_impl(beast::string_view piece, error_code&) override {
    std::string& body = request_->body;
    const std::size_t needed = body.size() + piece.size() + kBodyPadding;
    if (needed > body.capacity()) body.reserve(std::max(needed, 2 * body.capacity()));
    body.append(piece.data(), piece.size());
    return piece.size();
  }

  // Chunks are the ChunkReader's.
  void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, error_code&) override {
    return 0;
  }

  void on_finish_impl(error_code&) override {}

  void on_response_impl(int, beast::string_view, int, error_code&) override {}

  HttpRequest* const request_;
  std::size_t header_bytes_ = 0;
  int version_ = 11;
  bool has_transfer_encoding_ = false;
  bool expects_continue_ = false;
};

}  // namespace

class RequestParser::State {
 public:
  HttpRequest request;
  std::optional<Fields> fields;
  ChunkReader chunks;  // of a body that is chunked

  bool in_chunks() const { return fields->is_header_done() && fields->chunked(); }

  bool whole() const {
    return in_chunks() ? chunks.state() == ChunkReader::State::whole : fields->is_done();
  }

  ParseStep read_chunks(std::string_view bytes) {
    const std::size_t consumed = chunks.read(bytes, &request.body);
    switch (chunks.state()) {
      case ChunkReader::State::whole:
        return {Parsed::complete, consumed};
      case ChunkReader::State::bad:
        return {Parsed::bad_request, consumed};
      case ChunkReader::State::too_large:
        return {Parsed::too_large, consumed};
      default:
        return {Parsed::need_more, consumed};
    }
  }
};

RequestParser::RequestParser() : state_(std::make_unique<State>()) {
  state_->fields.emplace(&state_->request);
}

RequestParser::~RequestParser() = default;

ParseStep RequestParser::parse(std::string_view bytes) {
  if (state_->in_chunks()) return state_->read_chunks(bytes);
  Fields& fields = *state_->fields;
  error_code error;
  const std::size_t consumed = fields.put({bytes.data(), bytes.size()}, error);
  if (error == http::error::need_more) return {Parsed::need_more, consumed};
  if (error == http::error::body_limit) return {Parsed::too_large, consumed};
  if (error) return {Parsed::bad_request, consumed};
  if (state_->in_chunks()) {
    const ParseStep step = state_->read_chunks(bytes.substr(consumed));
    return {step.parsed, consumed + step.consumed};
  }
  return {fields.is_done() ? Parsed::complete : Parsed::need_more, consumed};
}

HttpRequest& RequestParser::request() {
  return state_->request;
}

void RequestParser::restart() {
  state_->fields.emplace(&state_->request);
  state_->chunks = {};
}

bool RequestParser::in_body() const {
  return state_->fields->is_header_done() && !state_->whole();
}

bool RequestParser::expects_continue() const {
  return in_body() && state_->fields->expects_continue();
}

}  // namespace stator
