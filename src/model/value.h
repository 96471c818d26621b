// Attribute values as bytes: the one form that requests, expressions, storage and replies share.
//
//   value   := tag:u8 payload
//   payload := S, B         header:varint bytes      header = length << 1 | escape
//            | N            length:u8 number         number: see number.h
//            | BOOL         0x00 | 0x01
//            | NULL         nothing
//            | SS, NS, BS   body:u32le count:u32le payload(S | N | B){count}   sorted, distinct
//            | L            body:u32le count:u32le value{count}
//            | M            body:u32le count:u32le (payload(S) value){count}   names sorted,
//            distinct
//   body    := the bytes after count
//   escape  := 1 when the text needs escaping inside a JSON string, so that a reply can copy the
//              rest; always 0 in B
//
// The form is canonical: two values are equal in DynamoDB's sense exactly when their bytes are.
// Integers are little-endian. Tags never change their meaning.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"

namespace stator {

enum class AttributeType : std::uint8_t {
  S = 1,
  N = 2,
  B = 3,
  BOOL = 4,
  NUL = 5,
  SS = 6,
  NS = 7,
  BS = 8,
  L = 9,
  M = 10,
};

// "S", "N", .. "NULL", .. "M"
std::string_view type_name(AttributeType type);
// The inverse of type_name.
std::optional<AttributeType> type_of_name(std::string_view name);

inline bool is_set(AttributeType type) {
  return type == AttributeType::SS || type == AttributeType::NS || type == AttributeType::BS;
}
// The type of a set's elements.
AttributeType element_type(AttributeType set_type);

// The bytes of an S or B and whether they need escaping.
struct TextView {
  std::string_view text;
  bool escape = false;
};

// Unchecked steps over well-formed bytes.
namespace value_bytes {
inline TextView read_text(const char** at);            // payload of S or B, or a name
inline std::string_view read_number(const char** at);  // payload of N
inline const char* skip(const char* value);            // a whole value
}  // namespace value_bytes

class ListView;
class SetView;
class MapView;

// One well-formed value. A value whose bytes belong to somebody else; copies are free.
class ValueView {
 public:
  ValueView() = default;
  explicit ValueView(std::string_view bytes) : bytes_(bytes) {}

  // The value that starts at `at`.
  static ValueView at(const char* at) {
    return ValueView({at, static_cast<std::size_t>(value_bytes::skip(at) - at)});
  }

  AttributeType type() const { return static_cast<AttributeType>(bytes_[0]); }
  std::string_view bytes() const { return bytes_; }

  TextView text_view() const;                                 // S, B
  std::string_view text() const { return text_view().text; }  // S, B
  std::string_view number() const;                            // N: see number.h
  bool boolean() const { return bytes_[1] != 0; }             // BOOL
  SetView set() const;                                        // SS, NS, BS
  ListView list() const;                                      // L
  MapView map() const;                                        // M

  // What comparison and sorting of S, N and B look at.
  std::string_view scalar() const { return type() == AttributeType::N ? number() : text(); }

  friend bool operator==(ValueView a, ValueView b) { return a.bytes_ == b.bytes_; }

 private:
  std::string_view bytes_;
};

// The payload of a collection: a count and the bytes of its members.
struct CollectionView {
  // `payload` points at the field `body`.
  static CollectionView at(const char* payload) {
    const std::uint32_t body = load_u32_le(payload);
    return {payload + 8, payload + 8 + body, load_u32_le(payload + 4)};
  }
  const char* begin = nullptr;
  const char* end = nullptr;
  std::uint32_t count = 0;
};

// The elements of a list, in order:  for (ListView::Cursor c(list); c.next();) use(c.value());
class ListView {
 public:
  explicit ListView(CollectionView collection) : members_(collection) {}
  std::uint32_t count() const { return members_.count; }
  std::optional<ValueView> find(std::size_t index) const;

  class Cursor {
   public:
    explicit Cursor(const ListView& list) : at_(list.members_.begin), end_(list.members_.end) {}
    bool next() {
      if (at_ == end_) return false;
      value_ = ValueView::at(at_);
      at_ += value_.bytes().size();
      return true;
    }
    ValueView value() const { return value_; }

   private:
    const char* at_;
    const char* end_;
    ValueView value_;
  };

 private:
  CollectionView members_;
};

// The elements of a set, sorted: text of S and B, bytes of N.
class SetView {
 public:
  SetView(AttributeType type, CollectionView collection) : type_(type), members_(collection) {}
  AttributeType type() const { return type_; }
  std::uint32_t count() const { return members_.count; }
  bool contains(std::string_view element) const;

  class Cursor {
   public:
    explicit Cursor(const SetView& set)
        : at_(set.members_.begin),
          end_(set.members_.end),
          numbers_(set.type_ == AttributeType::NS) {}
    bool next() {
      if (at_ == end_) return false;
      element_ = numbers_ ? TextView{value_bytes::read_number(&at_)} : value_bytes::read_text(&at_);
      return true;
    }
    std::string_view element() const { return element_.text; }
    bool escape() const { return element_.escape; }

   private:
    const char* at_;
    const char* end_;
    bool numbers_;
    TextView element_;
  };

 private:
  AttributeType type_;
  CollectionView members_;
};

// The attributes of a map or an item, sorted by name.
class MapView {
 public:
  MapView() = default;
  explicit MapView(CollectionView collection) : members_(collection) {}
  std::uint32_t count() const { return members_.count; }
  std::optional<ValueView> find(std::string_view name) const;

  class Cursor {
   public:
    explicit Cursor(const MapView& map) : at_(map.members_.begin), end_(map.members_.end) {}
    bool next() {
      if (at_ == end_) return false;
      entry_ = at_;
      name_ = value_bytes::read_text(&at_);
      value_ = ValueView::at(at_);
      at_ += value_.bytes().size();
      return true;
    }
    std::string_view name() const { return name_.text; }
    bool name_escape() const { return name_.escape; }
    ValueView value() const { return value_; }
    // The bytes of name and value together, as they stand.
    std::string_view entry() const { return {entry_, static_cast<std::size_t>(at_ - entry_)}; }

   private:
    const char* at_;
    const char* end_;
    const char* entry_ = nullptr;
    TextView name_;
    ValueView value_;
  };

 private:
  CollectionView members_;
};

// DynamoDB's size of a value, in bytes: without its name (AWS guide, "Capacity unit consumption").
std::size_t logical_bytes(ValueView value);

// The same of all attributes of a map at the top level: names plus values.
std::size_t logical_bytes(const MapView& attributes);

// Lists and maps around the deepest leaf, plus the leaf: 1 for a scalar.
int nesting_levels(ValueView value);

// ---- inline ----

namespace value_bytes {

inline TextView read_text(const char** at) {
  std::uint32_t header = to_byte(**at);
  ++*at;
  if (header >= 0x80) [[unlikely]] {
    const VarintRead read = read_varint(*at - 1, *at + 5);
    header = read.value;
    *at = read.next;
  }
  const TextView result{{*at, header >> 1}, (header & 1) != 0};
  *at += header >> 1;
  return result;
}

inline std::string_view read_number(const char** at) {
  const std::size_t size = to_byte(**at);
  const std::string_view result{*at + 1, size};
  *at += 1 + size;
  return result;
}

inline const char* skip(const char* value) {
  const char* at = value + 1;
  switch (static_cast<AttributeType>(*value)) {
    case AttributeType::S:
    case AttributeType::B: {
      const TextView text = read_text(&at);
      return text.text.data() + text.text.size();
    }
    case AttributeType::N:
      return at + 1 + to_byte(*at);
    case AttributeType::BOOL:
      return at + 1;
    case AttributeType::NUL:
      return at;
    default:
      return at + 8 + load_u32_le(at);
  }
}

}  // namespace value_bytes

inline TextView ValueView::text_view() const {
  const char* at = bytes_.data() + 1;
  return value_bytes::read_text(&at);
}
inline std::string_view ValueView::number() const {
  const char* at = bytes_.data() + 1;
  return value_bytes::read_number(&at);
}
inline SetView ValueView::set() const {
  return {type(), CollectionView::at(bytes_.data() + 1)};
}
inline ListView ValueView::list() const {
  return ListView(CollectionView::at(bytes_.data() + 1));
}
inline MapView ValueView::map() const {
  return MapView(CollectionView::at(bytes_.data() + 1));
}

}  // namespace stator
