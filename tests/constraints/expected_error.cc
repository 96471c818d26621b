#include "expected_error.h"

#include <algorithm>

namespace stator::constraints {
namespace {

void add(const std::vector<Broken>& more, std::vector<Broken>* all) {
  all->insert(all->end(), more.begin(), more.end());
}

std::vector<Broken> classic(const std::vector<BrokenMember>& members) {
  std::vector<Broken> all;
  for (const BrokenMember& member : members) {
    if (member.is_newer) continue;
    add(member.own, &all);
    if (!member.is_inside_last) add(member.inside, &all);
  }
  for (const BrokenMember& member : members) {
    if (member.is_inside_last) add(member.inside, &all);
  }
  return all;
}

std::vector<Broken> first_newer(const std::vector<BrokenMember>& members) {
  std::vector<Broken> all;
  for (const BrokenMember& member : members) {
    if (!member.is_newer) continue;
    add(member.own, &all);
    add(member.inside, &all);
  }
  all.resize(std::min<std::size_t>(all.size(), 1));
  return all;
}

}  // namespace

std::vector<Broken> told(const std::vector<BrokenMember>& members) {
  for (const BrokenMember& member : members) {
    if (member.is_told_alone && !member.own.empty()) return member.own;
  }
  std::vector<Broken> all = classic(members);
  if (all.empty()) all = first_newer(members);
  all.resize(std::min<std::size_t>(all.size(), 10));
  return all;
}

std::string message(const std::vector<Broken>& told) {
  std::string text = std::to_string(told.size()) + " validation error" +
                     (told.size() == 1 ? "" : "s") + " detected: ";
  for (std::size_t i = 0; i < told.size(); ++i) {
    text += i == 0 ? "" : "; ";
    text += "Value " + told[i].value + (told[i].value.empty() ? "" : " ");
    text += "at '" + told[i].path + "' failed to satisfy constraint: " + told[i].constraint;
  }
  return text;
}

}  // namespace stator::constraints
