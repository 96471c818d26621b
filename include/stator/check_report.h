// What a check of a store found; see Database::check.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace stator {

// A value.
struct CheckReport {
  std::size_t tables = 0;  // and what was read of them; without those that are being deleted
  std::size_t items = 0;
  std::size_t index_rows = 0;
  std::size_t stream_records = 0;
  std::size_t problem_count = 0;
  std::vector<std::string> problems{};  // the first of them, at most kProblemsMax; a line each

  static constexpr std::size_t kProblemsMax = 100;
};

}  // namespace stator
