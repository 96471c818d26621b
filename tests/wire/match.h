// Compares a reply with what a case expects and says where they differ.
//
// Members of objects are unordered, and so are the elements of SS, NS and BS and of the lists that
// the case names. Numbers compare by value. In the expected JSON a string may stand for more:
//   "$any"        anything that is there
//   "$absent"     nothing: the member must not be there
//   "$re:<text>"  a string in which the regular expression is found
#pragma once

#include <string>
#include <vector>

#include "json.h"
#include "wire_case.h"

namespace stator::wire {

enum class Extra { refused, allowed };  // members that the expected JSON does not name

// The differences, one line each with the path; none when `actual` is as expected.
std::vector<std::string> differences(const Json& expected, const Json& actual, Extra extra,
                                     const std::vector<std::string>& unordered);

// All that is wrong with a reply, one line each.
std::vector<std::string> faults(const Expected& expected, int status, const std::string& body);

}  // namespace stator::wire
