#include "api/request/constraint_check.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "api/constraint_errors.h"
#include "api/engine.h"
#include "api/request/constraint_forms.h"
#include "api/request/rule_check.h"
#include "api/request/shape_reader.h"

namespace stator {
namespace {

using Broken = std::vector<BrokenConstraint>;

// What was found in a value.
struct Finding {
  Broken broken;                       // by the value itself
  Broken inside;                       // by what is in it
  std::optional<std::string> printed;  // the value as AWS prints it; nothing where it does not
  std::int64_t count = 0;              // of elements
};

void append(Broken&& more, Broken* all) {
  std::move(more.begin(), more.end(), std::back_inserter(*all));
}

void append(Finding&& more, Broken* all) {
  append(std::move(more.broken), all);
  append(std::move(more.inside), all);
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

  void add(std::string_view key, const std::optional<std::string>& value) {
    if (!is_first_) text_ += ", ";
    if (!key.empty()) text_.append(key).append("=");
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

// Goes through one member of a request and all that is in it.
class MemberWalk {
 public:
  explicit MemberWalk(ConstraintForm form) : form_(form) {}

  // The value at `path`, which is not null.
  Result<Finding> walk(const ValueRule& rule, JsonValue* json, const std::string& path) const {
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

  // A member that is absent or null.
  Finding absent(const MemberRule& member, const std::string& path) const {
    Finding finding;
    if (member.need == Need::optional) return finding;
    const std::string_view value = form_ == ConstraintForm::classic ? "null" : "";
    finding.broken.push_back({std::string(value), path, "Member must not be null"});
    return finding;
  }

  // "keySchema", in the newer form "KeySchema".
  std::string member_name(std::string_view name) const {
    std::string text(name);
    if (form_ == ConstraintForm::classic) text[0] = static_cast<char>(text[0] | ('a' - 'A'));
    return text;
  }

 private:
  Broken broken_at(const std::string& path, const std::optional<std::string>& printed,
                   std::vector<std::string> constraints) const {
    const bool is_told = form_ == ConstraintForm::classic && printed;
    Broken broken;
    for (std::string& each : constraints) {
      broken.push_back({is_told ? "'" + *printed + "'" : "", path, std::move(each)});
    }
    return broken;
  }

  static Finding finding_of(Broken broken, std::string printed) {
    Finding finding;
    finding.broken = std::move(broken);
    finding.printed = std::move(printed);
    return finding;
  }

  Finding text(const ValueRule& rule, std::string_view text, const std::string& path) const {
    std::string printed(text);
    return finding_of(broken_at(path, printed, broken_by(rule, text)), printed);
  }

  Finding integer(const ValueRule& rule, std::int64_t number, const std::string& path) const {
    std::string printed = std::to_string(number);
    return finding_of(broken_at(path, printed, broken_by(rule, number)), printed);
  }

  // Members in the order of the rules, whatever the request's is; of two with one name the later
  // stands.
  Result<Finding> structure(const ValueRule& rule, JsonMembers* members,
                            const std::string& path) const {
    std::vector<std::optional<Finding>> found(rule.members.size());
    TRY(read_structure(members, [&](std::string_view name, JsonValue* json) -> Result<void> {
      for (std::size_t i = 0; i < found.size(); ++i) {
        if (rule.members[i].name != name) continue;
        found[i] = TRY(walk(*rule.members[i].value, json, path + "." + member_name(name)));
      }
      return {};
    }));
    Finding all = printed_as(rule);
    for (std::size_t i = 0; i < found.size(); ++i) {
      const MemberRule& member = rule.members[i];
      if (!found[i]) found[i] = absent(member, path + "." + member_name(member.name));
      append(*std::move(found[i]), &all.inside);
    }
    return all;
  }

  static Finding printed_as(const ValueRule& rule) {
    Finding finding;
    if (!rule.java_class.empty()) {
      finding.printed = "com.amazonaws.dynamodb.v20120810." + std::string(rule.java_class);
    }
    return finding;
  }

  // An element that is null has no members.
  Result<Finding> element(const ValueRule& rule, JsonValue* json, const std::string& path) const {
    if (TRY(json->kind()) != JsonKind::null) return walk(rule, json, path);
    TRY(json->skip());
    Finding finding = printed_as(rule);
    for (const MemberRule& member : rule.members) {
      append(absent(member, path + "." + member_name(member.name)), &finding.inside);
    }
    return finding;
  }

  // A list without its bounds, which its owner checks. Texts are told by their list, whichever is
  // wrong.
  Result<Finding> elements(const ValueRule& rule, JsonValue* json, const std::string& path) const {
    Finding all;
    Printer printer('[');
    JsonElements elements = TRY(elements_of(json));
    while (TRY(elements.next())) {
      const std::string at = path + "." + std::to_string(++all.count) + ".member";
      Finding one = TRY(element(*rule.element, &elements.value(), at));
      printer.add("", one.printed);
      append(std::move(one), &all.inside);
    }
    all.printed = printer.close(']');
    if (all.inside.empty() || rule.element->kind != ValueKind::text) return all;
    all.inside =
        broken_at(path, all.printed,
                  {"Member must satisfy constraint: " + printed_constraints(*rule.element)});
    return all;
  }

  Result<Finding> list(const ValueRule& rule, JsonValue* json, const std::string& path) const {
    Finding all = TRY(elements(rule, json, path));
    all.broken = broken_at(path, all.printed, broken_by(rule, all.count));
    return all;
  }

  // A map tells what is wrong with its keys, and with the bounds of lists that it holds.
  Result<Finding> map(const ValueRule& rule, JsonValue* json, const std::string& path) const {
    const char* const start = json->start();
    const bool holds_lists = rule.element->kind == ValueKind::list;
    Finding all;
    Printer printer('{');
    bool admits_keys = true;
    bool admits_values = true;
    JsonMembers entries = TRY(JsonMembers::of(json));
    TRY(read_structure(&entries, [&](std::string_view key, JsonValue* value) -> Result<void> {
      const std::string at = path + "." + std::string(key) + ".member";
      Finding one =
          TRY(holds_lists ? elements(*rule.element, value, at) : walk(*rule.element, value, at));
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
    if (!admits_values) append(broken_values(rule, path, all.printed), &all.broken);
    return all;
  }

  Broken broken_values(const ValueRule& rule, const std::string& path,
                       const std::optional<std::string>& printed) const {
    return broken_at(path, printed,
                     {"Map value must satisfy constraint: " + printed_constraints(*rule.element)});
  }

  // AWS's newer layer tells keys in the classic form, and the map as it was written.
  Broken broken_keys(const ValueRule& rule, const std::string& path,
                     const std::optional<std::string>& printed, const char* start) const {
    const std::string text = "Map keys must satisfy constraint: " + printed_constraints(*rule.key);
    if (form_ == ConstraintForm::classic) return broken_at(path, printed, {text});
    const MemberWalk classic(ConstraintForm::classic);
    return classic.broken_at(classic.member_name(path), compact_json(start), {text});
  }

  const ConstraintForm form_;
};

// What is wrong with each member, in the order of the rules.
Result<std::vector<Finding>> walk_members(const RequestRules& rules, JsonMembers* members) {
  const auto walk_of = [&](const MemberRule& member) {
    return MemberWalk(form_of(rules.operation, member.name));
  };
  std::vector<std::optional<Finding>> found(rules.members.size());
  TRY(read_structure(members, [&](std::string_view name, JsonValue* json) -> Result<void> {
    for (std::size_t i = 0; i < found.size(); ++i) {
      const MemberRule& member = rules.members[i];
      if (member.name != name) continue;
      const MemberWalk walk = walk_of(member);
      found[i] = TRY(walk.walk(*member.value, json, walk.member_name(name)));
    }
    return {};
  }));
  std::vector<Finding> all;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const MemberRule& member = rules.members[i];
    const MemberWalk walk = walk_of(member);
    all.push_back(found[i] ? *std::move(found[i])
                           : walk.absent(member, walk.member_name(member.name)));
  }
  return all;
}

// What AWS tells of all that was found.
Broken told(const RequestRules& rules, std::vector<Finding> found) {
  Broken classic;
  Broken inside_last;
  Broken newer;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const MemberRule& member = rules.members[i];
    if (member.told == Told::alone && !found[i].broken.empty()) return std::move(found[i].broken);
    if (member.told == Told::inside_last) inside_last = std::exchange(found[i].inside, {});
    const bool is_newer = form_of(rules.operation, member.name) == ConstraintForm::newer;
    append(std::move(found[i]), is_newer ? &newer : &classic);
  }
  append(std::move(inside_last), &classic);
  if (classic.empty() && !newer.empty()) return {std::move(newer.front())};
  return classic;
}

}  // namespace

Result<void> check_constraints(const RequestRules& rules, std::string_view json,
                               JsonReader* reader) {
  JsonMembers members = TRY(reader->open(json));
  const Broken broken = told(rules, TRY(walk_members(rules, &members)));
  if (broken.empty()) return {};
  return constraint_error(broken);
}

Result<void> check_constraints(const RequestRules& rules, const Context& context) {
  return check_constraints(rules, context.json, &context.scratch.constraint_reader);
}

Result<void> check_table_name(const std::optional<std::string_view>& name, const ValueRule& rule) {
  if (name && admits(rule, *name)) return {};
  Broken broken;
  if (!name) broken.push_back({"null", "tableName", "Member must not be null"});
  if (name) {
    for (std::string& each : broken_by(rule, *name)) {
      broken.push_back({"'" + std::string(*name) + "'", "tableName", std::move(each)});
    }
  }
  return constraint_error(broken);
}

}  // namespace stator
