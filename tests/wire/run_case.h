// Runs one wire case: creates its tables, sends its requests, compares, deletes the tables.
#pragma once

#include <string>
#include <vector>

#include "json.h"
#include "target.h"
#include "wire_case.h"

namespace stator::wire {

// Runs cases one after the other against one target. Every table it creates has a new name, so
// that cases can share a server with each other and with anything else.
class CaseRunner {
 public:
  // `fixtures` is tables.json: name -> CreateTable request; `prefix` begins all table names.
  CaseRunner(Target& target, Json fixtures, std::string prefix);

  // Whether the target can do all that the case asks for.
  bool can_run(const CaseText& text) const;

  // All that is wrong, one line each; none when the case passes.
  std::vector<std::string> run(const CaseText& text);

 private:
  void create_table(const std::string& fixture, const std::string& name);
  void wait_after(const Json& step);
  void wait_until_active(const std::string& name);
  void delete_table(const std::string& name);
  std::vector<std::string> run_steps(const Json& json);
  std::vector<std::string> run_step(const Json& json, const std::string& label);

  Target& target_;
  const Json fixtures_;
  const std::string prefix_;
  int cases_ = 0;
  Json saved_ = Json::object();  // of the case that runs
};

}  // namespace stator::wire
