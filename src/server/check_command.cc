#include "server/check_command.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/exit_status.h"
#include "stator/database.h"

namespace stator {
namespace {

// "1 item", "2 items"
std::string count_of(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

// "no problem found", "3 problems"
std::string outcome_of(const CheckReport& report) {
  if (report.problem_count == 0) return "no problem found";
  std::string text = count_of(report.problem_count, "problem");
  const std::size_t shown = report.problems.size();
  return shown < report.problem_count ? fmt::format("{}, the first {} of them above", text, shown)
                                      : text;
}

}  // namespace

int run_check(const std::string& directory) {
  const CheckResult result = check_directory(directory);
  if (!result.error.empty()) return fail(kExitCannotStart, result.error);
  const CheckReport& report = result.report;
  for (const std::string& problem : report.problems) std::puts(problem.c_str());
  std::puts(fmt::format("checked {}, {}, {}, {}: {}", count_of(report.tables, "table"),
                        count_of(report.items, "item"), count_of(report.index_rows, "index row"),
                        count_of(report.stream_records, "stream record"), outcome_of(report))
                .c_str());
  return end_of_output(report.problem_count == 0 ? kExitOk : kExitFailed);
}

}  // namespace stator
