#include <stdexcept>

#include "stator/database.h"
#include "target.h"

namespace stator::wire {
namespace {

class DatabaseTarget final : public Target {
 public:
  explicit DatabaseTarget(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  Answer call(const std::string& operation, const std::string& body) override {
    Reply reply = database_->call(operation, body);
    return {.status = reply.status, .body = std::move(reply.body)};
  }

 private:
  const std::unique_ptr<Database> database_;
};

}  // namespace

std::unique_ptr<Target> open_database_target() {
  OpenResult opened = Database::open({});
  if (!opened.database) throw std::runtime_error(opened.error);
  return std::make_unique<DatabaseTarget>(std::move(opened.database));
}

}  // namespace stator::wire
