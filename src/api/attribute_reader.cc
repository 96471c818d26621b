#include "api/attribute_reader.h"

#include <algorithm>
#include <utility>

#include "api/json_simdjson.h"
#include "base/base64.h"
#include "base/limits.h"
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
      return type_error("Unrecognized collection type class java.nio.ByteBuffer");
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
  return TRY(kind_of(value)) == JsonKind::null && value.is_null();
}

std::string joined(std::vector<std::string> words, std::string_view quote) {
  std::string text = "[";
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += quote == "\"," ? "," : ", ";
    text += words[i];
  }
  return text + "]";
}

}  // namespace

struct AttributeReader::Json {
  AttributeReader& reader;
  std::string* out;

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
      if (name.empty()) reader.fail("Empty attribute name");
      if (name.size() > kAttributeNameBytesMax) {
        reader.fail(std::string(kNotValid) +
                    "Attribute name is too large, must be less than 65536 bytes");
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
    int types = 0;
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
      if (++types > 1) out->resize(start);
      TRY(payload(*known, value, levels));
    }
    if (types == 1) [[likely]]
      return {};
    out->resize(start);
    append_null(out);
    reader.fail(types == 0 ? "Supplied AttributeValue is empty, must contain exactly one of the "
                             "supported datatypes"
                           : "Supplied AttributeValue has more than one datatypes set, must "
                             "contain exactly one of the supported datatypes");
    return {};
  }

  Result<void> payload(AttributeType type, ondemand::value value, int levels) {
    switch (type) {
      case AttributeType::S:
        append_string(TRY(read_string(value)), out);
        return {};
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
    reader.fail(error.message());
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
    if (levels <= kNestingLevelsMax - 1) return false;
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
    std::vector<std::string> texts;  // as written, for errors
    std::vector<std::string> bytes;
    for (auto element : array) {
      if (element.error() != simdjson::SUCCESS) return malformed_json();
      TRY(set_element(type, element.value_unsafe(), &texts, &bytes));
    }
    if (texts.empty()) {
      fail_empty(type);
      append_null(out);
      return {};
    }
    reader.elements_.assign(bytes.begin(), bytes.end());
    if (append_set(type, &reader.elements_, out)) return {};
    fail_duplicate(type, texts);
    append_null(out);
    return {};
  }

  Result<void> set_element(AttributeType type, ondemand::value element,
                           std::vector<std::string>* texts, std::vector<std::string>* bytes) {
    if (type == AttributeType::BS) {
      const std::string_view text = TRY(read_text_of_binary(element));
      TRY(decode_base64(text, &bytes->emplace_back()));
      texts->emplace_back(text);
      return {};
    }
    const std::string_view text = TRY(read_string(element));
    texts->emplace_back(text);
    if (type == AttributeType::SS) {
      bytes->emplace_back(text);
      return {};
    }
    const Result<Number> number = parse_number(text);
    if (!number) fail_number(text, number.error());
    // A number that is wrong is reported as such, not as a duplicate of another.
    bytes->emplace_back(number ? std::string(number->bytes()) : std::to_string(texts->size()));
    return {};
  }

  void fail_empty(AttributeType type) {
    std::string text(kNotValid);
    if (type == AttributeType::BS) {
      text += "Binary sets should not be empty";
    } else {
      text += type == AttributeType::SS ? "An string set  may not be empty"
                                        : "An number set  may not be empty";
    }
    reader.fail(std::move(text));
  }

  void fail_duplicate(AttributeType type, std::vector<std::string> texts) {
    const bool current = reader.texts_ == ValueTexts::current;
    if (type == AttributeType::NS) {
      return reader.fail(current ? std::string(kNotValid) + "Input collection contains duplicates."
                                 : "Input collection contains duplicates");
    }
    const bool binary = type == AttributeType::BS;
    if (current) texts = in_current_order(std::move(texts));
    if (current) {
      for (std::string& text : texts) text = "\"" + text + "\"";
    }
    std::string list = joined(std::move(texts), current && binary ? "\"," : "");
    reader.fail(std::string(kNotValid) + "Input collection " + list +
                (binary ? "of type BS contains duplicates." : " contains duplicates."));
  }

  // AWS prints the elements up to the first repeat in order, then the repeat, then the rest.
  static std::vector<std::string> in_current_order(std::vector<std::string> texts) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto end = texts.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::find(texts.begin(), end, texts[i]) == end) continue;
      std::sort(texts.begin(), end);
      break;
    }
    return texts;
  }
};

Result<void> AttributeReader::read_item(JsonValue* json, std::string* out) {
  return Json{*this, out}.item(as<ondemand::value>(json->value_));
}

Result<void> AttributeReader::read_value(JsonValue* json, std::string* out) {
  return Json{*this, out}.attribute(as<ondemand::value>(json->value_), 1);
}

}  // namespace stator
