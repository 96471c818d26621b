// What stands for something else in a wire case, and putting that in its place.
//
//   "... $T ..."   in any string or member name: the first table's created name; $T2 the second's
//   "$new"         in any string: a name that no table has
//   "$saved:key"   a whole string: what an earlier step of the case saved under that name
//   "$x:400"       a whole string or member name: 400 times the letter x
//   "$b64:400"     a whole string: 400 bytes in base64
//   "$nest:31"     a whole string: an attribute value of 31 lists around {"S": "x"}
//   "$nest_map:31" the same of maps, each with the one member "a"
//   {"$repeat": 3, "value": v}               in a list: three elements; "$i" in v is 0, 1, 2
//   {"$join": " AND ", "$repeat": 3, "value": "a = :a"}    one string,
//                                          which "begin" may begin and "end" end
//   {"$members": 3, "key": ":v$i", "value": v}             an object of three members
#pragma once

#include <string>
#include <vector>

#include "json.h"

namespace stator::wire {

struct Names {
  std::vector<std::string> tables;
  std::string unused;  // "$new"
};

// Replaces the names and expands the generators in all of `json`.
Json expand(const Json& json, const Names& names);

// Replaces each "$saved:key" by the member `key` of `saved`.
Json replace_saved(const Json& json, const Json& saved);

}  // namespace stator::wire
