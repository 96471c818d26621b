// What the micro benchmarks work on: the items of bench/load and one item of every type.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/item.h"

namespace stator::bench {

// So many that neither a branch predictor nor the first cache learns one item by heart.
inline constexpr std::size_t kItemCount = 64;

// Goes round the items of a fixture, one a call. A value.
class Turn {
 public:
  std::size_t next() { return at_++ % kItemCount; }

 private:
  std::size_t at_ = 0;
};

// An attribute before it is encoded; texts have no character that JSON escapes.
struct TextAttribute {
  std::string name;
  std::string text;
};

// The canonical item: pk, sk and field0 .. field9 of 100 bytes each; sk is `sort`.
struct CanonicalItem {
  std::string partition;
  std::string sort;
  std::vector<TextAttribute> fields;
};

// Made once from a fixed seed; the same in every run.
const std::vector<CanonicalItem>& canonical_items();

// Writes one with ItemWriter, at the end of `out`.
ItemView append_canonical(const CanonicalItem& item, std::string* out);

// All of canonical_items() as the store keeps them, and as their JSON: {"pk":{"S":".."},..}.
const std::vector<std::string>& canonical_bytes();
const std::vector<std::string>& canonical_json();

// An order with numbers, sets, a list of maps and escapes: the honest mixture of an application.
const std::string& mixed_bytes();

// Sum of the sizes, divided by their number: what one turn works through.
std::size_t mean_bytes(const std::vector<std::string>& texts);

}  // namespace stator::bench
