// A database with one table and one item, and its answers as text, for the tests of embedding.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "stator/database.h"

namespace stator::testing_support {

// A database that must open; in memory unless the options say otherwise.
inline std::unique_ptr<Database> open(DatabaseOptions options = {}) {
  OpenResult opened = Database::open(std::move(options));
  EXPECT_NE(opened.database, nullptr) << opened.error;
  EXPECT_EQ(opened.error, "");
  return std::move(opened.database);
}

inline constexpr char kCreateTable[] =
    R"({"TableName":"table","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
    R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)"
    R"("BillingMode":"PAY_PER_REQUEST"})";
inline constexpr char kPut[] = R"({"TableName":"table","Item":{"pk":{"S":"k"},"n":{"N":"1"}}})";
inline constexpr char kGet[] = R"({"TableName":"table","Key":{"pk":{"S":"k"}}})";
inline constexpr char kGot[] = R"({"Item":{"n":{"N":"1"},"pk":{"S":"k"}}})";
inline constexpr char kDescribe[] = R"({"TableName":"table"})";

inline constexpr char kMalformed[] =
    R"({"__type":"com.amazon.coral.service#SerializationException"})";
inline constexpr char kUnknown[] =
    R"({"__type":"com.amazon.coral.service#UnknownOperationException"})";
inline constexpr char kNotFound[] =
    R"({"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",)"
    R"("message":"Requested resource not found"})";

// The body of a reply that must have this status.
inline std::string answer(Database* database, std::string_view operation, std::string_view json,
                          int status = 200) {
  const Reply reply = database->call(operation, json);
  EXPECT_EQ(reply.status, status) << reply.body;
  return reply.body;
}

inline std::string failure(Database* database, std::string_view operation, std::string_view json) {
  return answer(database, operation, json, 400);
}

inline std::unique_ptr<Database> open_with_table(DatabaseOptions options = {}) {
  std::unique_ptr<Database> database = open(std::move(options));
  answer(database.get(), "CreateTable", kCreateTable);
  return database;
}

}  // namespace stator::testing_support
