#include "shell/shell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "shell/table_keys.h"
#include "stator/database.h"

namespace stator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kCreateTable =
    R"({"TableName":"tab","BillingMode":"PAY_PER_REQUEST",
        "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},
                     {"AttributeName":"sk","KeyType":"RANGE"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},
                                {"AttributeName":"sk","AttributeType":"N"}],
        "GlobalSecondaryIndexes":[{"IndexName":"idx","Projection":{"ProjectionType":"ALL"},
                                   "KeySchema":[{"AttributeName":"sk","KeyType":"HASH"}]}]})";

class ShellTest : public testing::Test {
 protected:
  ShellTest() {
    const Reply created = database_->call("CreateTable", kCreateTable);
    EXPECT_EQ(created.status, 200) << created.body;
  }

  Dynamo dynamo() {
    return [this](std::string_view operation, std::string_view json) -> Result<DynamoAnswer> {
      asked_.emplace_back(operation);
      Reply reply = database_->call(operation, json);
      return DynamoAnswer{.status = reply.status, .json = std::move(reply.body)};
    };
  }

  // Whether the lines succeeded; what they print is in out_ and errors_.
  bool run(const std::vector<std::string>& lines, ShellSettings settings = {}) {
    out_.clear();
    errors_.clear();
    prompts_.clear();
    Shell shell(
        dynamo(), settings, [this](std::string_view text) { out_ += text; },
        [this](std::string_view text) { errors_ += text; });
    std::size_t next = 0;
    return shell.run([&](const std::string& prompt) {
      prompts_.push_back(prompt);
      if (next == lines.size()) return InputLine{.kind = InputLine::Kind::end};
      return InputLine{.kind = InputLine::Kind::line, .text = lines[next++]};
    });
  }

  void insert(int count) {
    for (int i = 0; i < count; ++i) {
      ASSERT_TRUE(run({"INSERT INTO tab VALUE {'pk': 'a', 'sk': " + std::to_string(i) + "}"}));
    }
  }

  const std::unique_ptr<Database> database_ = Database::open({}).database;
  std::vector<std::string> asked_;
  std::vector<std::string> prompts_;
  std::string out_;
  std::string errors_;
};

TEST_F(ShellTest, ShowsItemsAsATable) {
  EXPECT_TRUE(
      run({"INSERT INTO tab VALUE {'a': 'x', 'pk': 'p', 'sk': 1};", "SELECT *", "FROM tab"}));
  EXPECT_EQ(out_,
            "pk  | sk | a\n"
            "----+----+----\n"
            "'p' | 1  | 'x'\n"
            "1 item\n");
  EXPECT_EQ(errors_, "");
}

TEST_F(ShellTest, ShowsItemsAsJson) {
  EXPECT_TRUE(run({"INSERT INTO tab VALUE {'pk': 'p', 'sk': 1}; SELECT * FROM tab;"},
                  {.output = ShellOutput::json}));
  EXPECT_EQ(out_, "{\"pk\":{\"S\":\"p\"},\"sk\":{\"N\":\"1\"}}\n");
}

TEST_F(ShellTest, ReadsAllPagesOfAScript) {
  const std::string fill(300'000, 'x');
  for (int i = 0; i < 8; ++i) {
    const std::string item = R"({"TableName":"tab","Item":{"pk":{"S":"a"},"sk":{"N":")" +
                             std::to_string(i) + R"("},"f":{"S":")" + fill + "\"}}}";
    ASSERT_EQ(database_->call("PutItem", item).status, 200);
  }
  asked_.clear();
  EXPECT_TRUE(run({"SELECT sk FROM tab"}));
  EXPECT_THAT(out_, HasSubstr("8 items\n"));
  EXPECT_GT(std::count(asked_.begin(), asked_.end(), "ExecuteStatement"), 2);
}

TEST_F(ShellTest, EndsAScriptAtItsFirstError) {
  EXPECT_FALSE(run({"INSERT INTO tab VALUE {'pk': 'p', 'sk': 1};", "", "SELECT COUNT(a) FROM tab;",
                    "INSERT INTO tab VALUE {'pk': 'p', 'sk': 2};"}));
  EXPECT_THAT(errors_, testing::StartsWith("stator: line 3: ValidationException: "));
  EXPECT_THAT(errors_, testing::EndsWith("SELECT COUNT(a) FROM tab\n       ^^^^^\n"));
  EXPECT_TRUE(run({"SELECT sk FROM tab;"}));
  EXPECT_THAT(out_, HasSubstr("1 item\n"));
}

TEST_F(ShellTest, GoesOnAfterAnErrorWhereAPersonReadsAlong) {
  EXPECT_TRUE(run({"SELECT * FROM nowhere;", "SELECT * FROM tab;"}, {.is_interactive = true}));
  EXPECT_EQ(errors_, "ResourceNotFoundException: Requested resource not found\n");
  EXPECT_EQ(out_, "0 items, 2 capacity units\n");
}

TEST_F(ShellTest, WaitsForEnterBetweenPagesWhereAPersonReadsAlong) {
  insert(120);
  EXPECT_TRUE(run({"SELECT sk FROM tab;", "", "", "SELECT", "pk FROM tab WHERE sk = 7;"},
                  {.is_interactive = true}));
  EXPECT_THAT(out_, HasSubstr("\n49\n50 items, "));
  EXPECT_THAT(out_, HasSubstr("\n99\n100 items, "));
  EXPECT_THAT(out_, HasSubstr("\n119\n120 items, "));
  EXPECT_THAT(prompts_, ElementsAre("stator> ", "more: Enter> ", "more: Enter> ", "stator> ",
                                    "   ...> ", "stator> "));
}

TEST_F(ShellTest, AStatementEndsThePagesOfTheOneBefore) {
  insert(60);
  EXPECT_TRUE(run({"SELECT sk FROM tab;", "SELECT pk FROM tab WHERE pk = 'b';", ""},
                  {.is_interactive = true}));
  EXPECT_THAT(out_, testing::Not(HasSubstr("\n59\n")));
}

TEST_F(ShellTest, GivesParametersToOneStatement) {
  insert(3);
  EXPECT_TRUE(run({".parameters [{\"S\": \"a\"}, {\"N\": \"2\"}]",
                   "SELECT sk FROM tab WHERE pk = ? AND sk = ?; SELECT sk FROM tab;"},
                  {.output = ShellOutput::json}));
  EXPECT_EQ(out_,
            "{\"sk\":{\"N\":\"2\"}}\n"
            "{\"sk\":{\"N\":\"0\"}}\n{\"sk\":{\"N\":\"1\"}}\n{\"sk\":{\"N\":\"2\"}}\n");
  EXPECT_FALSE(run({".parameters {}"}));
  EXPECT_THAT(errors_, HasSubstr("line 1: .parameters takes a JSON array"));
}

TEST_F(ShellTest, KnowsTablesAndTheirKeys) {
  EXPECT_TRUE(run({".tables", ".describe tab"}));
  EXPECT_EQ(out_, "tab\n\"tab\": pk S, sk N\n\"tab\".\"idx\": sk N\n");
  EXPECT_FALSE(run({".describe xyz"}));
  EXPECT_THAT(errors_, HasSubstr("ResourceNotFoundException: "));
}

TEST_F(ShellTest, ChangesItsOutput) {
  insert(1);
  EXPECT_TRUE(run({".output json", "SELECT sk FROM tab;", ".output table", "SELECT sk FROM tab;"}));
  EXPECT_EQ(out_, "{\"sk\":{\"N\":\"0\"}}\nsk\n--\n0\n1 item\n");
  EXPECT_FALSE(run({".output xml"}));
}

TEST_F(ShellTest, QuitsBeforeWhatFollows) {
  EXPECT_TRUE(run({".quit", "nonsense;"}));
  EXPECT_EQ(errors_, "");
}

TEST_F(ShellTest, RefusesACommandThatIsNone) {
  EXPECT_FALSE(run({"", ".tabels"}));
  EXPECT_EQ(errors_, "stator: line 2: no such command: .tabels (.help tells more)\n");
}

TEST_F(ShellTest, AnInterruptDropsWhatHasBegun) {
  Shell shell(
      dynamo(), {.is_interactive = true}, [this](std::string_view text) { out_ += text; },
      [this](std::string_view text) { errors_ += text; });
  const std::vector<InputLine> lines = {{.text = "SELECT 'x"},
                                        {.kind = InputLine::Kind::interrupt},
                                        {.text = "SELECT * FROM tab;"},
                                        {.kind = InputLine::Kind::end}};
  std::size_t next = 0;
  EXPECT_TRUE(shell.run([&](const std::string&) { return lines[next++]; }));
  EXPECT_EQ(errors_, "");
  EXPECT_EQ(out_, "0 items, 2 capacity units\n");
}

TEST(TableIn, IsTheNameBehindItsKeyword) {
  EXPECT_EQ(table_in("select * from t where a = 1"), "t");
  EXPECT_EQ(table_in("INSERT INTO \"my-table\" VALUE {}"), "my-table");
  EXPECT_EQ(table_in("UPDATE x SET a = 'FROM y'"), "x");
  EXPECT_EQ(table_in("SELECT \"FROM"), "");
  EXPECT_EQ(table_in("SELECT * FROM"), "");
}

}  // namespace
}  // namespace stator
