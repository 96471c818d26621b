#include "api/attribute_reader.h"

#include <algorithm>
#include <cstring>
#include <unordered_set>
#include <utility>

#include "api/json_simdjson.h"
#include "base/base64.h"
#include "base/limits.h"
#include "model/attribute_name.h"
#include "model/decimal.h"
#include "model/item.h"
#include "model/value_writer.h"

namespace stator {
namespace {

constexpr std::string_view kNotValid = "One or more parameter values were invalid: ";

// Decoded bytes of a B.
Result<std::string_view> read_text_of_binary(ondemand::value value) {
  const JsonKind kind = TRY(kind_of(value));
  switch (kind) {
    case JsonKind::string:
      return read_string(value);
    case JsonKind::array:
      return type_error("Start of list found where not expected");
    case JsonKind::object:
      return type_error("Start of structure or map found where not expected");
    default:
      return type_error("only base-64-encoded strings are convertible to bytes");
  }
}

Result<ondemand::array> read_array(ondemand::value value) {
  ondemand::array array;
  const simdjson::error_code code = value.get_array().get(array);
  if (code == simdjson::SUCCESS) return array;
  if (code != simdjson::INCORRECT_TYPE) return malformed_json();
  if (TRY(kind_of(value)) == JsonKind::object) {
    return type_error("Start of structure or map found where not expected");
  }
  return type_error("Unexpected field type");
}

// A map of attributes; `scalar_text` is AWS's word for a scalar in its place.
Result<ondemand::object> read_object(ondemand::value value, std::string_view scalar_text,
                                     std::string_view array_text) {
  ondemand::object object;
  const simdjson::error_code code = value.get_object().get(object);
  if (code == simdjson::SUCCESS) [[likely]]
    return object;
  if (code != simdjson::INCORRECT_TYPE) return malformed_json();
  return type_error(TRY(kind_of(value)) == JsonKind::array ? array_text : scalar_text);
}

Result<ondemand::object> read_map_object(ondemand::value value) {
  return read_object(value, "Unexpected field type",
                     "Unrecognized collection type java.util.Map<java.lang.String, "
                     "com.amazonaws.dynamodb.v20120810.AttributeValue>");
}

Result<ondemand::object> read_value_object(ondemand::value value) {
  return read_object(value, "Unexpected value type in payload",
                     "Unrecognized collection type class "
                     "com.amazonaws.dynamodb.v20120810.AttributeValue");
}

Result<bool> is_null(ondemand::value value) {
  if (TRY(kind_of(value)) != JsonKind::null) return false;
  TRY(read_null(value));
  return true;
}

// An element of a set: as the request wrote it, for errors, and as it is stored.
struct SetElement {
  std::string text;
  std::string bytes;
};

// AWS's newer layer prints the elements before the first repeat in order, then the rest.
void sort_before_repeat(std::vector<SetElement>* elements) {
  std::unordered_set<std::string_view> seen;
  const auto repeat =
      std::find_if(elements->begin(), elements->end(),
                   [&seen](const SetElement& e) { return !seen.insert(e.bytes).second; });
  std::vector<SetElement> sorted(elements->begin(), repeat);
  std::sort(sorted.begin(), sorted.end(),
            [](const SetElement& a, const SetElement& b) { return a.bytes < b.bytes; });
  std::move(sorted.begin(), sorted.end(), elements->begin());
}

// "[a, b]", or with quotes around each element.
std::string printed(const std::vector<SetElement>& elements, std::string_view quote,
                    std::string_view separator) {
  std::string text = "[";
  for (const SetElement& element : elements) {
    if (text.size() > 1) text += separator;
    text.append(quote).append(element.text).append(quote);
  }
  return text + "]";
}

// What AWS looks for first in a value that has several types.
enum class Turn { number, null, empty_set, set_number, set_duplicate, map, list };

// The older layer reads this exponent into an int that wraps.
bool wraps_in_older_layer(std::string_view number) {
  return number.ends_with("e2147483647") || number.ends_with("E2147483647");
}

}  // namespace

struct AttributeReader::Json {
  AttributeReader& reader;
  std::string* out;
  Turn turn_of_set = {};  // of what was wrong with the set that was read last

  Result<void> item(ondemand::value value) {
    ondemand::object object = TRY(read_map_object(value));
    ItemWriter writer(out);
    TRY(members(object, 1, [&writer](std::string_view name) { writer.add(name); }));
    writer.finish();
    return {};
  }

  // Reads the members of an Item or an M.
  template <typename Add>
  Result<void> members(ondemand::object object, int levels, Add&& add) {
    for (auto field : object) {
      std::string_view name;
      if (field.error() != simdjson::SUCCESS ||
          field.unescaped_key().get(name) != simdjson::SUCCESS) {
        return malformed_json();
      }
      const ondemand::value member = field.value().value_unsafe();
      if (const std::string_view fault = attribute_name_fault(name); !fault.empty()) {
        reader.fail(std::string(fault));
        name = name.substr(0, kAttributeNameBytesMax);
      }
      add(name);
      TRY(attribute(member, levels));
    }
    return {};
  }

  // Reads {"S": ..}; appends a value in every case that is not a failure.
  Result<void> attribute(ondemand::value json, int levels) {
    ondemand::object object = TRY(read_value_object(json));
    const std::size_t start = out->size();
    const bool had_error = reader.error_.has_value();
    std::optional<AttributeType> only;  // of two members with one name the later stands
    bool several = false;
    Fault first;
    for (auto field : object) {
      std::string_view type;
      if (field.error() != simdjson::SUCCESS ||
          field.unescaped_key().get(type) != simdjson::SUCCESS) {
        return malformed_json();
      }
      ondemand::value value = field.value().value_unsafe();
      const auto known = type_of_name(type);
      if (!known) {
        TRY(skip_checked(value, kCheckedLevels));
        continue;
      }
      if (TRY(is_null(value))) continue;
      if (only == known && !several) first = {};
      several = several || (only && *only != *known);
      only = known;
      out->resize(start);
      TRY(payload(*known, value, levels));
      if (reader.error_ && !had_error) [[unlikely]]
        keep_first(*known, &first);
    }
    if (first.error) reader.error_ = std::move(first.error);
    if (only && !several) [[likely]]
      return {};
    out->resize(start);
    append_null(out);
    reader.fail(!only ? "Supplied AttributeValue is empty, must contain exactly one of the "
                        "supported datatypes"
                      : "Supplied AttributeValue has more than one datatypes set, must "
                        "contain exactly one of the supported datatypes");
    return {};
  }

  // Of what is wrong with a value that has several types.
  struct Fault {
    std::optional<Error> error;
    Turn turn = {};
  };

  Turn turn_of(AttributeType type) const {
    if (type == AttributeType::N) return Turn::number;
    if (type == AttributeType::NUL) return Turn::null;
    if (type == AttributeType::M) return Turn::map;
    return type == AttributeType::L ? Turn::list : turn_of_set;
  }

  void keep_first(AttributeType type, Fault* first) {
    Fault fault = {reader.take_error(), turn_of(type)};
    if (!first->error || fault.turn < first->turn) *first = std::move(fault);
  }

  Result<void> payload(AttributeType type, ondemand::value value, int levels) {
    switch (type) {
      case AttributeType::S:
        return string(value);
      case AttributeType::N:
        return number(value);
      case AttributeType::B:
        return binary(value);
      case AttributeType::BOOL:
        return boolean(value);
      case AttributeType::NUL:
        return null(value);
      case AttributeType::L:
        return list(value, levels);
      case AttributeType::M:
        return map(value, levels);
      default:
        return set(type, value);
    }
  }

  // Text that stands in the request just as it is has nothing that a reply would have to escape.
  Result<void> string(ondemand::value value) {
    const char* const written = value.raw_json_token().data() + 1;
    const std::string_view text = TRY(read_string(value));
    const bool as_written =
        std::memcmp(written, text.data(), text.size()) == 0 && written[text.size()] == '"';
    append_string(TextView{text, !as_written && needs_escape(text)}, out);
    return {};
  }

  Result<void> number(ondemand::value value) {
    const std::string_view text = TRY(read_string(value));
    Result<Number> number = parse_number(text);
    if (!number) {
      fail_number(text, number.error());
      append_null(out);
      return {};
    }
    append_number(*number, out);
    return {};
  }

  // AWS's older layer words the empty string without the colon.
  void fail_number(std::string_view text, const Error& error) {
    if (text.empty() && reader.texts_ == ValueTexts::older) {
      return reader.fail("The parameter cannot be converted to a numeric value");
    }
    const bool wraps = reader.texts_ == ValueTexts::older && wraps_in_older_layer(text);
    reader.fail(wraps ? number_underflow().message() : error.message());
  }

  Result<void> binary(ondemand::value value) {
    reader.scratch_.clear();
    const std::string_view text = TRY(read_text_of_binary(value));
    TRY(decode_base64(text, &reader.scratch_));
    append_binary(reader.scratch_, out);
    return {};
  }

  static Result<bool> truth(ondemand::value value) {
    JsonValue json;
    put(value, json.value_);
    return json.boolean();
  }

  Result<void> boolean(ondemand::value value) {
    append_bool(TRY(truth(value)), out);
    return {};
  }

  Result<void> null(ondemand::value value) {
    if (!TRY(truth(value))) {
      reader.fail(std::string(kNotValid) +
                  "Null attribute value types must have the value of true");
    }
    append_null(out);
    return {};
  }

  bool too_deep(int levels) {
    if (levels <= kNestingLevelsMax - 1 || reader.nesting_ == ValueNesting::any) return false;
    reader.fail(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels "
        "beyond supported limit");
    return true;
  }

  Result<void> list(ondemand::value value, int levels) {
    ondemand::array array = TRY(read_array(value));
    if (too_deep(levels)) {
      append_null(out);
      return {};
    }
    ListWriter writer(out);
    for (auto element : array) {
      if (element.error() != simdjson::SUCCESS) return malformed_json();
      writer.add();
      TRY(attribute(element.value_unsafe(), levels + 1));
    }
    writer.finish();
    return {};
  }

  Result<void> map(ondemand::value value, int levels) {
    ondemand::object object = TRY(read_map_object(value));
    if (too_deep(levels)) {
      append_null(out);
      return {};
    }
    MapWriter writer(out);
    TRY(members(object, levels + 1, [&writer](std::string_view name) { writer.add(name); }));
    writer.finish();
    return {};
  }

  Result<void> set(AttributeType type, ondemand::value value) {
    ondemand::array array = TRY(read_array(value));
    turn_of_set = Turn::set_duplicate;  // unless something is wrong that comes before
    std::vector<SetElement> elements;
    for (auto element : array) {
      if (element.error() != simdjson::SUCCESS) return malformed_json();
      elements.push_back(TRY(set_element(type, element.value_unsafe())));
    }
    if (elements.empty()) fail_empty(type);
    if (turn_of_set != Turn::set_duplicate) {
      append_null(out);
      return {};
    }
    reader.elements_.clear();
    for (const SetElement& element : elements) reader.elements_.push_back(element.bytes);
    if (append_set(type, &reader.elements_, out)) return {};
    fail_duplicate(type, std::move(elements));
    append_null(out);
    return {};
  }

  Result<SetElement> set_element(AttributeType type, ondemand::value json) {
    SetElement element;
    if (type == AttributeType::BS) {
      element.text = TRY(read_text_of_binary(json));
      TRY(decode_base64(element.text, &element.bytes));
      return element;
    }
    element.text = TRY(read_string(json));
    element.bytes = element.text;
    if (type == AttributeType::SS) return element;
    const Result<Number> number = parse_number(element.text);
    if (number) {
      element.bytes = number->bytes();
    } else {
      turn_of_set = Turn::set_number;
      fail_number(element.text, number.error());
    }
    return element;
  }

  void fail_empty(AttributeType type) {
    turn_of_set = Turn::empty_set;
    std::string text(kNotValid);
    if (type == AttributeType::BS) {
      text += "Binary sets should not be empty";
    } else {
      text += type == AttributeType::SS ? "An string set  may not be empty"
                                        : "An number set  may not be empty";
    }
    reader.fail(std::move(text));
  }

  void fail_duplicate(AttributeType type, std::vector<SetElement> elements) {
    const bool current = reader.texts_ == ValueTexts::current;
    if (type == AttributeType::NS) {
      return reader.fail(current ? std::string(kNotValid) + "Input collection contains duplicates."
                                 : "Input collection contains duplicates");
    }
    const bool binary = type == AttributeType::BS;
    if (current) sort_before_repeat(&elements);
    reader.fail(std::string(kNotValid) + "Input collection " +
                printed(elements, current ? "\"" : "", current && binary ? "," : ", ") +
                (binary ? "of type BS contains duplicates." : " contains duplicates."));
  }
};

Result<void> AttributeReader::read_item(JsonValue* json, std::string* out) {
  return Json{*this, out}.item(as<ondemand::value>(json->value_));
}

Result<void> AttributeReader::read_value(JsonValue* json, std::string* out) {
  return Json{*this, out}.attribute(as<ondemand::value>(json->value_), 1);
}

}  // namespace stator
