#include "streams/filter_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "streams/json_text.h"

namespace stator {
namespace {

// Lambda's one text for everything that is wrong with a pattern (aws/aws-cdk#23057).
Error invalid_pattern() {
  return validation_error("Invalid filter pattern definition.");
}

using Kind = ValueTest::Kind;

ValueTest test_of(Kind kind, std::string text = {}) {
  ValueTest test;
  test.kind = kind;
  test.text = std::move(text);
  return test;
}

struct Operator {
  std::string_view name;
  Kind kind;
};

// Operators that take a text.
constexpr std::array<Operator, 3> kTextOperators = {{
    {"prefix", Kind::prefix},
    {"suffix", Kind::suffix},
    {"equals-ignore-case", Kind::equals_ignore_case},
}};

// Reads the text of a pattern; what is wrong with it is noted once and asked once.
class PatternReader {
 public:
  explicit PatternReader(std::string_view json) : json_(json) {}

  Result<ObjectPattern> pattern() {
    ObjectPattern pattern;
    object(&pattern);
    if (!json_.finish() || !valid_) return invalid_pattern();
    return pattern;
  }

 private:
  void require(bool holds) { valid_ = valid_ && holds; }

  // Adds the members of the object that comes next.
  void object(ObjectPattern* into) {
    require(json_.kind() == JsonTextKind::object);
    for (JsonText::Members member(&json_); valid_ && member.next();) {
      if (member.name() == "$or") {
        into->any_of = alternatives();
      } else {
        field(member.name(), into);
      }
    }
    require(!into->fields.empty() || !into->any_of.empty());
  }

  std::vector<ObjectPattern> alternatives() {
    std::vector<ObjectPattern> patterns;
    require(json_.kind() == JsonTextKind::array);
    for (JsonText::Elements element(&json_); valid_ && element.next();) {
      object(&patterns.emplace_back());
    }
    require(!patterns.empty());
    return patterns;
  }

  void field(const std::string& name, ObjectPattern* into) {
    FieldPattern* const field = field_named(name, into);
    if (json_.kind() == JsonTextKind::object) {
      field->tests.clear();
      if (!field->object) field->object = std::make_unique<ObjectPattern>();
      object(field->object.get());
    } else {
      field->object.reset();
      field->tests = tests();
    }
  }

  static FieldPattern* field_named(const std::string& name, ObjectPattern* object) {
    const auto at = std::find_if(object->fields.begin(), object->fields.end(),
                                 [&name](const FieldPattern& field) { return field.name == name; });
    if (at != object->fields.end()) return &*at;
    FieldPattern& added = object->fields.emplace_back();
    added.name = name;
    return &added;
  }

  std::vector<ValueTest> tests() {
    std::vector<ValueTest> tests;
    require(json_.kind() == JsonTextKind::array);
    for (JsonText::Elements element(&json_); valid_ && element.next();) {
      tests.push_back(json_.kind() == JsonTextKind::object ? operation() : literal());
    }
    require(!tests.empty());
    return tests;
  }

  ValueTest literal() {
    switch (json_.kind()) {
      case JsonTextKind::string:
        return test_of(Kind::string, json_.string());
      case JsonTextKind::number:
        return test_of(Kind::number, std::string(json_.number()));
      case JsonTextKind::boolean:
        return test_of(Kind::boolean, json_.boolean() ? "true" : "false");
      case JsonTextKind::null:
        json_.null();
        return test_of(Kind::null);
      default:
        require(false);
        return {};
    }
  }

  // An object of one member, which names what it does.
  ValueTest operation() {
    ValueTest test;
    JsonText::Members member(&json_);
    require(member.next());
    if (!valid_) return test;
    if (member.name() == "anything-but") {
      test = anything_but();
    } else if (member.name() == "numeric") {
      test = numeric();
    } else if (member.name() == "exists") {
      test = test_of(Kind::exists);
      require(json_.kind() == JsonTextKind::boolean);
      test.exists = json_.boolean();
    } else {
      test = text_operation(member.name());
    }
    require(!member.next());
    return test;
  }

  ValueTest text_operation(std::string_view name) {
    const auto at = std::find_if(kTextOperators.begin(), kTextOperators.end(),
                                 [name](const Operator& one) { return one.name == name; });
    require(at != kTextOperators.end() && json_.kind() == JsonTextKind::string);
    if (!valid_) return {};
    return test_of(at->kind, json_.string());
  }

  ValueTest anything_but() {
    ValueTest test = test_of(Kind::anything_but);
    switch (json_.kind()) {
      case JsonTextKind::array:
        test.but = unwanted();
        break;
      case JsonTextKind::object: {
        JsonText::Members member(&json_);
        require(member.next());
        if (valid_) test.but.push_back(text_operation(member.name()));
        require(!member.next());
        break;
      }
      default:
        test.but.push_back(unwanted_literal());
    }
    return test;
  }

  ValueTest unwanted_literal() {
    ValueTest test = literal();
    require(test.kind == Kind::string || test.kind == Kind::number);
    return test;
  }

  // All texts, or all numbers.
  std::vector<ValueTest> unwanted() {
    std::vector<ValueTest> tests;
    for (JsonText::Elements element(&json_); valid_ && element.next();) {
      tests.push_back(unwanted_literal());
      require(tests.back().kind == tests.front().kind);
    }
    require(!tests.empty());
    return tests;
  }

  ValueTest numeric() {
    ValueTest test = test_of(Kind::numeric);
    require(json_.kind() == JsonTextKind::array);
    JsonText::Elements element(&json_);
    int bounds = 0;
    for (; valid_ && element.next(); ++bounds) {
      require(json_.kind() == JsonTextKind::string);
      const std::string comparison = json_.string();
      require(element.next() && json_.kind() == JsonTextKind::number);
      if (valid_) bound(comparison, number(), bounds, &test.range);
    }
    require(bounds > 0 && test.range.low <= test.range.high);
    return test;
  }

  double number() {
    const std::string_view text = json_.number();
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    require(error == std::errc());
    return value;
  }

  // A lower bound may stand in front of an upper one, and "=" alone.
  void bound(std::string_view comparison, double value, int before, NumericRange* range) {
    const bool is_lower = comparison == ">" || comparison == ">=";
    const bool is_upper = comparison == "<" || comparison == "<=";
    const bool has_upper = range->high != std::numeric_limits<double>::infinity();
    require((before == 0 && (is_lower || is_upper || comparison == "=")) ||
            (before == 1 && is_upper && !has_upper));
    if (is_lower || comparison == "=") {
      range->low = value;
      range->includes_low = comparison != ">";
    }
    if (is_upper || comparison == "=") {
      range->high = value;
      range->includes_high = comparison != "<";
    }
  }

  JsonText json_;
  bool valid_ = true;
};

}  // namespace

Result<ObjectPattern> parse_filter_pattern(std::string_view json) {
  return PatternReader(json).pattern();
}

}  // namespace stator
