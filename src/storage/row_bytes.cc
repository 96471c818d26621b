#include "storage/row_bytes.h"

#include <algorithm>

#include "base/bytes.h"
#include "storage/row_key.h"

namespace stator {
namespace {

// The first row of the range in its direction; empty where there is none.
std::string edge_row(const Store& store, const RowRange& range) {
  const RowCursor rows = store.scan(range);
  return rows.valid() ? std::string(rows.key()) : std::string();
}

std::size_t shared_bytes(const std::string& a, const std::string& b) {
  const auto end = a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size()));
  return static_cast<std::size_t>(std::mismatch(a.begin(), end, b.begin()).first - a.begin());
}

std::string counted_middle(const Store& store, const RowRange& range) {
  const std::uint64_t whole = range_bytes(store, range, BytesKnown::counted);
  std::uint64_t before = 0;
  for (RowCursor rows = store.scan(range); rows.valid(); rows.next()) {
    const std::uint64_t here = rows.key().size() + rows.value().size();
    if (2 * (before + here) > whole) return std::string(rows.key());
    before += here;
  }
  return {};
}

// Narrows a range down to its middle, a byte of the keys at a time.
class MiddleSearch {
 public:
  MiddleSearch(const Store& store, const RowRange& range)
      : store_(store),
        range_(range),
        whole_(store.approximate_bytes(range.first, range.end)),
        rest_{.first = range.first, .end = range.end} {}

  std::string run() {
    for (;;) {
      const std::string first = edge_row(store_, rest_);
      const std::string last =
          edge_row(store_, {.first = rest_.first, .end = rest_.end, .backward = true});
      const std::size_t shared = shared_bytes(first, last);
      if (shared == first.size() || shared == last.size()) break;
      narrow(first.substr(0, shared), to_byte(first[shared]), to_byte(last[shared]));
    }
    // The store may have guessed wrong, and nothing lies where the middle should.
    return edge_row(store_, {.first = rest_.first, .end = range_.end});
  }

 private:
  // To the rows that begin with `prefix` and the greatest byte, of the two and those between, that
  // no more than half lies before.
  void narrow(std::string prefix, int low, int high) {
    prefix.push_back('\0');
    while (low < high) {
      const int middle = (low + high + 1) / 2;
      prefix.back() = to_char(static_cast<std::uint8_t>(middle));
      if (is_in_first_half(prefix)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    prefix.back() = to_char(static_cast<std::uint8_t>(low));
    rest_ = {.first = std::max(rest_.first, prefix),
             .end = std::min(rest_.end, after_prefix(prefix))};
  }

  bool is_in_first_half(const std::string& key) const {
    return 2 * store_.approximate_bytes(range_.first, key) <= whole_;
  }

  const Store& store_;
  const RowRange& range_;
  const std::uint64_t whole_;
  RowRange rest_;
};

}  // namespace

std::uint64_t range_bytes(const Store& store, const RowRange& range, BytesKnown known) {
  if (known == BytesKnown::estimated) return store.approximate_bytes(range.first, range.end);
  std::uint64_t bytes = 0;
  for (RowCursor rows = store.scan(range); rows.valid(); rows.next()) {
    bytes += rows.key().size() + rows.value().size();
  }
  return bytes;
}

std::string middle_row(const Store& store, const RowRange& range, BytesKnown known) {
  return known == BytesKnown::counted ? counted_middle(store, range)
                                      : MiddleSearch(store, range).run();
}

}  // namespace stator
