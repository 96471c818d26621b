// Goes through a member of a request and all that is in it, and finds the constraints that are
// broken there.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/constraint_errors.h"
#include "api/json_reader.h"
#include "api/request/constraint_forms.h"
#include "api/request/request_rules.h"
#include "api/request/shape_reader.h"
#include "base/result.h"

namespace stator {

// A constraint that is broken, and how AWS words it. Its path begins at the value that it was found
// in: who goes on to the owner of that value puts the value's place before it.
struct BrokenInside {
  BrokenConstraint constraint;
  ConstraintForm form = ConstraintForm::classic;
};

// In AWS's order, and no more than AWS tells: a request is no larger than its errors then.
using Broken = std::vector<BrokenInside>;

// What was found in a value.
struct Finding {
  Broken broken;                       // by the value itself
  Broken inside;                       // by what is in it
  std::optional<std::string> printed;  // the value as AWS prints it; nothing where it does not
  std::int64_t count = 0;              // of elements
};

// Appends as many as AWS tells.
void append(Broken&& more, Broken* all);
void append(Finding&& more, Broken* all);  // what is broken by the value, then what is inside

// Visits the members of a structure, and gives what was found in the order of the rules, whatever
// the request's is. Of two members with one name the later stands.
//   visit(rule, json)  json is null where the request has no such member, or null in its place
template <typename Visit>
Result<std::vector<Finding>> visit_members(std::span<const MemberRule> rules, JsonMembers* members,
                                           const Visit& visit) {
  std::vector<std::optional<Finding>> met(rules.size());
  TRY(read_structure(members, [&](std::string_view name, JsonValue* json) -> Result<void> {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (rules[i].name == name) met[i] = TRY(visit(rules[i], json));
    }
    return {};
  }));
  std::vector<Finding> found;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    found.push_back(met[i] ? *std::move(met[i]) : TRY(visit(rules[i], nullptr)));
  }
  return found;
}

// A value without state: all that it knows is how AWS words what it finds.
class MemberWalk {
 public:
  explicit MemberWalk(ConstraintForm form) : form_(form) {}

  // A member of a structure; the paths of what is found begin with its name.
  //   errors  serialization: a value of the wrong type, where the request's reader skips it
  Result<Finding> member(const MemberRule& rule, JsonValue* json) const;

 private:
  Result<Finding> value(const ValueRule& rule, JsonValue* json, Place place = Place::member) const;
  Finding text(const ValueRule& rule, std::string_view text) const;
  Finding integer(const ValueRule& rule, std::int64_t number) const;
  Finding missing(const MemberRule& rule) const;
  Result<Finding> structure(const ValueRule& rule, JsonMembers* members) const;
  Result<Finding> list(const ValueRule& rule, JsonValue* json) const;
  Result<Finding> elements(const ValueRule& rule, JsonValue* json) const;
  Result<Finding> element(const ValueRule& rule, JsonValue* json) const;
  Result<Finding> map(const ValueRule& rule, JsonValue* json) const;

  Broken broken_by_value(const std::optional<std::string>& printed,
                         std::vector<std::string> constraints) const;
  Broken broken_keys(const ValueRule& rule, const std::optional<std::string>& printed,
                     const char* start) const;

  const ConstraintForm form_;
};

}  // namespace stator
