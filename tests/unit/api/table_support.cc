#include "table_support.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

// The text of a member that holds no escapes.
std::string text_of(const std::string& body, const std::string& member) {
  const std::string start = "\"" + member + "\":\"";
  const std::size_t at = body.find(start);
  if (at == std::string::npos) return {};
  const std::size_t first = at + start.size();
  return body.substr(first, body.find('"', first) - first);
}

std::string of_tab(std::string_view members) {
  return R"({"TableName":"tab",)" + std::string(members) + "}";
}

}  // namespace

TableFixture::TableFixture(TransitionTimes transitions)
    : clock_(std::make_shared<ManualClock>(kStart)) {
  DatabaseOptions options;
  options.clock = clock_;
  options.seed = 7;
  options.transitions = transitions;
  database_ = Database::open(std::move(options)).database;
}

Reply TableFixture::call(std::string_view operation, std::string_view json) {
  return database_->call(operation, json);
}

std::string TableFixture::ok(std::string_view operation, std::string_view json) {
  const Reply reply = call(operation, json);
  EXPECT_EQ(reply.status, 200) << operation << " " << json << " -> " << reply.body;
  return reply.body;
}

std::string TableFixture::error(std::string_view operation, std::string_view json) {
  const Reply reply = call(operation, json);
  EXPECT_EQ(reply.status, 400) << operation << " " << json << " -> " << reply.body;
  const std::string type = text_of(reply.body, "__type");
  const std::string message = text_of(reply.body, "message");
  return type.substr(type.find('#') + 1) + ": " +
         (message.empty() ? text_of(reply.body, "Message") : message);
}

std::string TableFixture::create(std::string_view more) {
  return ok("CreateTable", of_tab(std::string(kKey) + "," + std::string(more)));
}

std::string TableFixture::update(std::string_view members) {
  return ok("UpdateTable", of_tab(members));
}

std::string TableFixture::update_error(std::string_view members) {
  return error("UpdateTable", of_tab(members));
}

std::string TableFixture::described() {
  return ok("DescribeTable", R"({"TableName":"tab"})");
}

std::string provisioned(int read_units, int write_units) {
  return R"("ProvisionedThroughput":{"ReadCapacityUnits":)" + std::to_string(read_units) +
         R"(,"WriteCapacityUnits":)" + std::to_string(write_units) + "}";
}

}  // namespace stator
