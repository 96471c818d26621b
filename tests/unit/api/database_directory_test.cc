#include <gmock/gmock.h>

#include <vector>

#include "../storage/temporary_directory.h"
#include "database_support.h"
#include "storage/row_key.h"
#include "storage/store.h"

namespace stator {
namespace {

using testing::HasSubstr;
using testing_support::answer;
using testing_support::kDescribe;
using testing_support::kGet;
using testing_support::kGot;
using testing_support::kPut;
using testing_support::open;
using testing_support::open_with_table;
using testing_support::TemporaryDirectory;

DatabaseOptions in_directory(std::string path) {
  DatabaseOptions options;
  options.directory = std::move(path);
  return options;
}

void expect_kept(DatabaseOptions options) {
  {
    const std::unique_ptr<Database> database = open_with_table(options);
    answer(database.get(), "PutItem", kPut);
    EXPECT_EQ(database->storage(), options.directory);
  }
  const std::unique_ptr<Database> database = open(options);
  EXPECT_EQ(answer(database.get(), "GetItem", kGet), kGot);
  EXPECT_THAT(answer(database.get(), "DescribeTable", kDescribe), HasSubstr(R"("ItemCount":1)"));
}

TEST(DatabaseDirectory, KeepsTablesAndItems) {
  const TemporaryDirectory directory;
  DatabaseOptions options = in_directory(directory.path_of("process"));
  expect_kept(options);
  options.directory = directory.path_of("power");
  options.durability = Durability::power;
  expect_kept(options);
}

TEST(DatabaseDirectory, IsWantedWhereALossOfPowerShallCostNothing) {
  const OpenResult opened = Database::open({.durability = Durability::power});
  EXPECT_EQ(opened.database, nullptr);
  EXPECT_EQ(opened.error, "a database that outlives a loss of power needs a directory");
}

// Overwrites every item of the first table.
void damage_items(const std::string& directory) {
  const std::unique_ptr<Store> store = *Store::open({.directory = directory});
  RowRange range;
  append_hash_start(1, 0, &range.first);
  range.end = keyspace_end(1);
  std::vector<std::string> keys;
  for (RowCursor rows = store->scan(range); rows.valid(); rows.next())
    keys.emplace_back(rows.key());
  ASSERT_FALSE(keys.empty());
  for (const std::string& key : keys) {
    const RowWrite damaged{.key = key, .value = "damaged"};
    ASSERT_TRUE(store->commit({&damaged, 1}));
  }
}

TEST(DatabaseDirectory, WithADamagedItemAnswersAnErrorAndNothingElse) {
  const TemporaryDirectory directory;
  answer(open_with_table(in_directory(directory.path())).get(), "PutItem", kPut);
  damage_items(directory.path());
  const std::unique_ptr<Database> database = open(in_directory(directory.path()));
  for (const auto& [operation, body] : {std::pair("GetItem", kGet), {"Scan", kDescribe}}) {
    const std::string error = answer(database.get(), operation, body, 500);
    EXPECT_TRUE(error.starts_with(
        R"({"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":)"))
        << error;
  }
}

TEST(DatabaseDirectory, ThatCannotBeUsedIsAnErrorInOneLine) {
  const TemporaryDirectory directory;
  directory.write("notes.txt", "mine");
  const auto before = directory.listing();
  const OpenResult opened = Database::open(in_directory(directory.path()));
  EXPECT_EQ(opened.database, nullptr);
  EXPECT_EQ(opened.error, "cannot use the directory " + directory.path() +
                              ": it is not empty and was not written by stator");
  EXPECT_EQ(directory.listing(), before);
}

TEST(DatabaseDirectory, BelongsToOneDatabaseAtATime) {
  const TemporaryDirectory directory;
  std::unique_ptr<Database> database = open(in_directory(directory.path()));
  const OpenResult second = Database::open(in_directory(directory.path()));
  EXPECT_EQ(second.database, nullptr);
  EXPECT_EQ(second.error,
            "cannot use the directory " + directory.path() + ": another process has it open");
  database.reset();
  open(in_directory(directory.path()));
}

}  // namespace
}  // namespace stator
