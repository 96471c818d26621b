#include "wire_case.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <stdexcept>
#include <string_view>

namespace stator::wire {
namespace {

constexpr std::array<std::string_view, 11> kStepMembers = {
    "op",         "in",  "raw",     "status",    "type", "message",
    "message_re", "out", "out_has", "unordered", "save"};
constexpr std::array<std::string_view, 5> kCaseMembers = {"name", "source", "table", "before",
                                                          "after"};

bool is_one_of(std::string_view name, const auto& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A misspelt "mesage" would make a case that checks nothing.
void refuse_unknown_members(const Json& json, bool in_case) {
  for (const auto& [name, value] : json.items()) {
    if (is_one_of(name, kStepMembers) || (in_case && is_one_of(name, kCaseMembers))) continue;
    throw std::runtime_error("unknown member \"" + name + "\"");
  }
}

std::vector<std::string> strings_of(const Json& json) {
  if (json.is_string()) return {json.get<std::string>()};
  return json.get<std::vector<std::string>>();
}

Expected parse_expected(const Json& json) {
  Expected expected;
  expected.status = json.value("status", 200);
  expected.type = json.value("type", "");
  expected.message_re = json.value("message_re", "");
  if (json.contains("message")) {
    expected.message_is_absent = json["message"].is_null();
    if (!expected.message_is_absent) expected.message = json["message"].get<std::string>();
  }
  if (json.contains("out")) expected.out = json["out"];
  if (json.contains("out_has")) expected.out_has = json["out_has"];
  if (json.contains("unordered")) expected.unordered = strings_of(json["unordered"]);
  return expected;
}

// Empty for a generator of a string that is not yet expanded.
std::string raw_body(const Json& raw) {
  return raw.is_string() ? raw.get<std::string>() : "";
}

Step read_step(const Json& json) {
  Step step;
  step.operation = json.at("op").get<std::string>();
  step.body = json.contains("raw") ? raw_body(json["raw"]) : json.at("in").dump();
  step.expected = parse_expected(json);
  if (json.contains("save")) step.save = json["save"];
  return step;
}

void check_that_failures_are_named(const Json& json) {
  if (json.value("status", 200) == 200) {
    if (json.contains("out") || json.contains("out_has")) return;
    throw std::runtime_error("a success needs \"out\" or \"out_has\"");
  }
  if (!json.contains("type") || (!json.contains("message") && !json.contains("message_re"))) {
    throw std::runtime_error("a failure needs \"type\" and \"message\" or \"message_re\"");
  }
}

CaseText read_case(const Json& json) {
  refuse_unknown_members(json, true);
  if (!json.contains("source")) throw std::runtime_error("no source");
  check_that_failures_are_named(json);
  CaseText text{.name = json["name"].get<std::string>(), .tables = {}, .json = json};
  if (json.contains("table")) text.tables = strings_of(json["table"]);
  parse_case(json);
  return text;
}

}  // namespace

Step parse_step(const Json& json) {
  refuse_unknown_members(json, false);
  return read_step(json);
}

std::optional<std::chrono::seconds> seconds_to_pass(const Json& step) {
  if (!step.contains("advance")) return std::nullopt;
  if (step.size() > 1) throw std::runtime_error("\"advance\" stands alone");
  return std::chrono::seconds(step["advance"].get<std::int64_t>());
}

Case parse_case(const Json& json) {
  Case result;
  result.step = read_step(json);
  if (json.contains("before")) {
    for (const Json& step : json["before"]) {
      if (step.contains("$repeat")) continue;  // a generator of steps, when not yet expanded
      if (seconds_to_pass(step)) continue;
      result.before.push_back(parse_step(step));
    }
  }
  if (json.contains("after")) {
    for (const Json& step : json["after"]) {
      if (!seconds_to_pass(step)) result.after.push_back(parse_step(step));
    }
  }
  return result;
}

std::vector<CaseText> load_cases(const std::string& path) {
  std::ifstream file(path);
  const Json json = Json::parse(file);
  std::vector<CaseText> cases;
  std::set<std::string> names;
  for (const Json& entry : json) {
    const std::string name = entry.value("name", "without a name");
    try {
      if (!names.insert(name).second) throw std::runtime_error("the name is there twice");
      cases.push_back(read_case(entry));
    } catch (const std::exception& failure) {
      throw std::runtime_error(path + ": " + name + ": " + failure.what());
    }
  }
  return cases;
}

}  // namespace stator::wire
