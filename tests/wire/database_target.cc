#include <atomic>
#include <stdexcept>

#include "stator/clock.h"
#include "stator/database.h"
#include "target.h"

namespace stator::wire {
namespace {

// The machine's clock, and what was leapt over.
class LeapingClock final : public Clock {
 public:
  TimePoint now() const override { return machine_.now() + leapt_.load(); }
  void leap(std::chrono::seconds by) { leapt_.store(leapt_.load() + by); }

 private:
  SystemClock machine_;
  std::atomic<std::chrono::seconds> leapt_{};
};

class DatabaseTarget final : public Target {
 public:
  DatabaseTarget(std::unique_ptr<Database> database, std::shared_ptr<LeapingClock> clock)
      : database_(std::move(database)), clock_(std::move(clock)) {}

  Answer call(const std::string& operation, const std::string& body) override {
    Reply reply = database_->call(operation, body);
    return {.status = reply.status, .body = std::move(reply.body)};
  }

  bool can_advance() const override { return true; }
  void advance(std::chrono::seconds by) override { clock_->leap(by); }

 private:
  const std::unique_ptr<Database> database_;
  const std::shared_ptr<LeapingClock> clock_;
};

}  // namespace

std::unique_ptr<Target> open_database_target() {
  const auto clock = std::make_shared<LeapingClock>();
  DatabaseOptions options;
  options.clock = clock;
  OpenResult opened = Database::open(std::move(options));
  if (!opened.database) throw std::runtime_error(opened.error);
  return std::make_unique<DatabaseTarget>(std::move(opened.database), clock);
}

}  // namespace stator::wire
