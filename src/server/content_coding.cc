#include "server/content_coding.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.h"

namespace stator {

namespace {

// zlib's window bits: 15 is the largest window, 16 more asks for gzip's frame instead of zlib's.
int window_bits(ContentCoding coding) {
  return coding == ContentCoding::gzip ? 15 + 16 : 15;
}

std::optional<ContentCoding> coding_named(std::string_view name) {
  if (equals_ignoring_case(name, "gzip")) return ContentCoding::gzip;
  if (equals_ignoring_case(name, "deflate")) return ContentCoding::deflate;
  if (equals_ignoring_case(name, "identity")) return ContentCoding::identity;
  return std::nullopt;
}

// The quality of "gzip;q=0.5": 1 when it says none, at most 1, 0 when it is no number.
double quality_of(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::size_t end = std::min(parameters.find(';'), parameters.size());
    const std::string_view parameter = trimmed(parameters.substr(0, end));
    parameters.remove_prefix(std::min(end + 1, parameters.size()));
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    double quality = 0;
    std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), quality);
    return std::clamp(quality, 0.0, 1.0);
  }
  return 1;
}

Bytef* mutable_bytes(std::string* text, std::size_t offset) {
  return reinterpret_cast<Bytef*>(text->data() + offset);
}

// zlib reads through a pointer that is not const, and writes nothing there.
Bytef* input_bytes(std::string_view text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

// Unpacks streams that follow each other in one input to the end of one output.
class Inflater {
 public:
  Inflater(ContentCoding coding, std::string_view input, std::size_t bytes_max, std::string* out)
      : bytes_max_(bytes_max), out_(out) {
    stream_.next_in = input_bytes(input);
    stream_.avail_in = static_cast<uInt>(input.size());
    ready_ = inflateInit2(&stream_, window_bits(coding)) == Z_OK;
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool at_end() const { return stream_.avail_in == 0; }

  bool next_stream() { return inflateReset(&stream_) == Z_OK; }

  Inflated inflate_stream() {
    if (!ready_) return Inflated::broken;
    for (;;) {
      if (used_ == out_->size()) grow();
      stream_.next_out = mutable_bytes(out_, used_);
      stream_.avail_out = static_cast<uInt>(out_->size() - used_);
      const int code = inflate(&stream_, Z_NO_FLUSH);
      used_ = out_->size() - stream_.avail_out;
      if (used_ > bytes_max_) return Inflated::too_large;
      if (code == Z_STREAM_END) return Inflated::whole;
      if (code != Z_OK) return Inflated::broken;
    }
  }

  void finish(std::size_t padding) {
    out_->resize(used_ + padding);
    out_->resize(used_);
  }

 private:
  // One byte above the limit shows that there is more than it allows.
  void grow() { out_->resize(std::min(bytes_max_ + 1, std::max(kFirstBytes, 2 * used_))); }

  static constexpr std::size_t kFirstBytes = 16 * 1024;

  const std::size_t bytes_max_;
  std::string* const out_;
  std::size_t used_ = 0;
  z_stream stream_{};
  bool ready_ = false;
};

}  // namespace

std::optional<ContentCoding> parse_content_encoding(std::string_view header) {
  return coding_named(trimmed(header));
}

ContentCoding negotiate_coding(std::string_view accept_encoding) {
  ContentCoding best = ContentCoding::identity;
  double best_quality = 0;
  while (!accept_encoding.empty()) {
    const std::size_t end = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string_view element = accept_encoding.substr(0, end);
    accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    const std::size_t name_end = std::min(element.find(';'), element.size());
    const std::string_view name = trimmed(element.substr(0, name_end));
    const auto coding = name == "*" ? ContentCoding::gzip : coding_named(name);
    const double quality = quality_of(element.substr(name_end));
    if (!coding || quality <= best_quality) continue;
    best = *coding;
    best_quality = quality;
  }
  return best;
}

std::string_view name_of(ContentCoding coding) {
  return coding == ContentCoding::gzip ? "gzip" : "deflate";
}

Inflated inflate_body(ContentCoding coding, std::string_view body, std::size_t bytes_max,
                      std::size_t padding, std::string* out) {
  out->clear();
  Inflater inflater(coding, body, bytes_max, out);
  for (;;) {
    const Inflated inflated = inflater.inflate_stream();
    if (inflated != Inflated::whole) return inflated;
    if (inflater.at_end()) break;
    if (coding != ContentCoding::gzip || !inflater.next_stream()) return Inflated::broken;
  }
  inflater.finish(padding);
  return Inflated::whole;
}

bool deflate_body(ContentCoding coding, std::string_view body, std::string* out) {
  z_stream stream{};
  constexpr int kMemoryLevel = 8;  // zlib's default
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window_bits(coding), kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return false;
  }
  out->resize(deflateBound(&stream, body.size()));
  stream.next_in = input_bytes(body);
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = mutable_bytes(out, 0);
  stream.avail_out = static_cast<uInt>(out->size());
  const int code = deflate(&stream, Z_FINISH);
  out->resize(out->size() - stream.avail_out);
  deflateEnd(&stream);
  return code == Z_STREAM_END;
}

}  // namespace stator
