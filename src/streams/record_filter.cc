#include "streams/record_filter.h"

#include <algorithm>
#include <charconv>

#include "base/ascii.h"
#include "streams/event_node.h"

namespace stator {
namespace {

using Kind = ValueTest::Kind;

bool is_in_range(const NumericRange& range, const EventNode& node) {
  const std::string_view text = node.text();
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && range.contains(value);
}

// Whether a scalar is as asked.
bool passes(const ValueTest& test, const EventNode& scalar) {
  const bool is_string = scalar.kind() == EventNode::Kind::string;
  const bool is_number = scalar.kind() == EventNode::Kind::number;
  switch (test.kind) {
    case Kind::string:
      return is_string && scalar.text() == test.text;
    case Kind::number:
      return is_number && scalar.text() == test.text;
    case Kind::boolean:
      return scalar.kind() == EventNode::Kind::boolean && scalar.text() == test.text;
    case Kind::null:
      return false;  // nothing in a change event is null: DynamoDB's is {"NULL": true}
    case Kind::prefix:
      return is_string && scalar.text().starts_with(test.text);
    case Kind::suffix:
      return is_string && scalar.text().ends_with(test.text);
    case Kind::equals_ignore_case:
      return is_string && equals_ignoring_case(scalar.text(), test.text);
    case Kind::numeric:
      return is_number && is_in_range(test.range, scalar);
    case Kind::anything_but:
      return std::none_of(test.but.begin(), test.but.end(),
                          [&scalar](const ValueTest& one) { return passes(one, scalar); });
    case Kind::exists:
      return test.exists;
  }
  return false;
}

bool passes_any(const std::vector<ValueTest>& tests, const EventNode& scalar) {
  return std::any_of(tests.begin(), tests.end(),
                     [&scalar](const ValueTest& test) { return passes(test, scalar); });
}

bool wants_absence(const std::vector<ValueTest>& tests) {
  return std::any_of(tests.begin(), tests.end(), [](const ValueTest& test) {
    return test.kind == Kind::exists && !test.exists;
  });
}

// Whether a scalar passes, or any in an array. An object is no leaf: for tests it is not there.
bool matches(const std::vector<ValueTest>& tests, const EventNode& node) {
  bool has_scalar = false;
  const auto visit = [&](const EventNode& value) {
    if (value.kind() == EventNode::Kind::object) return false;
    has_scalar = true;
    return passes_any(tests, value);
  };
  switch (node.kind()) {
    case EventNode::Kind::absent:
    case EventNode::Kind::object:
      break;
    case EventNode::Kind::array:
      if (node.any_element(visit)) return true;
      break;
    default:
      return passes_any(tests, node);
  }
  return !has_scalar && wants_absence(tests);
}

bool matches(const ObjectPattern& pattern, const EventNode& node);

bool matches(const FieldPattern& field, const EventNode& node) {
  return field.object ? matches(*field.object, node) : matches(field.tests, node);
}

bool matches_object(const ObjectPattern& pattern, const EventNode& node) {
  const auto field_matches = [&node](const FieldPattern& field) {
    return matches(field, node.member(field.name));
  };
  const auto matches_node = [&node](const ObjectPattern& one) { return matches_object(one, node); };
  if (!std::all_of(pattern.fields.begin(), pattern.fields.end(), field_matches)) return false;
  return pattern.any_of.empty() ||
         std::any_of(pattern.any_of.begin(), pattern.any_of.end(), matches_node);
}

// An array matches when one of its elements does: all members in the same one.
bool matches(const ObjectPattern& pattern, const EventNode& node) {
  if (node.kind() != EventNode::Kind::array) return matches_object(pattern, node);
  bool is_empty = true;
  const bool one_matches = node.any_element([&](const EventNode& element) {
    is_empty = false;
    return matches_object(pattern, element);
  });
  return one_matches || (is_empty && matches_object(pattern, EventNode()));
}

}  // namespace

Result<RecordFilter> RecordFilter::parse(std::span<const std::string> patterns) {
  if (patterns.size() > kFiltersMax) {
    return validation_error("FilterCriteria can have at most " + std::to_string(kFiltersMax) +
                            " filters.");
  }
  RecordFilter filter;
  for (const std::string& pattern : patterns) {
    if (pattern.size() > kFilterPatternLengthMax) {
      return validation_error("A filter pattern can have at most " +
                              std::to_string(kFilterPatternLengthMax) + " characters.");
    }
    filter.patterns_.push_back(TRY(parse_filter_pattern(pattern)));
  }
  return filter;
}

bool RecordFilter::matches(const ChangeEventView& event) const {
  if (patterns_.empty()) return true;
  const EventNode root(event);
  return std::any_of(patterns_.begin(), patterns_.end(), [&root](const ObjectPattern& pattern) {
    return matches_object(pattern, root);
  });
}

}  // namespace stator
