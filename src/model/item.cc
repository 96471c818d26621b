#include "model/item.h"

#include "base/limits.h"
#include "model/number.h"

namespace stator {
namespace {

// Walks bytes that nobody vouches for; every step is bounds-checked. One walk, one answer.
class Checker {
 public:
  Checker(const char* at, const char* end) : at_(at), end_(end) {}

  bool map_payload(int levels) {
    return collection([&] { return text() && value(levels); });
  }
  bool at_end() const { return at_ == end_; }

 private:
  std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

  bool skip(std::size_t bytes) {
    if (bytes > left()) return false;
    at_ += bytes;
    return true;
  }

  bool text() {
    const VarintRead header = read_varint(at_, end_);
    if (header.next == nullptr) return false;
    at_ = header.next;
    return skip(header.value >> 1);
  }

  bool number() {
    if (left() == 0) return false;
    const std::size_t size = to_byte(*at_);
    const char* const bytes = at_ + 1;
    return skip(1 + size) && is_number({bytes, size});
  }

  template <typename Member>
  bool collection(Member&& member) {
    if (left() < 8) return false;
    const std::size_t body = load_u32_le(at_);
    std::uint32_t count = load_u32_le(at_ + 4);
    at_ += 8;
    if (body > left()) return false;
    const char* const outer_end = end_;
    end_ = at_ + body;
    while (at_ != end_) {
      if (count-- == 0 || !member()) return false;
    }
    end_ = outer_end;
    return count == 0;
  }

  bool value(int levels) {
    if (left() == 0 || levels == 0) return false;
    switch (static_cast<AttributeType>(*at_++)) {
      case AttributeType::S:
      case AttributeType::B:
        return text();
      case AttributeType::N:
        return number();
      case AttributeType::BOOL:
        return skip(1);
      case AttributeType::NUL:
        return true;
      case AttributeType::SS:
      case AttributeType::BS:
        return collection([&] { return text(); });
      case AttributeType::NS:
        return collection([&] { return number(); });
      case AttributeType::L:
        return collection([&] { return value(levels - 1); });
      case AttributeType::M:
        return map_payload(levels - 1);
    }
    return false;
  }

  const char* at_;
  const char* end_;
};

}  // namespace

Result<ItemView> ItemView::parse(std::string_view bytes) {
  if (bytes.size() < kHeaderBytes || bytes[0] != kFormat) {
    return Error(ErrorCode::internal, "the store holds an item in an unknown format");
  }
  Checker checker(bytes.data() + kHeaderBytes, bytes.data() + bytes.size());
  if (!checker.map_payload(kNestingLevelsMax + 1) || !checker.at_end()) {
    return Error(ErrorCode::internal, "the store holds an item that is damaged");
  }
  return ItemView(bytes);
}

std::string* ItemWriter::open(std::string* out) {
  out->push_back(ItemView::kFormat);
  append_u32_le(0, out);
  return out;
}

ItemWriter::ItemWriter(std::string* out)
    : out_(out), start_(out->size()), attributes_(open(out), MapWriter::AtPayload{}) {}

ItemView ItemWriter::finish() {
  attributes_.finish();
  const ItemView item = ItemView::trusted(std::string_view(*out_).substr(start_));
  put_u32_le(static_cast<std::uint32_t>(logical_bytes(item.attributes())), start_ + 1, out_);
  return item;
}

}  // namespace stator
