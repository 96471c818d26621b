#include "server/http_response.h"

#include <charconv>

namespace stator {

namespace {

std::string_view status_line(int status) {
  switch (status) {
    case 200:
      return "HTTP/1.1 200 OK\r\n";
    case 201:
      return "HTTP/1.1 201 Created\r\n";
    case 202:
      return "HTTP/1.1 202 Accepted\r\n";
    case 204:
      return "HTTP/1.1 204 No Content\r\n";
    case 400:
      return "HTTP/1.1 400 Bad Request\r\n";
    case 403:
      return "HTTP/1.1 403 Forbidden\r\n";
    case 404:
      return "HTTP/1.1 404 Not Found\r\n";
    case 405:
      return "HTTP/1.1 405 Method Not Allowed\r\n";
    case 409:
      return "HTTP/1.1 409 Conflict\r\n";
    case 413:
      return "HTTP/1.1 413 Request Entity Too Large\r\n";
    case 429:
      return "HTTP/1.1 429 Too Many Requests\r\n";
    case 503:
      return "HTTP/1.1 503 Service Unavailable\r\n";
    default:
      return "HTTP/1.1 500 Internal Server Error\r\n";
  }
}

void append_line(std::string_view name, std::string_view value, std::string* out) {
  out->append(name).append(value).append("\r\n");
}

void append_line(std::string_view name, std::uint64_t value, std::string* out) {
  char digits[20];
  const char* const end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  append_line(name, std::string_view(digits, static_cast<std::size_t>(end - digits)), out);
}

}  // namespace

void write_head(const ResponseHead& head, std::string* out) {
  out->assign(status_line(head.status));
  out->append("Server: Server\r\n");
  append_line("Date: ", head.date, out);
  if (!head.content_type.empty()) append_line("Content-Type: ", head.content_type, out);
  if (!head.content_encoding.empty()) append_line("Content-Encoding: ", head.content_encoding, out);
  append_line("Content-Length: ", head.content_length, out);
  if (!head.request_id.empty()) append_line("x-amzn-RequestId: ", head.request_id, out);
  if (head.crc32) append_line("x-amz-crc32: ", *head.crc32, out);
  out->append(head.more);
  if (head.persistence == Persistence::close) out->append("Connection: close\r\n");
  if (head.persistence == Persistence::keep_alive_announced) {
    out->append("Connection: keep-alive\r\n");
  }
  out->append("\r\n");
}

}  // namespace stator
