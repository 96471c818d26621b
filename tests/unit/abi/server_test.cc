#include "stator/server.h"

#include <gtest/gtest.h>

#include "http_client.h"

namespace stator {
namespace {

using support::HttpClient;

std::unique_ptr<Database> open() {
  return Database::open({}).database;
}

TEST(Server, ServesItsDatabaseOnAFreePort) {
  const auto database = open();
  const ServerResult started = Server::start(database.get(), {});
  ASSERT_TRUE(started.server) << started.error;
  const std::string port = std::to_string(started.server->port());
  EXPECT_EQ(started.server->endpoint(), "http://127.0.0.1:" + port);
  EXPECT_EQ(HttpClient("127.0.0.1", port).call("ListTables", "{}").body, R"({"TableNames":[]})");
}

TEST(Server, TwoInAProcessServeTheirOwnDatabases) {
  const auto first = open();
  const auto second = open();
  const ServerResult first_started = Server::start(first.get(), {});
  const ServerResult second_started = Server::start(second.get(), {});
  first->call("CreateTable", R"({"TableName": "T1-",
      "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
      "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
      "BillingMode": "PAY_PER_REQUEST"})");
  HttpClient to_first("127.0.0.1", std::to_string(first_started.server->port()));
  HttpClient to_second("127.0.0.1", std::to_string(second_started.server->port()));
  EXPECT_EQ(to_first.call("ListTables", "{}").body, R"({"TableNames":["T1-"]})");
  EXPECT_EQ(to_second.call("ListTables", "{}").body, R"({"TableNames":[]})");
}

TEST(Server, SaysWhichAddressItCannotHave) {
  const auto database = open();
  const ServerResult first = Server::start(database.get(), {});
  const ServerResult second = Server::start(database.get(), {.port = first.server->port()});
  EXPECT_FALSE(second.server);
  EXPECT_NE(second.error.find("127.0.0.1:" + std::to_string(first.server->port())),
            std::string::npos)
      << second.error;
}

TEST(Server, GivesItsPortBack) {
  const auto database = open();
  std::uint16_t port = 0;
  {
    const ServerResult first = Server::start(database.get(), {});
    port = first.server->port();
    EXPECT_EQ(HttpClient("127.0.0.1", std::to_string(port)).call("ListTables", "{}").status, 200);
  }
  const ServerResult again = Server::start(database.get(), {.port = port});
  EXPECT_TRUE(again.server) << again.error;
}

}  // namespace
}  // namespace stator
