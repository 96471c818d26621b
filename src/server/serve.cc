#include "server/serve.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>
#include <thread>
#include <utility>

#include "base/ending_signals.h"
#include "base/start_thread.h"
#include "stator/functions.h"

namespace stator {

namespace {

// A write blocks its thread in fsync while the commits of the others gather for the next one.
constexpr int kSyncingThreadsMin = 16;

// More do not help: a thread answers some hundred thousand requests a second.
constexpr int kThreadsMax = 4;

// Whoever started this process and holds the other end of its standard input is gone, however that
// happened. The thread ends with the process.
Result<void> end_at_eof() {
  TRY(start_thread([] {
    char ignored[256];
    ssize_t count = 0;
    do {
      count = read(STDIN_FILENO, ignored, sizeof ignored);
    } while (count > 0 || (count < 0 && errno == EINTR));
    kill(getpid(), SIGTERM);
  })).detach();
  return {};
}

void wait_for(const sigset_t& signals) {
  int received = 0;
  while (sigwait(&signals, &received) != 0) {
  }
}

// Each connection is a descriptor, and so is each file of the database.
void raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

int cannot_start(std::string_view why) {
  return fail(kExitCannotStart, why);
}

void say_ready(const HttpServer& server, const Database& database, std::chrono::nanoseconds age) {
  const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(age).count();
  std::fputs(fmt::format("stator {} ready on http://{}, storage {}, started in {} ms\n", version(),
                         server.address(), database.storage(), milliseconds)
                 .c_str(),
             stdout);
  std::fflush(stdout);
}

LogLevel level_of(FunctionLogLine::Level level) {
  switch (level) {
    case FunctionLogLine::Level::error:
      return LogLevel::error;
    case FunctionLogLine::Level::warn:
      return LogLevel::warn;
    case FunctionLogLine::Level::info:
      break;
  }
  return LogLevel::info;
}

void write_line(const FunctionLogLine& line, Log* log) {
  const LogLevel level = level_of(line.level);
  if (line.function.empty()) return log->write(level, line.message, {{"text", line.text}});
  log->write(level, line.message, {{"function", line.function}, {"text", line.text}});
}

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  if (file.peek() == std::ifstream::traits_type::eof()) {  // an empty file, or a directory
    return file.bad() ? std::nullopt : std::optional(std::string());
  }
  std::ostringstream text;
  if (!(text << file.rdbuf())) return std::nullopt;
  return std::move(text).str();
}

FunctionsResult start_functions(const ServeOptions& options, Database* database, Log* log) {
  FunctionsOptions functions;
  functions.log = [log](const FunctionLogLine& line) { write_line(line, log); };
  const std::string& path = options.functions_file;
  if (!path.empty()) {
    std::optional<std::string> text = read_file(path);
    if (!text) return {nullptr, "cannot read " + path};
    if (text->empty()) return {nullptr, path + ": is empty"};
    functions.file = *std::move(text);
  }
  FunctionsResult started = Functions::start(database, std::move(functions));
  if (!started.functions && !path.empty()) started.error = path + ": " + started.error;
  return started;
}

}  // namespace

int default_io_threads(Durability durability) {
  const int cores = static_cast<int>(std::thread::hardware_concurrency());
  if (durability == Durability::power) return std::max(cores, kSyncingThreadsMin);
  return std::clamp(cores, 1, kThreadsMax);
}

int serve(const ServeOptions& options, const ProcessStart& start) {
  const sigset_t signals = block_ending_signals();
  std::signal(SIGPIPE, SIG_IGN);
  raise_descriptor_limit();
  const SystemClock clock{};
  Log log(options.log, clock);

  HttpServerOptions http = options.http;
  http.threads = options.threads.value_or(default_io_threads(options.database.durability));
  auto server = HttpServer::listen(http);
  if (!server) return cannot_start(server.error().message());
  const OpenResult opened = Database::open(options.database);
  if (!opened.database) return cannot_start(opened.error);

  const FunctionsResult started = start_functions(options, opened.database.get(), &log);
  if (!started.functions) return cannot_start(started.error);

  if (options.until_eof) {
    const Result<void> watching = end_at_eof();
    if (!watching) return cannot_start(watching.error().message());
  }
  const Result<void> serving = (*server)->start({.database = *opened.database,
                                                 .log = log,
                                                 .clock = clock,
                                                 .admin = options.admin,
                                                 .health = options.health,
                                                 .functions = started.functions.get()});
  if (!serving) return cannot_start(serving.error().message());
  std::fputs(options.banner.c_str(), stdout);
  say_ready(**server, *opened.database,
            start.age + (std::chrono::steady_clock::now() - start.main_entered));
  wait_for(signals);
  log.write(LogLevel::info, "stopping");
  opened.database->remove_faults();  // or what waits because of them would be waited for
  (*server)->stop();
  return kExitOk;
}

}  // namespace stator
