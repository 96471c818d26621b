// Reads attribute values from a request's JSON straight into the bytes of model/value.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json_reader.h"
#include "base/result.h"

namespace stator {

// The bytes of one map of attributes (Item, Key, ExclusiveStartKey), as an item.
struct AttributeMap {
  bool present = false;
  std::string bytes;  // an item, see model/item.h
  // The first thing that is wrong with a value in it. AWS reports it after other checks, so it is
  // kept until its turn comes; the bytes are then of no use.
  std::optional<Error> error;

  void clear() {
    present = false;
    bytes.clear();
    error.reset();
  }
};

// Which of AWS's two generations of texts an operation answers with (semantics differ by
// operation, not by value).
enum class ValueTexts { current, older };

// Whether a value that nests deeper than an item may is an error. If not, what stores it looks.
enum class ValueNesting { as_in_items, any };

// Reads values in one pass. JSON of a wrong shape fails at once (serialization); a wrong value is
// remembered as error() and reading goes on, so that JSON further on is still checked.
class AttributeReader {
 public:
  explicit AttributeReader(ValueTexts texts, ValueNesting nesting = ValueNesting::as_in_items)
      : texts_(texts), nesting_(nesting) {}

  // Reads {"name": {"S": ..}, ..} as an item.
  Result<void> read_item(JsonValue* json, std::string* out);

  // Reads {"S": ..} as a value.
  Result<void> read_value(JsonValue* json, std::string* out);

  std::optional<Error> take_error() { return std::exchange(error_, std::nullopt); }

 private:
  struct Json;  // the functions that know simdjson
  friend struct Json;

  void fail(std::string text) {
    if (!error_) error_ = validation_error(std::move(text));
  }

  const ValueTexts texts_;
  const ValueNesting nesting_;
  std::optional<Error> error_;
  std::string scratch_;                     // decoded base64 of one value or set
  std::vector<std::string_view> elements_;  // of one set
};

}  // namespace stator
