#include "server/simulate_command.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>

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

}  // namespace

int run_simulate(const SimulateOptions& options) {
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
