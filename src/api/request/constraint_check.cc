#include "api/request/constraint_check.h"

#include <utility>
#include <vector>

#include "api/constraint_errors.h"
#include "api/engine.h"
#include "api/request/constraint_forms.h"
#include "api/request/member_walk.h"
#include "api/request/rule_check.h"

namespace stator {
namespace {

// What is wrong with each member, in the order of the rules.
Result<std::vector<Finding>> walk_members(const RequestRules& rules, JsonMembers* members) {
  return visit_members(rules.members, members, [&](const MemberRule& rule, JsonValue* json) {
    return MemberWalk(form_of(rules.operation, rule.name)).member(rule, json);
  });
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
  std::vector<BrokenConstraint> broken;
  for (BrokenInside& each : told(rules, TRY(walk_members(rules, &members)))) {
    broken.push_back(std::move(each.constraint));
  }
  if (broken.empty()) return {};
  return constraint_error(broken);
}

Result<void> check_constraints(const RequestRules& rules, const Context& context) {
  return check_constraints(rules, context.json, &context.scratch.constraint_reader);
}

Result<void> check_table_name(std::string_view name, const ValueRule& rule) {
  if (admits(rule, name)) return {};
  std::vector<BrokenConstraint> broken;
  for (std::string& each : broken_by(rule, name)) {
    broken.push_back({"'" + std::string(name) + "'", "tableName", std::move(each)});
  }
  return constraint_error(broken);
}

}  // namespace stator
