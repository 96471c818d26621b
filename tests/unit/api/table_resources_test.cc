// Tags, policies and continuous backups of tables: what wire cases do not see.
#include <gmock/gmock.h>

#include "../storage/temporary_directory.h"
#include "database_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::failure;
using testing_support::open;
using testing_support::open_with_table;
using testing_support::TemporaryDirectory;

constexpr char kTag[] = R"({"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/table",)"
                        R"("Tags":[{"Key":"b","Value":"2"},{"Key":"a","Value":"1"}]})";
constexpr char kUntag[] =
    R"({"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/table","TagKeys":["b"]})";
constexpr char kResource[] =
    R"({"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/table"})";
constexpr char kPutPolicy[] =
    R"({"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/table","Policy":"{\"Statement\":[]}"})";
constexpr char kTable[] = R"({"TableName":"table"})";

std::string enable_recovery(int days) {
  return R"({"TableName":"table","PointInTimeRecoverySpecification":)"
         R"({"PointInTimeRecoveryEnabled":true,"RecoveryPeriodInDays":)" +
         std::to_string(days) + "}}";
}

constexpr char kDisableRecovery[] = R"({"TableName":"table","PointInTimeRecoverySpecification":)"
                                    R"({"PointInTimeRecoveryEnabled":false}})";

TEST(Tags, AreAnsweredWithAnEmptyBody) {
  const std::unique_ptr<Database> database = open_with_table();
  EXPECT_EQ(answer(database.get(), "TagResource", kTag), "");
  EXPECT_EQ(answer(database.get(), "UntagResource", kUntag), "");
}

TEST(Tags, AreListedByKey) {
  const std::unique_ptr<Database> database = open_with_table();
  answer(database.get(), "TagResource", kTag);
  EXPECT_EQ(answer(database.get(), "ListTagsOfResource", kResource),
            R"({"Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]})");
}

TEST(Tags, NeedATableThatIsNoLongerCreated) {
  const auto clock = std::make_shared<ManualClock>(TimePoint(1'700'000'000s));
  DatabaseOptions options;
  options.clock = clock;
  options.transitions.creating = 5s;
  const std::unique_ptr<Database> database = open_with_table(std::move(options));
  const std::string missing =
      "Requested resource not found: ResourceArn: "
      "arn:aws:dynamodb:us-east-1:000000000000:table/table not found";
  EXPECT_THAT(failure(database.get(), "TagResource", kTag), HasSubstr(missing));
  EXPECT_EQ(answer(database.get(), "ListTagsOfResource", kResource), R"({"Tags":[]})");
  clock->advance(5s);
  EXPECT_EQ(answer(database.get(), "TagResource", kTag), "");
}

TEST(TableResources, AreThereAfterARestart) {
  const TemporaryDirectory directory;
  DatabaseOptions options;
  options.directory = directory.path();
  std::string recovery;
  std::string policy;
  {
    const std::unique_ptr<Database> database = open_with_table(options);
    answer(database.get(), "TagResource", kTag);
    answer(database.get(), "PutResourcePolicy", kPutPolicy);
    policy = answer(database.get(), "GetResourcePolicy", kResource);
    answer(database.get(), "UpdateContinuousBackups", enable_recovery(7));
  }
  const std::unique_ptr<Database> database = open(options);
  EXPECT_THAT(answer(database.get(), "ListTagsOfResource", kResource),
              HasSubstr(R"({"Key":"a","Value":"1"})"));
  EXPECT_EQ(answer(database.get(), "GetResourcePolicy", kResource), policy);
  EXPECT_THAT(answer(database.get(), "DescribeContinuousBackups", kTable),
              HasSubstr(R"("RecoveryPeriodInDays":7)"));
}

class PointInTimeRecoveryTest : public testing::Test {
 protected:
  PointInTimeRecoveryTest() {
    DatabaseOptions options;
    options.clock = clock_;
    database_ = open_with_table(std::move(options));
  }

  std::string described() { return answer(database_.get(), "DescribeContinuousBackups", kTable); }
  void update(const std::string& request) {
    answer(database_.get(), "UpdateContinuousBackups", request);
  }
  static std::string times(const std::string& earliest, const std::string& latest) {
    return R"("EarliestRestorableDateTime":)" + earliest + R"(.000,"LatestRestorableDateTime":)" +
           latest + ".000";
  }

  const std::shared_ptr<ManualClock> clock_ =
      std::make_shared<ManualClock>(TimePoint(1'700'000'000s));
  std::unique_ptr<Database> database_;
};

TEST_F(PointInTimeRecoveryTest, ReachesFromWhenItWasEnabledToFiveMinutesAgo) {
  update(enable_recovery(35));
  EXPECT_THAT(described(), HasSubstr(times("1700000000", "1700000000")));
  clock_->advance(100s);
  EXPECT_THAT(described(), HasSubstr(times("1700000000", "1700000000")));
  clock_->advance(300s);
  EXPECT_THAT(described(), HasSubstr(times("1700000000", "1700000100")));
}

TEST_F(PointInTimeRecoveryTest, ReachesNoFurtherBackThanItsPeriod) {
  update(enable_recovery(1));
  clock_->advance(std::chrono::hours(48));
  EXPECT_THAT(described(), HasSubstr(times("1700086400", "1700172500")));
}

TEST_F(PointInTimeRecoveryTest, LosesForGoodWhatAShorterPeriodDoesNotReach) {
  update(enable_recovery(35));
  clock_->advance(std::chrono::hours(48));
  update(enable_recovery(1));
  EXPECT_THAT(described(), HasSubstr(times("1700086400", "1700172500")));
  update(enable_recovery(35));
  EXPECT_THAT(described(), HasSubstr(times("1700086400", "1700172500")));
}

TEST_F(PointInTimeRecoveryTest, BeginsAnewWhenItIsEnabledAgain) {
  update(enable_recovery(35));
  clock_->advance(1000s);
  update(kDisableRecovery);
  EXPECT_THAT(described(), testing::Not(HasSubstr("Restorable")));
  update(enable_recovery(35));
  EXPECT_THAT(described(), HasSubstr(times("1700001000", "1700001000")));
}

}  // namespace
}  // namespace stator
