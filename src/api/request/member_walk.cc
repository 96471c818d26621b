#include "api/request/member_walk.h"

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

}  // namespace

void append(Broken&& more, Broken* all) {
  std::move(more.begin(), more.end(), std::back_inserter(*all));
}

void append(Finding&& more, Broken* all) {
  append(std::move(more.broken), all);
  append(std::move(more.inside), all);
}

Result<Finding> MemberWalk::member(const MemberRule& rule, JsonValue* json,
                                   const std::string& path) const {
  const std::string at = path_of(rule.name, path);
  if (json != nullptr) return value(*rule.value, json, at);
  Finding finding;
  if (rule.need == Need::optional) return finding;
  const std::string_view null = form_ == ConstraintForm::classic ? "null" : "";
  finding.broken.push_back({std::string(null), at, "Member must not be null"});
  return finding;
}

Result<Finding> MemberWalk::value(const ValueRule& rule, JsonValue* json,
                                  const std::string& path) const {
  switch (rule.kind) {
    case ValueKind::opaque:
      return Finding();
    case ValueKind::text:
    case ValueKind::table_name:
      return text(rule, TRY(json->string()), path);
    case ValueKind::integer:
      return integer(rule, TRY(json->integer()), path);
    case ValueKind::list:
      return list(rule, json, path);
    case ValueKind::map:
      return map(rule, json, path);
    case ValueKind::structure:
      break;
  }
  JsonMembers members = TRY(structure_of(json, rule.java_class, Place::member));
  return structure(rule, &members, path);
}

Finding MemberWalk::text(const ValueRule& rule, std::string_view text,
                         const std::string& path) const {
  Finding finding;
  finding.printed = std::string(text);
  finding.broken = broken_at(path, finding.printed, broken_by(rule, text));
  return finding;
}

Finding MemberWalk::integer(const ValueRule& rule, std::int64_t number,
                            const std::string& path) const {
  Finding finding;
  finding.printed = std::to_string(number);
  finding.broken = broken_at(path, finding.printed, broken_by(rule, number));
  return finding;
}

Result<Finding> MemberWalk::structure(const ValueRule& rule, JsonMembers* members,
                                      const std::string& path) const {
  std::vector<Finding> found =
      TRY(visit_members(rule.members, members, [&](const MemberRule& each, JsonValue* json) {
        return member(each, json, path);
      }));
  Finding all = printed_structure(rule);
  for (Finding& each : found) append(std::move(each), &all.inside);
  return all;
}

Result<Finding> MemberWalk::list(const ValueRule& rule, JsonValue* json,
                                 const std::string& path) const {
  Finding all = TRY(elements(rule, json, path));
  all.broken = broken_at(path, all.printed, broken_by(rule, all.count));
  return all;
}

// A list without its bounds, which its owner checks. Texts are told by their list, whichever is
// wrong.
Result<Finding> MemberWalk::elements(const ValueRule& rule, JsonValue* json,
                                     const std::string& path) const {
  Finding all;
  Printer printer('[');
  JsonElements elements = TRY(elements_of(json));
  while (TRY(elements.next())) {
    const std::string at = path + "." + std::to_string(++all.count) + ".member";
    Finding one = TRY(element(*rule.element, &elements.value(), at));
    printer.add(std::nullopt, one.printed);
    append(std::move(one), &all.inside);
  }
  all.printed = printer.close(']');
  if (all.inside.empty() || rule.element->kind != ValueKind::text) return all;
  all.inside = broken_at(path, all.printed,
                         {"Member must satisfy constraint: " + printed_constraints(*rule.element)});
  return all;
}

// An element that is null has no members.
Result<Finding> MemberWalk::element(const ValueRule& rule, JsonValue* json,
                                    const std::string& path) const {
  if (TRY(json->kind()) != JsonKind::null) return value(rule, json, path);
  TRY(json->skip());
  Finding finding = printed_structure(rule);
  for (const MemberRule& each : rule.members) {
    append(TRY(member(each, nullptr, path)), &finding.inside);
  }
  return finding;
}

// A map tells what is wrong with its keys, and with the bounds of lists that it holds.
Result<Finding> MemberWalk::map(const ValueRule& rule, JsonValue* json,
                                const std::string& path) const {
  const char* const start = json->start();
  const bool holds_lists = rule.element->kind == ValueKind::list;
  Finding all;
  Printer printer('{');
  bool admits_keys = true;
  bool admits_values = true;
  JsonMembers entries = TRY(JsonMembers::of(json));
  TRY(read_structure(&entries, [&](std::string_view key, JsonValue* entry) -> Result<void> {
    const std::string at = path + "." + std::string(key) + ".member";
    Finding one =
        TRY(holds_lists ? elements(*rule.element, entry, at) : value(*rule.element, entry, at));
    printer.add(key, one.printed);
    admits_keys = admits_keys && (rule.key == nullptr || admits(*rule.key, key));
    admits_values = admits_values && (!holds_lists || admits(*rule.element, one.count));
    append(std::move(one), &all.inside);
    ++all.count;
    return {};
  }));
  all.printed = printer.close('}');
  all.broken = broken_at(path, all.printed, broken_by(rule, all.count));
  if (!admits_keys) append(broken_keys(rule, path, all.printed, start), &all.broken);
  if (!admits_values) {
    const std::string text = "Map value must satisfy constraint: ";
    append(broken_at(path, all.printed, {text + printed_constraints(*rule.element)}), &all.broken);
  }
  return all;
}

std::string MemberWalk::path_of(std::string_view member, const std::string& path) const {
  const std::string name = form_ == ConstraintForm::classic ? camel(member) : std::string(member);
  return path.empty() ? name : path + "." + name;
}

Broken MemberWalk::broken_at(const std::string& path, const std::optional<std::string>& printed,
                             std::vector<std::string> constraints) const {
  const bool is_told = form_ == ConstraintForm::classic && printed;
  Broken broken;
  for (std::string& each : constraints) {
    broken.push_back({is_told ? "'" + *printed + "'" : "", path, std::move(each)});
  }
  return broken;
}

// AWS's newer layer tells keys in the classic form, and the map as it was written.
Broken MemberWalk::broken_keys(const ValueRule& rule, const std::string& path,
                               const std::optional<std::string>& printed, const char* start) const {
  const std::string text = "Map keys must satisfy constraint: " + printed_constraints(*rule.key);
  if (form_ == ConstraintForm::classic) return broken_at(path, printed, {text});
  return MemberWalk(ConstraintForm::classic).broken_at(camel(path), compact_json(start), {text});
}

}  // namespace stator
