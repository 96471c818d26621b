// The check of a database, as an embedder calls it.
#include <gmock/gmock.h>

#include "../storage/temporary_directory.h"
#include "database_support.h"
#include "storage/row_key.h"
#include "storage/store.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing_support::answer;
using testing_support::kPut;
using testing_support::open_with_table;
using testing_support::TemporaryDirectory;

DatabaseOptions in_directory(const TemporaryDirectory& directory) {
  DatabaseOptions options;
  options.directory = directory.path();
  return options;
}

void expect_one_sound_item(const CheckResult& result) {
  EXPECT_EQ(result.error, "");
  EXPECT_THAT(result.report.problems, IsEmpty());
  EXPECT_EQ(result.report.problem_count, 0U);
  EXPECT_EQ(result.report.tables, 1U);
  EXPECT_EQ(result.report.items, 1U);
  EXPECT_EQ(result.report.index_rows, 0U);
}

TEST(DatabaseCheck, ReadsAnOpenDatabaseInMemoryAndInADirectory) {
  const TemporaryDirectory directory;
  for (const DatabaseOptions& options : {DatabaseOptions(), in_directory(directory)}) {
    const std::unique_ptr<Database> database = open_with_table(options);
    answer(database.get(), "PutItem", kPut);
    expect_one_sound_item(database->check());
  }
}

TEST(DatabaseCheck, ReadsADirectoryAndChangesNothing) {
  const TemporaryDirectory directory;
  answer(open_with_table(in_directory(directory)).get(), "PutItem", kPut);
  const auto before = directory.listing();
  expect_one_sound_item(check_directory(directory.path()));
  EXPECT_EQ(directory.listing(), before);
}

TEST(DatabaseCheck, ReportsWhatIsWrong) {
  const TemporaryDirectory directory;
  { open_with_table(in_directory(directory)); }
  {
    std::string key;
    append_hash_start(1, 0, &key);
    const RowWrite damaged{.key = key, .value = "damaged"};
    ASSERT_TRUE((*Store::open({.directory = directory.path()}))->commit({&damaged, 1}));
  }
  const CheckResult result = check_directory(directory.path());
  EXPECT_EQ(result.error, "");
  EXPECT_EQ(result.report.problem_count, 1U);
  EXPECT_THAT(result.report.problems,
              ElementsAre("table table, row 0x000000010000000000000000: "
                          "the item cannot be used: its bytes are damaged"));
}

TEST(DatabaseCheck, OfADirectoryThatCannotBeReadIsAnError) {
  const TemporaryDirectory directory;
  EXPECT_EQ(check_directory(directory.path_of("missing")).error,
            "cannot use the directory " + directory.path_of("missing") + ": it does not exist");
  EXPECT_THAT(directory.listing(), IsEmpty());
  const std::unique_ptr<Database> owner = open_with_table(in_directory(directory));
  EXPECT_EQ(check_directory(directory.path()).error,
            "cannot use the directory " + directory.path() + ": another process has it open");
}

}  // namespace
}  // namespace stator
