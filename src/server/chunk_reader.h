// A body in chunks (RFC 9112, section 7.1), however it is cut into pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stator {

// Takes the chunks of one body apart; a value. Beast frames everything else of a request, but its
// reader of chunks asserts on a last chunk that arrives in pieces.
class ChunkReader {
 public:
  enum class State {
    size,       // before or within the size of a chunk
    extension,  // after it, up to the end of its line
    size_end,   // before the line feed
    data,
    data_end,  // before the carriage return behind a chunk's bytes
    data_end_feed,
    trailer,  // at the start of a line behind the last chunk
    trailer_line,
    trailer_end,  // before the line feed of a trailer
    last_feed,    // before the line feed that ends the body
    whole,
    bad,        // not chunks, or more of extensions and trailers than kHttpHeaderBytesMax
    too_large,  // the body is above kRequestBytesMax
  };

  // Goes on with `bytes`, appends what is data to `body`; returns how many were consumed: all of
  // them, unless the state is one of the last three.
  std::size_t read(std::string_view bytes, std::string* body);

  State state() const { return state_; }

 private:
  void step(char c, const std::string& body);
  void size_digit(char c, const std::string& body);
  bool count_overhead();
  std::size_t read_data(std::string_view bytes, std::string* body);

  State state_ = State::size;
  bool has_digits_ = false;
  std::uint64_t left_ = 0;          // bytes of the chunk still to come
  std::size_t overhead_bytes_ = 0;  // of extensions, trailers and leading zeros
};

}  // namespace stator
