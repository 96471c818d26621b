// One HTTP answer, ready to be sent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/http_request.h"
#include "stator/database.h"

namespace stator {

enum class AfterSend : std::uint8_t {
  keep,    // the next request may follow
  close,   // the request was read whole; nothing is lost by closing
  drop,    // nothing is sent at all
  linger,  // the client may still be sending: closing at once would take the answer from it
};

// A value whose buffers are used again by the next answer.
struct HttpResponse {
  std::string head;  // status line, headers, empty line
  Reply reply;       // its body is what follows the head
  AfterSend after = AfterSend::keep;
};

// What the head of an answer says.
struct ResponseHead {
  int status = 200;
  std::string_view content_type;  // empty: none
  std::string_view content_encoding;
  std::size_t content_length = 0;
  std::string_view date;
  std::string_view request_id;         // empty: none
  std::optional<std::uint32_t> crc32;  // of the body as it is sent
  std::string_view more;               // whole lines, each with its end
  Persistence persistence = Persistence::keep_alive;
};

// Writes over `out`.
void write_head(const ResponseHead& head, std::string* out);

}  // namespace stator
