#include "run_case.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <thread>

#include "expand.h"
#include "match.h"

namespace stator::wire {
namespace {

// A remote server takes its time to create a table; in process the first look finds it ACTIVE.
constexpr int kLooksMax = 1000;
constexpr std::chrono::milliseconds kLookAgainAfter{20};

std::string numbered(int number) {
  std::array<char, 16> text;
  const int size = std::snprintf(text.data(), text.size(), "%05d", number);
  return {text.data(), static_cast<std::size_t>(size)};
}

Json one_table(const std::string& name) {
  return {{"TableName", name}};
}

Json with_saved(const Json& json, const Json& saved) {
  return saved.empty() ? json : replace_saved(json, saved);
}

}  // namespace

CaseRunner::CaseRunner(Target& target, Json fixtures, std::string prefix)
    : target_(target), fixtures_(std::move(fixtures)), prefix_(std::move(prefix)) {}

bool CaseRunner::can_run(const CaseText& text) const {
  if (target_.can_advance()) return true;
  for (const char* steps : {"before", "after"}) {
    for (const Json& step : text.json.value(steps, Json::array())) {
      if (seconds_to_pass(step)) return false;
    }
  }
  return true;
}

std::vector<std::string> CaseRunner::run(const CaseText& text) {
  saved_ = Json::object();
  const std::string base = prefix_ + numbered(cases_++);
  Names names{.tables = {}, .unused = base + "-new"};
  for (std::size_t i = 0; i < text.tables.size(); ++i) {
    names.tables.push_back(base + "-" + std::to_string(i + 1) + "-" + text.tables[i]);
    create_table(text.tables[i], names.tables.back());
  }
  Json json = text.json;
  json.erase("name");
  json.erase("source");
  std::vector<std::string> found = run_steps(expand(json, names));
  names.tables.push_back(names.unused);
  for (const std::string& name : names.tables) delete_table(name);
  return found;
}

std::vector<std::string> CaseRunner::run_steps(const Json& json) {
  for (const Json& step : json.value("before", Json::array())) {
    const std::vector<std::string> found = run_step(step, "before: ");
    if (!found.empty()) return found;
    wait_after(step);
  }
  Json main = json;
  for (const char* member : {"table", "before", "after"}) main.erase(member);
  std::vector<std::string> found = run_step(main, "");
  if (json.contains("after")) wait_after(main);
  for (const Json& step : json.value("after", Json::array())) {
    for (std::string& line : run_step(step, "after: ")) found.push_back(std::move(line));
    wait_after(step);
  }
  return found;
}

std::vector<std::string> CaseRunner::run_step(const Json& json, const std::string& label) {
  if (const auto seconds = seconds_to_pass(json)) {
    target_.advance(*seconds);
    return {};
  }
  const Step step = parse_step(with_saved(json, saved_));
  const Answer answer = target_.call(step.operation, step.body);
  std::vector<std::string> found = faults(step.expected, answer.status, answer.body);
  for (std::string& line : found) line.insert(0, label);
  if (!found.empty() || step.save.empty()) return found;
  const Json reply = Json::parse(answer.body);
  for (const auto& [name, pointer] : step.save.items()) {
    const Json::json_pointer at(pointer.get<std::string>());
    if (reply.contains(at)) {
      saved_[name] = reply[at];
    } else {
      found.push_back(label + "nothing to save at " + pointer.get<std::string>());
    }
  }
  return found;
}

void CaseRunner::create_table(const std::string& fixture, const std::string& name) {
  Json request = fixtures_.at(fixture);
  request["TableName"] = name;
  const Answer answer = target_.call("CreateTable", request.dump());
  if (answer.status != 200) throw std::runtime_error("CreateTable " + fixture + ": " + answer.body);
  wait_until_active(name);
}

// What follows a change of a table is about the table as it is after that.
void CaseRunner::wait_after(const Json& step) {
  const std::string operation = step.value("op", "");
  const bool changes = operation == "CreateTable" || operation == "UpdateTable";
  if (!changes || step.value("status", 200) != 200 || !step.contains("in")) return;
  const std::string name = step["in"].value("TableName", "");
  if (!name.empty()) wait_until_active(name);
}

void CaseRunner::wait_until_active(const std::string& name) {
  for (int look = 0; look < kLooksMax; ++look) {
    if (look > 0) std::this_thread::sleep_for(kLookAgainAfter);
    const Answer answer = target_.call("DescribeTable", one_table(name).dump());
    const Json reply = Json::parse(answer.body);
    if (answer.status == 200 && reply["Table"]["TableStatus"] == "ACTIVE") return;
  }
  throw std::runtime_error("the table " + name + " does not become ACTIVE");
}

// A case may have deleted, never created or protected a table.
void CaseRunner::delete_table(const std::string& name) {
  const Answer answer = target_.call("DeleteTable", one_table(name).dump());
  if (answer.body.find("protected against deletion") == std::string::npos) return;
  Json request = one_table(name);
  request["DeletionProtectionEnabled"] = false;
  target_.call("UpdateTable", request.dump());
  target_.call("DeleteTable", one_table(name).dump());
}

}  // namespace stator::wire
