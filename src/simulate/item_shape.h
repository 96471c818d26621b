// What the items of a simulated table look like: a few attributes with numbered values, and one
// that fills them up to their size.
//
//   item := partition key [sort key] attribute{0..8} "data"
//
// `data` is different in each request, so that each write changes the item. It has at least
// kDataBytesMin bytes.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/table.h"
#include "simulate/workload.h"

namespace stator {

inline constexpr std::size_t kDrawnAttributesMax = 8;
inline constexpr std::string_view kDataName = "data";
inline constexpr std::size_t kDataBytesMin = 16;
inline constexpr std::uint32_t kNoValue = UINT32_MAX;  // of an attribute that an item has not

// An item, without its bytes. A value.
struct ItemState {
  std::uint32_t partition = 0;  // the numbers of its keys
  std::uint32_t sort = 0;
  std::uint32_t bytes = 0;  // 0: there is no such item
  std::array<std::uint32_t, kDrawnAttributesMax> drawn{};

  bool exists() const { return bytes != 0; }
};

// A value. Never fails once it is made.
class ItemShape {
 public:
  enum class Source { partition, sort, drawn };
  struct Attribute {
    std::string name;
    AttributeType type = AttributeType::S;
    Source source = Source::partition;
    std::size_t place = 0;  // in ItemState::drawn

    // kNoValue where the item has it not.
    std::uint32_t number(const ItemState& item) const;
    // Of name and value, as DynamoDB counts.
    std::size_t bytes(std::uint32_t number) const;
  };

  //   errors  validation, "LINE: MEMBER: what is wrong": an attribute that is no index's key; a key
  //           of an index that is not described; a key with the name of `data`
  static Result<ItemShape> of(const TableSetup& setup, const TableDefinition& table);

  // Without `data`; those of the key first.
  const std::vector<Attribute>& attributes() const { return attributes_; }
  // The place of an attribute in attributes().
  std::optional<std::size_t> find(std::string_view name) const;

  // What an item needs at least.
  std::size_t bytes_min() const;
  // Of an item of `bytes`: those of the value of `data`.
  std::size_t data_bytes(const ItemState& item) const;

 private:
  std::vector<Attribute> attributes_;
};

}  // namespace stator
