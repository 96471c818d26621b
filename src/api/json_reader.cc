#include "api/json_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "api/json_simdjson.h"
#include "base/time_text.h"
#include "stator/database.h"

namespace stator {

static_assert(kBodyPadding >= simdjson::SIMDJSON_PADDING);

namespace {

constexpr std::string_view kDate = "Date";

Error structure_unexpected() {
  return type_error("Start of structure or map found where not expected");
}

Error collection_unexpected(std::string_view java_class) {
  const std::string package = java_class == kDate ? "java.util." : "java.lang.";
  return type_error("Unrecognized collection type class " + package + std::string(java_class));
}

// The error of a value of the wrong kind where a scalar of `java_class` is wanted.
Result<void> refuse_for(ondemand::value value, JsonKind kind, std::string_view java_class) {
  if (kind == JsonKind::array) return collection_unexpected(java_class);
  if (kind == JsonKind::object) return structure_unexpected();
  const std::string_view name = TRY(scalar_name(value, kind));
  return type_error(std::string(name) + " cannot be converted to " + std::string(java_class));
}

bool equals_ignoring_case(std::string_view text, std::string_view upper) {
  if (text.size() != upper.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != upper[i]) return false;
  }
  return true;
}

// Whether a token is a number as JSON writes it, blanks behind it.
bool is_number(std::string_view token) {
  const auto take = [&token](std::string_view any_of) {
    const bool found = !token.empty() && any_of.find(token[0]) != std::string_view::npos;
    if (found) token.remove_prefix(1);
    return found;
  };
  const auto take_digits = [&take] {
    if (!take("0123456789")) return false;
    while (take("0123456789")) {
    }
    return true;
  };
  take("-");
  if (!take("0") && !take_digits()) return false;
  if (take(".") && !take_digits()) return false;
  if (take("eE")) {
    take("+-");
    if (!take_digits()) return false;
  }
  while (take(" \t\r\n")) {
  }
  return token.empty();
}

// The value of a number, infinite where it is beyond a double.
Result<double> read_number(ondemand::value value) {
  double number = 0;
  if (value.get_double().get(number) == simdjson::SUCCESS) return number;
  const std::string_view token = value.raw_json_token();
  if (!is_number(token)) return malformed_json();
  return token[0] == '-' ? -HUGE_VAL : HUGE_VAL;
}

// A number where one of `java_class` is wanted.
Result<double> number_for(ondemand::value value, std::string_view java_class) {
  const JsonKind kind = TRY(kind_of(value));
  if (kind == JsonKind::number) return read_number(value);
  TRY(refuse_for(value, kind, java_class));
  return malformed_json();
}

// The integer below a number; the end of the type where there is none.
std::int64_t whole_of(double number) {
  constexpr double kBeyond = 0x1p63;
  if (number >= kBeyond) return std::numeric_limits<std::int64_t>::max();
  if (number < -kBeyond) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(std::floor(number));
}

// AWS takes these strings for booleans.
Result<bool> boolean_of_text(std::string_view text) {
  for (const std::string_view yes : {"TRUE", "1", "YES"}) {
    if (equals_ignoring_case(text, yes)) return true;
  }
  for (const std::string_view no : {"FALSE", "0", "NO"}) {
    if (equals_ignoring_case(text, no)) return false;
  }
  return type_error("Unexpected token received from parser");
}

}  // namespace

struct JsonReader::Parser {
  ondemand::parser parser;
  ondemand::document document;
};

Error malformed_json() {
  return Error(ErrorCode::serialization, "");
}

Result<JsonKind> kind_of(ondemand::value value) {
  ondemand::json_type type;
  if (value.type().get(type) != simdjson::SUCCESS) return malformed_json();
  switch (type) {
    case ondemand::json_type::object:
      return JsonKind::object;
    case ondemand::json_type::array:
      return JsonKind::array;
    case ondemand::json_type::string:
      return JsonKind::string;
    case ondemand::json_type::number:
      return JsonKind::number;
    case ondemand::json_type::boolean:
      return JsonKind::boolean;
    case ondemand::json_type::null:
      return JsonKind::null;
  }
  return malformed_json();
}

Result<std::string_view> scalar_name(ondemand::value value, JsonKind kind) {
  if (kind == JsonKind::string) return std::string_view("STRING_VALUE");
  if (kind == JsonKind::boolean) {
    bool truth = false;
    if (value.get_bool().get(truth) != simdjson::SUCCESS) return malformed_json();
    return std::string_view(truth ? "TRUE_VALUE" : "FALSE_VALUE");
  }
  const double number = TRY(read_number(value));
  return std::string_view(number == std::floor(number) ? "NUMBER_VALUE" : "DECIMAL_VALUE");
}

Result<std::string_view> read_string(ondemand::value value) {
  std::string_view text;
  const simdjson::error_code code = value.get_string().get(text);
  if (code == simdjson::SUCCESS) [[likely]]
    return text;
  if (code != simdjson::INCORRECT_TYPE) return malformed_json();
  const JsonKind kind = TRY(kind_of(value));
  TRY(refuse_for(value, kind, "String"));
  return malformed_json();
}

Result<void> read_null(ondemand::value value) {
  bool null = false;
  if (value.is_null().get(null) != simdjson::SUCCESS || !null) return malformed_json();
  return {};
}

Result<void> skip_checked(ondemand::value value, int levels) {
  const JsonKind kind = TRY(kind_of(value));
  simdjson::error_code code = simdjson::SUCCESS;
  if (kind == JsonKind::object) {
    if (levels == 0) return {};  // the parent's iterator steps over it
    ondemand::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return malformed_json();
    for (auto field : object) {
      std::string_view key;
      if (field.error() != simdjson::SUCCESS ||
          field.unescaped_key().get(key) != simdjson::SUCCESS) {
        return malformed_json();
      }
      TRY(skip_checked(field.value().value_unsafe(), levels - 1));
    }
  } else if (kind == JsonKind::array) {
    if (levels == 0) return {};
    ondemand::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return malformed_json();
    for (auto element : array) {
      if (element.error() != simdjson::SUCCESS) return malformed_json();
      TRY(skip_checked(element.value_unsafe(), levels - 1));
    }
  } else if (kind == JsonKind::string) {
    code = value.get_string().error();
  } else if (kind == JsonKind::boolean) {
    code = value.get_bool().error();
  } else if (kind == JsonKind::number) {
    TRY(read_number(value));
  } else {
    TRY(read_null(value));
  }
  if (code != simdjson::SUCCESS) return malformed_json();
  return {};
}

// ---- JsonValue ----

Result<JsonKind> JsonValue::kind() {
  return kind_of(as<ondemand::value>(value_));
}

Result<std::string_view> JsonValue::string() {
  return read_string(as<ondemand::value>(value_));
}

Result<bool> JsonValue::boolean() {
  ondemand::value& value = as<ondemand::value>(value_);
  bool truth = false;
  const simdjson::error_code code = value.get_bool().get(truth);
  if (code == simdjson::SUCCESS) return truth;
  const JsonKind kind = TRY(kind_of(value));
  if (kind == JsonKind::string) {
    const std::string_view text = TRY(read_string(value));
    return boolean_of_text(text);
  }
  if (kind == JsonKind::boolean) return malformed_json();
  TRY(refuse_for(value, kind, "Boolean"));
  return malformed_json();
}

Result<std::int64_t> JsonValue::integer() {
  ondemand::value& value = as<ondemand::value>(value_);
  const JsonKind kind = TRY(kind_of(value));
  if (kind != JsonKind::number) {
    TRY(refuse_for(value, kind, "Integer"));
    return malformed_json();
  }
  std::int64_t number = 0;
  if (value.get_int64().get(number) == simdjson::SUCCESS) return number;
  return whole_of(TRY(read_number(value)));
}

Result<double> JsonValue::real() {
  return number_for(as<ondemand::value>(value_), "Double");
}

Result<TimePoint> JsonValue::time() {
  const double seconds = TRY(number_for(as<ondemand::value>(value_), kDate));
  const auto most = static_cast<double>(kTimeMax.time_since_epoch() / std::chrono::milliseconds(1));
  const double milliseconds = std::clamp(std::floor(seconds * 1000), 0.0, most);
  return TimePoint(std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds)));
}

const char* JsonValue::start() {
  return as<ondemand::value>(value_).raw_json_token().data();
}

Result<void> JsonValue::skip() {
  return skip_checked(as<ondemand::value>(value_), kCheckedLevels);
}

// ---- JsonMembers, JsonElements ----

Result<JsonMembers> JsonMembers::of(JsonValue* value) {
  ondemand::object object;
  ondemand::object_iterator at;
  if (as<ondemand::value>(value->value_).get_object().get(object) != simdjson::SUCCESS ||
      object.begin().get(at) != simdjson::SUCCESS) {
    return malformed_json();
  }
  JsonMembers members;
  put(at, members.at_);
  return members;
}

Result<bool> JsonMembers::next() {
  auto& at = as<ondemand::object_iterator>(at_);
  if (started_) ++at;
  started_ = true;
  if (!(at != at)) return false;
  ondemand::field field;
  if ((*at).get(field) != simdjson::SUCCESS) return malformed_json();
  if (field.unescaped_key().get(key_) != simdjson::SUCCESS) return malformed_json();
  put(field.value(), value_.value_);
  return true;
}

Result<JsonElements> JsonElements::of(JsonValue* value) {
  ondemand::array array;
  ondemand::array_iterator at;
  if (as<ondemand::value>(value->value_).get_array().get(array) != simdjson::SUCCESS ||
      array.begin().get(at) != simdjson::SUCCESS) {
    return malformed_json();
  }
  JsonElements elements;
  put(at, elements.at_);
  return elements;
}

Result<bool> JsonElements::next() {
  auto& at = as<ondemand::array_iterator>(at_);
  if (started_) ++at;
  started_ = true;
  if (!(at != at)) return false;
  ondemand::value value;
  if ((*at).get(value) != simdjson::SUCCESS) return malformed_json();
  put(value, value_.value_);
  return true;
}

// ---- JsonReader ----

JsonReader::JsonReader() : parser_(std::make_unique<Parser>()) {}
JsonReader::~JsonReader() = default;

void JsonReader::shrink() {
  parser_ = std::make_unique<Parser>();
}

Result<JsonMembers> JsonReader::open(std::string_view json) {
  const simdjson::padded_string_view padded(json.data(), json.size(), json.size() + kBodyPadding);
  ondemand::object object;
  ondemand::object_iterator at;
  if (parser_->parser.iterate(padded).get(parser_->document) != simdjson::SUCCESS ||
      parser_->document.get_object().get(object) != simdjson::SUCCESS ||
      object.begin().get(at) != simdjson::SUCCESS) {
    return malformed_json();
  }
  JsonMembers members;
  put(at, members.at_);
  return members;
}

Result<void> JsonReader::finish() {
  if (parser_->document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    return malformed_json();
  }
  return {};
}

bool JsonReader::is_well_formed(std::string_view json) {
  Result<JsonMembers> members = open(json);
  if (!members) return false;
  for (;;) {
    const Result<bool> more = members->next();
    if (!more) return false;
    if (!*more) break;
    if (!members->value().skip()) return false;
  }
  return finish().has_value();
}

}  // namespace stator
