// One wire case: a request and the exact reply it must get, as tests/wire/README.md describes.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "json.h"

namespace stator::wire {

// What a reply must be. Absent parts are not looked at.
struct Expected {
  int status = 200;
  std::string type = {};                    // the exception's name; with '#' the whole __type
  std::optional<std::string> message = {};  // the exact text
  std::string message_re = {};              // ECMAScript, searched for in the text
  bool message_is_absent = false;
  std::optional<Json> out = {};      // the whole body
  std::optional<Json> out_has = {};  // members that the body has, among others
  std::vector<std::string> unordered = {};
};

// One request and its reply. `save` names parts of the reply for later steps: name -> JSON pointer.
struct Step {
  std::string operation;
  std::string body;
  Expected expected;
  Json save = Json::object();
};

struct Case {
  std::vector<Step> before;
  Step step;
  std::vector<Step> after;
};

// A case as its file has it: names are not replaced yet and generators not expanded.
struct CaseText {
  std::string name;
  std::vector<std::string> tables;  // names of fixtures
  Json json;
};

// Reads one file of cases.
//   errors  throws std::runtime_error that names the file and the case
std::vector<CaseText> load_cases(const std::string& path);

// Reads an expanded case.
//   errors  throws std::runtime_error on a member that is unknown or missing
Case parse_case(const Json& json);

// Reads one expanded step of "before" or "after".
Step parse_step(const Json& json);

// Of a step that sends nothing and lets time pass.
//   errors  throws std::runtime_error where it does more than that
std::optional<std::chrono::seconds> seconds_to_pass(const Json& step);

}  // namespace stator::wire
