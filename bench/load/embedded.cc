// How many requests a database in this process answers on one thread.
//
//   stator_embedded PRELOAD OPERATION BODIES SECONDS      prints {"requests": .., "seconds": ..}
//
// PRELOAD has an operation and a body a line, with a tab between; BODIES has a body a line, which
// are asked in a circle.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "stator/database.h"

namespace {

using Clock = std::chrono::steady_clock;

// Between two looks at the clock.
constexpr int kRequestsAtOnce = 256;

[[noreturn]] void give_up(std::string_view why) {
  std::fprintf(stderr, "stator_embedded: %.*s\n", static_cast<int>(why.size()), why.data());
  std::exit(1);
}

std::vector<std::string> lines_of(const char* path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) give_up(std::string("nothing in ") + path);
  return lines;
}

void preload(const char* path, stator::Database* database) {
  for (const std::string& line : lines_of(path)) {
    const std::size_t tab = line.find('\t');
    const stator::Reply reply = database->call(line.substr(0, tab), line.substr(tab + 1));
    if (reply.status != 200) give_up(reply.body);
  }
}

// As an embedder calls that keeps its buffers.
class Caller {
 public:
  Caller(stator::Database* database, std::string_view operation, const char* bodies)
      : database_(*database), bodies_(lines_of(bodies)) {
    call_.operation = operation;
  }

  void call() {
    at_ = (at_ + 1) % bodies_.size();
    call_.body = bodies_[at_];
    database_.call(call_, &reply_);
    if (reply_.status != 200) give_up(reply_.body);
  }

 private:
  stator::Database& database_;
  const std::vector<std::string> bodies_;
  std::size_t at_ = 0;
  stator::Call call_;
  stator::Reply reply_;
};

}  // namespace

int main(int argument_count, char** arguments) {
  if (argument_count != 5) give_up("PRELOAD OPERATION BODIES SECONDS");
  const stator::OpenResult opened = stator::Database::open(
      {.capacity = stator::CapacityMode::observe});  // more than AWS lets four tables have
  if (!opened.database) give_up(opened.error);
  preload(arguments[1], opened.database.get());

  Caller caller(opened.database.get(), arguments[2], arguments[3]);
  const auto started = Clock::now();
  const auto deadline = started + std::chrono::seconds(std::atoi(arguments[4]));
  long requests = 0;
  for (; Clock::now() < deadline; requests += kRequestsAtOnce) {
    for (int i = 0; i < kRequestsAtOnce; ++i) caller.call();
  }
  const std::chrono::duration<double> took = Clock::now() - started;
  std::printf("{\"requests\": %ld, \"seconds\": %f}\n", requests, took.count());
}
