#include "server/chunk_reader.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/limits.h"
#include "stator/database.h"

namespace stator {

std::size_t ChunkReader::read(std::string_view bytes, std::string* body) {
  std::size_t consumed = 0;
  while (consumed < bytes.size() && state_ < State::whole) {
    if (state_ == State::data) {
      consumed += read_data(bytes.substr(consumed), body);
    } else {
      step(bytes[consumed++], *body);
    }
  }
  return consumed;
}

void ChunkReader::step(char c, const std::string& body) {
  const auto expect = [&](char wanted, State next) { state_ = c == wanted ? next : State::bad; };
  switch (state_) {
    case State::size:
      return size_digit(c, body);
    case State::extension:
      if (c == '\r') state_ = State::size_end;
      if (c == '\n' || !count_overhead()) state_ = State::bad;
      return;
    case State::size_end:
      return expect('\n', left_ == 0 ? State::trailer : State::data);
    case State::data_end:
      return expect('\r', State::data_end_feed);
    case State::data_end_feed:
      has_digits_ = false;
      return expect('\n', State::size);
    case State::trailer:
      state_ = c == '\r' ? State::last_feed : State::trailer_line;
      if (c == '\n' || !count_overhead()) state_ = State::bad;
      return;
    case State::trailer_line:
      if (c == '\r') state_ = State::trailer_end;
      if (c == '\n' || !count_overhead()) state_ = State::bad;
      return;
    case State::trailer_end:
      return expect('\n', State::trailer);
    case State::last_feed:
      return expect('\n', State::whole);
    default:
      state_ = State::bad;
  }
}

void ChunkReader::size_digit(char c, const std::string& body) {
  const int digit = hex_value(c);
  if (digit >= 0) {
    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
    if (left_ > kRequestBytesMax - body.size()) state_ = State::too_large;
    if (left_ == 0 && !count_overhead()) state_ = State::bad;
    has_digits_ = true;
  } else if (!has_digits_) {
    state_ = State::bad;
  } else if (c == '\r') {
    state_ = State::size_end;
  } else {
    state_ = c == ';' || c == ' ' || c == '\t' ? State::extension : State::bad;
  }
}

bool ChunkReader::count_overhead() {
  return ++overhead_bytes_ <= kHttpHeaderBytesMax;
}

std::size_t ChunkReader::read_data(std::string_view bytes, std::string* body) {
  const std::size_t size = std::min<std::uint64_t>(left_, bytes.size());
  const std::size_t needed = body->size() + size + kBodyPadding;
  if (needed > body->capacity()) body->reserve(std::max(needed, 2 * body->capacity()));
  body->append(bytes.data(), size);
  left_ -= size;
  if (left_ == 0) state_ = State::data_end;
  return size;
}

}  // namespace stator
