// Any bytes as the body of any operation: an answer of status 200 or 400 in well-formed JSON, and
// afterwards a table that can still be read. The first byte chooses the operation.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "stator/database.h"

namespace stator {
namespace {

constexpr std::array<std::string_view, 16> kOperations = {
    "PutItem",     "GetItem",        "UpdateItem",        "DeleteItem",
    "Query",       "Scan",           "BatchGetItem",      "BatchWriteItem",
    "CreateTable", "DeleteTable",    "DescribeTable",     "ListTables",
    "UpdateTable", "DescribeLimits", "DescribeEndpoints", "NoSuchOperation"};

// What is stored stays for the inputs that follow, but not for so long that it fills the memory or
// that a crash depends on more than a few inputs.
constexpr int kCallsOfOneDatabase = 200;

void require(bool holds) {
  if (!holds) std::abort();
}

void expect_success(const Reply& reply) {
  require(reply.status == 200);
}

// Metered, but never throttled: an input may leave the table with one unit.
std::unique_ptr<Database> open_database() {
  OpenResult opened = Database::open({.capacity = CapacityMode::observe});
  require(opened.database != nullptr);
  expect_success(opened.database->call("CreateTable",
                                       R"({"TableName":"tbl","BillingMode":"PAY_PER_REQUEST",
          "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
                       {"AttributeName":"sk","KeyType":"RANGE"}],
          "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
                                  {"AttributeName":"sk","AttributeType":"N"}]})"));
  expect_success(opened.database->call(
      "PutItem", R"({"TableName":"tbl","Item":{"pk":{"S":"a"},"sk":{"N":"1"},"s":{"S":"x"},
          "n":{"N":"7"},"l":{"L":[{"N":"1"},{"S":"y"}]},"m":{"M":{"k":{"NULL":true}}},
          "t":{"SS":["u","v"]},"b":{"B":"AP8="}}})"));
  return std::move(opened.database);
}

Reply call(Database* database, std::string_view operation, const std::string& body) {
  Reply reply = database->call(operation, body);
  require(reply.status == 200 || reply.status == 400);
  require(nlohmann::json::accept(reply.body));
  return reply;
}

void expect_readable(Database* database) {
  const Reply reply = call(database, "Scan", R"({"TableName":"tbl"})");
  if (reply.status == 200 || reply.body.find("ResourceNotFound") != std::string::npos) return;
  std::fprintf(stderr, "a Scan is answered with %s\n", reply.body.c_str());
  std::abort();
}

}  // namespace
}  // namespace stator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Never closed at the end of the process, when RocksDB's own globals may be gone.
  static std::unique_ptr<stator::Database>& database = *new std::unique_ptr<stator::Database>();
  static int calls = 0;
  if (size == 0) return 0;
  if (calls++ % stator::kCallsOfOneDatabase == 0) database = stator::open_database();
  // A copy of its own, so that a read past the end is seen.
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  stator::call(database.get(), stator::kOperations[data[0] % stator::kOperations.size()], body);
  stator::expect_readable(database.get());
  return 0;
}
