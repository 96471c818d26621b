#include "model/value_writer.h"

#include <algorithm>

#include "base/bytes.h"

namespace stator {
namespace {

void append_tag(AttributeType type, std::string* out) {
  out->push_back(static_cast<char>(type));
}

void append_text(std::string_view text, bool escape, std::string* out) {
  append_varint(static_cast<std::uint32_t>(text.size()) << 1 | (escape ? 1 : 0), out);
  out->append(text);
}

void append_number_payload(std::string_view bytes, std::string* out) {
  out->push_back(static_cast<char>(bytes.size()));
  out->append(bytes);
}

std::size_t open_collection(std::string* out) {
  const std::size_t payload = out->size();
  out->append(8, '\0');
  return payload;
}

void close_collection(std::size_t payload, std::uint32_t count, std::string* out) {
  put_u32_le(static_cast<std::uint32_t>(out->size() - payload - 8), payload, out);
  put_u32_le(count, payload + 4, out);
}

// A byte of each eight that is below 0x20, a quote or a backslash gets its high bit set.
std::uint64_t escapes_in(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHighs = 0x8080808080808080U;
  const auto zero_bytes = [](std::uint64_t v) { return (v - kOnes) & ~v; };
  const std::uint64_t control = (word - kOnes * 0x20) & ~word;
  return (control | zero_bytes(word ^ kOnes * '"') | zero_bytes(word ^ kOnes * '\\')) & kHighs;
}

}  // namespace

bool needs_escape(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (; end - at >= 8; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    if (escapes_in(word) != 0) return true;
  }
  for (; at != end; ++at) {
    if (to_byte(*at) < 0x20 || *at == '"' || *at == '\\') return true;
  }
  return false;
}

void append_string(std::string_view utf8, std::string* out) {
  append_string(TextView{utf8, needs_escape(utf8)}, out);
}

void append_string(TextView utf8, std::string* out) {
  append_tag(AttributeType::S, out);
  append_text(utf8.text, utf8.escape, out);
}

void append_binary(std::string_view bytes, std::string* out) {
  append_tag(AttributeType::B, out);
  append_text(bytes, false, out);
}

void append_number(const Number& number, std::string* out) {
  append_number_bytes(number.bytes(), out);
}

void append_number_bytes(std::string_view number_bytes, std::string* out) {
  append_tag(AttributeType::N, out);
  append_number_payload(number_bytes, out);
}

void append_bool(bool value, std::string* out) {
  append_tag(AttributeType::BOOL, out);
  out->push_back(value ? 1 : 0);
}

void append_null(std::string* out) {
  append_tag(AttributeType::NUL, out);
}

bool append_set(AttributeType set_type, std::vector<std::string_view>* elements, std::string* out) {
  std::sort(elements->begin(), elements->end());
  if (std::adjacent_find(elements->begin(), elements->end()) != elements->end()) return false;
  append_tag(set_type, out);
  const std::size_t payload = open_collection(out);
  for (const std::string_view element : *elements) {
    if (set_type == AttributeType::NS) {
      append_number_payload(element, out);
    } else {
      append_text(element, set_type == AttributeType::SS && needs_escape(element), out);
    }
  }
  close_collection(payload, static_cast<std::uint32_t>(elements->size()), out);
  return true;
}

ListWriter::ListWriter(std::string* out)
    : out_((append_tag(AttributeType::L, out), out)), payload_(open_collection(out)) {}

void ListWriter::finish() {
  close_collection(payload_, count_, out_);
}

MapWriter::MapWriter(std::string* out)
    : out_((append_tag(AttributeType::M, out), out)), payload_(open_collection(out)) {}

MapWriter::MapWriter(std::string* out, AtPayload) : out_(out), payload_(open_collection(out)) {}

std::string_view MapWriter::last_name() const {
  const char* at = out_->data() + last_;
  return value_bytes::read_text(&at).text;
}

void MapWriter::add(std::string_view name) {
  if (count_ > 0 && sorted_ && last_name() >= name) sorted_ = false;
  last_ = out_->size();
  ++count_;
  append_text(name, needs_escape(name), out_);
}

void MapWriter::add_entry(std::string_view entry) {
  const char* at = entry.data();
  const std::string_view name = value_bytes::read_text(&at).text;
  if (count_ > 0 && sorted_ && last_name() >= name) sorted_ = false;
  last_ = out_->size();
  ++count_;
  out_->append(entry);
}

void MapWriter::add_entries(std::string_view entries, std::uint32_t count, std::size_t last_size) {
  out_->append(entries);
  last_ = out_->size() - last_size;
  count_ += count;
}

void MapWriter::finish() {
  close_collection(payload_, count_, out_);
  if (!sorted_) sort();
}

void MapWriter::sort() {
  struct Entry {
    std::string_view name;
    std::string_view bytes;
  };
  std::vector<Entry> entries;
  entries.reserve(count_);
  const MapView map(CollectionView::at(out_->data() + payload_));
  for (MapView::Cursor c(map); c.next();) entries.push_back({c.name(), c.entry()});
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.name < b.name; });
  std::string body;
  body.reserve(out_->size() - payload_);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i + 1 < entries.size() && entries[i].name == entries[i + 1].name) continue;
    body.append(entries[i].bytes);
    ++count;
  }
  out_->resize(payload_ + 8);
  out_->append(body);
  close_collection(payload_, count, out_);
}

}  // namespace stator
