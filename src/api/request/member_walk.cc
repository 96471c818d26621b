#include "api/request/member_walk.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "api/request/rule_check.h"

namespace stator {
namespace {

// "keySchema"
std::string camel(std::string_view name) {
  std::string text(name);
  if (text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

// A JSON object without the blanks between its tokens.
//   at  its brace; well-formed, so that it has an end
std::string compact_json(const char* at) {
  std::string text;
  int depth = 0;
  bool is_in_string = false;
  do {
    const char c = *at++;
    const bool is_blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (is_in_string || !is_blank) text.push_back(c);
    if (c == '\\') text.push_back(*at++);
    if (c == '"') is_in_string = !is_in_string;
    if (!is_in_string && (c == '{' || c == '[')) ++depth;
    if (!is_in_string && (c == '}' || c == ']')) --depth;
  } while (depth > 0);
  return text;
}

// The elements of a list or map, printed one after the other.
class Printer {
 public:
  explicit Printer(char open) : text_(1, open) {}

  void add(std::optional<std::string_view> key, const std::optional<std::string>& value) {
    if (!is_first_) text_ += ", ";
    if (key) text_.append(*key).append("=");
    text_ += value.value_or("");
    is_known_ = is_known_ && value.has_value();
    is_first_ = false;
  }

  std::optional<std::string> close(char close) {
    if (!is_known_) return std::nullopt;
    return text_ + close;
  }

 private:
  std::string text_;
  bool is_known_ = true;
  bool is_first_ = true;
};

Finding printed_structure(const ValueRule& rule) {
  Finding finding;
  if (!rule.java_class.empty()) {
    finding.printed = "com.amazonaws.dynamodb.v20120810." + std::string(rule.java_class);
  }
  return finding;
}

// How AWS names a member in a path.
std::string place_of(const MemberRule& rule, ConstraintForm form) {
  return form == ConstraintForm::classic ? camel(rule.name) : std::string(rule.name);
}

void put_before(std::string_view place, std::string* path) {
  if (!path->empty()) path->insert(0, ".");
  path->insert(0, place);
}

// Appends what was found in an element of a list or map, as far as AWS tells it.
void append_at(std::string_view place, Finding&& more, Broken* all) {
  const std::size_t before = all->size();
  append(std::move(more), all);
  for (std::size_t i = before; i < all->size(); ++i) put_before(place, &(*all)[i].constraint.path);
}

}  // namespace

void append(Broken&& more, Broken* all) {
  const std::size_t room = kBrokenConstraintsMax - all->size();
  const auto end = more.begin() + static_cast<std::ptrdiff_t>(std::min(room, more.size()));
  all->insert(all->end(), std::make_move_iterator(more.begin()), std::make_move_iterator(end));
}

void append(Finding&& more, Broken* all) {
  append(std::move(more.broken), all);
  append(std::move(more.inside), all);
}

Result<Finding> MemberWalk::member(const MemberRule& rule, JsonValue* json) const {
  Finding finding = json == nullptr ? missing(rule) : TRY(value(*rule.value, json));
  for (Broken* const part : {&finding.broken, &finding.inside}) {
    for (BrokenInside& each : *part) put_before(place_of(rule, each.form), &each.constraint.path);
  }
  return finding;
}

Finding MemberWalk::missing(const MemberRule& rule) const {
  Finding finding;
  if (rule.need == Need::optional) return finding;
  const std::string_view null = form_ == ConstraintForm::classic ? "null" : "";
  finding.broken.push_back({{std::string(null), "", "Member must not be null"}, form_});
  return finding;
}

Result<Finding> MemberWalk::value(const ValueRule& rule, JsonValue* json, Place place) const {
  switch (rule.kind) {
    case ValueKind::opaque:
      return Finding();
    case ValueKind::real:
      TRY(json->real());
      return Finding();
    case ValueKind::boolean:
      TRY(json->boolean());
      return Finding();
    case ValueKind::text:
    case ValueKind::table_name:
      return text(rule, TRY(json->string()));
    case ValueKind::integer:
      return integer(rule, TRY(json->integer()));
    case ValueKind::long_integer:
      return integer(rule, TRY(read_long(json)));
    case ValueKind::list:
      return list(rule, json);
    case ValueKind::map:
      return map(rule, json);
    case ValueKind::structure:
      break;
  }
  JsonMembers members = TRY(structure_of(json, rule.java_class, place));
  return structure(rule, &members);
}

Finding MemberWalk::text(const ValueRule& rule, std::string_view text) const {
  Finding finding;
  finding.printed = std::string(text);
  finding.broken = broken_by_value(finding.printed, broken_by(rule, text));
  return finding;
}

Finding MemberWalk::integer(const ValueRule& rule, std::int64_t number) const {
  Finding finding;
  finding.printed = std::to_string(number);
  finding.broken = broken_by_value(finding.printed, broken_by(rule, number));
  return finding;
}

Result<Finding> MemberWalk::structure(const ValueRule& rule, JsonMembers* members) const {
  std::vector<Finding> found =
      TRY(visit_members(rule.members, members, [&](const MemberRule& each, JsonValue* json) {
        return member(each, json);
      }));
  Finding all = printed_structure(rule);
  for (Finding& each : found) append(std::move(each), &all.inside);
  return all;
}

Result<Finding> MemberWalk::list(const ValueRule& rule, JsonValue* json) const {
  Finding all = TRY(elements(rule, json));
  all.broken = broken_by_value(all.printed, broken_by(rule, all.count));
  return all;
}

// A list without its bounds, which its owner checks. Texts are told by their list, whichever is
// wrong.
Result<Finding> MemberWalk::elements(const ValueRule& rule, JsonValue* json) const {
  Finding all;
  Printer printer('[');
  JsonElements elements = TRY(elements_of(json));
  while (TRY(elements.next())) {
    Finding one = TRY(element(*rule.element, &elements.value()));
    printer.add(std::nullopt, one.printed);
    append_at(std::to_string(++all.count) + ".member", std::move(one), &all.inside);
  }
  all.printed = printer.close(']');
  if (all.inside.empty() || rule.element->kind != ValueKind::text) return all;
  all.inside = broken_by_value(
      all.printed, {"Member must satisfy constraint: " + printed_constraints(*rule.element)});
  return all;
}

// An element that is null has no members.
Result<Finding> MemberWalk::element(const ValueRule& rule, JsonValue* json) const {
  if (TRY(json->kind()) != JsonKind::null) return value(rule, json, Place::element);
  TRY(json->skip());
  Finding finding = printed_structure(rule);
  for (const MemberRule& each : rule.members) {
    append(TRY(member(each, nullptr)), &finding.inside);
  }
  return finding;
}

// A map tells what is wrong with its keys, and with the bounds of lists that it holds.
Result<Finding> MemberWalk::map(const ValueRule& rule, JsonValue* json) const {
  const char* const start = json->start();
  const bool holds_lists = rule.element->kind == ValueKind::list;
  Finding all;
  Printer printer('{');
  bool admits_keys = true;
  bool admits_values = true;
  JsonMembers entries = TRY(JsonMembers::of(json));
  TRY(read_structure(&entries, [&](std::string_view key, JsonValue* entry) -> Result<void> {
    Finding one = TRY(holds_lists ? elements(*rule.element, entry) : value(*rule.element, entry));
    printer.add(key, one.printed);
    admits_keys = admits_keys && (rule.key == nullptr || admits(*rule.key, key));
    admits_values = admits_values && (!holds_lists || admits(*rule.element, one.count));
    append_at(std::string(key) + ".member", std::move(one), &all.inside);
    ++all.count;
    return {};
  }));
  all.printed = printer.close('}');
  all.broken = broken_by_value(all.printed, broken_by(rule, all.count));
  if (!admits_keys) append(broken_keys(rule, all.printed, start), &all.broken);
  if (!admits_values) {
    const std::string text = "Map value must satisfy constraint: ";
    append(broken_by_value(all.printed, {text + printed_constraints(*rule.element)}), &all.broken);
  }
  return all;
}

Broken MemberWalk::broken_by_value(const std::optional<std::string>& printed,
                                   std::vector<std::string> constraints) const {
  const bool is_told = form_ == ConstraintForm::classic && printed;
  Broken broken;
  for (std::string& each : constraints) {
    broken.push_back({{is_told ? "'" + *printed + "'" : "", "", std::move(each)}, form_});
  }
  return broken;
}

// AWS's newer layer tells keys in the classic form, and the map as it was written.
Broken MemberWalk::broken_keys(const ValueRule& rule, const std::optional<std::string>& printed,
                               const char* start) const {
  const std::string text = "Map keys must satisfy constraint: " + printed_constraints(*rule.key);
  if (form_ == ConstraintForm::classic) return broken_by_value(printed, {text});
  return MemberWalk(ConstraintForm::classic).broken_by_value(compact_json(start), {text});
}

}  // namespace stator
