#include "server/simulate_command.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <system_error>

#include "base/exit_status.h"
#include "stator/simulation.h"

namespace stator {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// Larger than any workload may be, whose reader says so.
constexpr std::size_t kFileBytesMax = 4 * 1024 * 1024;

int cannot_start(std::string_view why) {
  return fail(kExitCannotStart, why);
}

// Nothing, and why in errno, where it cannot be read.
std::optional<std::string> contents_of(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (!file) return std::nullopt;
  std::string text(kFileBytesMax, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file.get()));
  if (std::ferror(file.get()) != 0) return std::nullopt;
  return text;
}

bool write_file(const std::string& path, const std::string& text) {
  File file(std::fopen(path.c_str(), "wb"), &std::fclose);
  if (!file) return false;
  const bool is_written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
  return std::fclose(file.release()) == 0 && is_written;
}

// Of files, which may not be there yet; a device may be written to twice.
bool is_same_file(const std::filesystem::path& a, const std::filesystem::path& b) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(a, ignored)) {
    return std::filesystem::equivalent(a, b, ignored);
  }
  if (std::filesystem::exists(a, ignored)) return false;
  const auto whole = [&ignored](const std::filesystem::path& path) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path, ignored), ignored);
  };
  return !whole(a).empty() && whole(a) == whole(b);
}

// A file that would be written over the workload or over another report; empty: none.
std::string_view named_twice(const SimulateOptions& options) {
  const auto is_same = [](const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && is_same_file(a, b);
  };
  if (is_same(options.csv, options.workload)) return options.csv;
  if (is_same(options.html, options.workload) || is_same(options.html, options.csv)) {
    return options.html;
  }
  return {};
}

}  // namespace

int run_simulate(const SimulateOptions& options) {
  const std::string_view twice = named_twice(options);
  if (!twice.empty()) return cannot_start(fmt::format("{} is named twice", twice));
  const std::optional<std::string> workload = contents_of(options.workload);
  if (!workload) {
    return cannot_start(fmt::format("cannot read {}: {}", options.workload, std::strerror(errno)));
  }
  const WorkloadReports reports = simulate_workload(*workload, options.workload);
  if (!reports.error.empty()) return cannot_start(reports.error);
  for (const auto& [path, text] :
       {std::pair(&options.csv, &reports.csv), std::pair(&options.html, &reports.html)}) {
    if (path->empty() || write_file(*path, *text)) continue;
    return cannot_start(fmt::format("cannot write {}: {}", *path, std::strerror(errno)));
  }
  std::fputs(reports.text.c_str(), stdout);
  return end_of_output(kExitOk);
}

}  // namespace stator
