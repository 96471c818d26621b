// Operations that stator knows and does not do: what they say where AWS would begin its work, and
// what wire cases cannot see for they move no clock.
#include <gmock/gmock.h>

#include "database_support.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing_support::answer;
using testing_support::failure;
using testing_support::kCreateTable;
using testing_support::open;
using testing_support::open_with_table;

constexpr TimePoint kStart(1'700'000'000s);
constexpr char kTableArn[] = "arn:aws:dynamodb:us-east-1:000000000000:table/table";
constexpr char kEnableRecovery[] = R"({"TableName":"table","PointInTimeRecoverySpecification":)"
                                   R"({"PointInTimeRecoveryEnabled":true}})";

std::string restore_to(std::int64_t seconds) {
  return R"({"SourceTableName":"table","TargetTableName":"copy","RestoreDateTime":)" +
         std::to_string(seconds) + "}";
}

std::string export_with(const std::string& members) {
  return R"({"S3Bucket":"bucket","TableArn":")" + std::string(kTableArn) + "\"" + members + "}";
}

std::string export_between(std::int64_t from, std::int64_t to) {
  return export_with(R"(,"ExportType":"INCREMENTAL_EXPORT","IncrementalExportSpecification":)"
                     R"({"ExportFromTime":)" +
                     std::to_string(from) + R"(,"ExportToTime":)" + std::to_string(to) + "}");
}

std::string refusal_of(const std::string& operation) {
  return R"(#ValidationException","message":")" + operation + R"( is not supported yet"})";
}

// A table with point-in-time recovery since kStart, one day later.
class RefusedOperations : public testing::Test {
 protected:
  RefusedOperations() {
    DatabaseOptions options;
    options.clock = clock_;
    database_ = open_with_table(std::move(options));
    answer(database_.get(), "UpdateContinuousBackups", kEnableRecovery);
    clock_->advance(24h);
  }

  void expect(const std::string& operation, const std::string& json, const std::string& text) {
    EXPECT_THAT(failure(database_.get(), operation, json), HasSubstr(text)) << json;
  }

  const std::shared_ptr<ManualClock> clock_ = std::make_shared<ManualClock>(kStart);
  std::unique_ptr<Database> database_;
};

TEST_F(RefusedOperations, RefuseByNameWhatAwsWouldDo) {
  expect("CreateBackup", R"({"TableName":"table","BackupName":"backup"})",
         refusal_of("CreateBackup"));
  expect("RestoreTableToPointInTime",
         R"({"SourceTableName":"table","TargetTableName":"copy","UseLatestRestorableTime":true})",
         refusal_of("RestoreTableToPointInTime"));
  expect("ExportTableToPointInTime", export_with(""), refusal_of("ExportTableToPointInTime"));
  expect("UpdateTableReplicaAutoScaling", R"({"TableName":"table"})",
         refusal_of("UpdateTableReplicaAutoScaling"));
}

TEST_F(RefusedOperations, ImportNoTable) {
  const std::string table = std::string(kCreateTable).replace(14, 5, "other");
  const std::string import =
      R"({"S3BucketSource":{"S3Bucket":"bucket"},"InputFormat":"ION","TableCreationParameters":)" +
      table + "}";
  expect("ImportTable", import, refusal_of("ImportTable"));
  EXPECT_EQ(answer(database_.get(), "ListTables", "{}"), R"({"TableNames":["table"]})");
}

TEST_F(RefusedOperations, KnowWhatATableCanBeRestoredTo) {
  const std::string operation = "RestoreTableToPointInTime";
  const std::string window =
      "must be within EarliestRestorableDateTime '2023-11-14T22:13:20.000Z' and "
      "LatestRestorableDateTime '2023-11-15T22:08:20.000Z'";
  expect(operation, restore_to(1'699'999'999), window);
  expect(operation, restore_to(1'700'000'000), refusal_of(operation));
  expect(operation, restore_to(1'700'086'100), refusal_of(operation));
  expect(operation, restore_to(1'700'086'101), window);
}

TEST_F(RefusedOperations, KnowWhatCanBeExported) {
  const std::string operation = "ExportTableToPointInTime";
  const std::string invalid = R"(#InvalidExportTimeException")";
  expect(operation, export_with(R"(,"ExportTime":1699999999)"), invalid);
  expect(operation, export_with(R"(,"ExportTime":1700000000)"), refusal_of(operation));
  expect(operation, export_between(1'699'999'999, 1'700'000'899), invalid);
  expect(operation, export_between(1'700'000'000, 1'700'000'899), invalid);
  expect(operation, export_between(1'700'000'000, 1'700'000'900), refusal_of(operation));
  expect(operation, export_between(1'700'085'300, 1'700'086'200), invalid);
}

TEST_F(RefusedOperations, KnowWhichExportsAreIncremental) {
  const std::string operation = "ExportTableToPointInTime";
  const std::string invalid = R"("message":"Invalid Request: )";
  expect(operation, export_with(R"(,"IncrementalExportSpecification":{"ExportFromTime":1})"),
         invalid);
  expect(operation, export_with(R"(,"ExportType":"INCREMENTAL_EXPORT")"), invalid);
  expect(operation,
         export_with(R"(,"ExportTime":1700000000,"ExportType":"INCREMENTAL_EXPORT",)"
                     R"("IncrementalExportSpecification":{"ExportFromTime":1700000000})"),
         invalid);
}

TEST(CreateBackup, NeedsATableThatIsNoLongerCreated) {
  DatabaseOptions options;
  options.clock = std::make_shared<ManualClock>(kStart);
  options.transitions.creating = 5s;
  const std::unique_ptr<Database> database = open_with_table(std::move(options));
  EXPECT_THAT(
      failure(database.get(), "CreateBackup", R"({"TableName":"table","BackupName":"backup"})"),
      HasSubstr(R"(#TableNotFoundException","message":"Table not found: table"})"));
}

TEST(CreateGlobalTable, NeedsATableInEachRegionOfAnIsolatedCaller) {
  DatabaseOptions options;
  options.isolation = Isolation::key_and_region;
  const std::unique_ptr<Database> database = open_with_table(std::move(options));
  const std::string start = R"({"GlobalTableName":"table","ReplicationGroup":[{})";
  EXPECT_THAT(failure(database.get(), "CreateGlobalTable", start + "]}"),
              HasSubstr("version 2017.11.29 is not supported"));
  EXPECT_THAT(
      failure(database.get(), "CreateGlobalTable", start + R"(,{"RegionName":"eu-west-1"}]})"),
      HasSubstr("Table not found: Table: 'table' not found in region: 'eu-west-1'."));
}

TEST(DescribeBackup, TakesTheRegionOfItsCallerForOne) {
  const std::unique_ptr<Database> database = open();
  const std::string arn = "arn:aws:dynamodb:local:000000000000:table/t/backup/1-2";
  const std::string json = R"({"BackupArn":")" + arn + "\"}";
  Call call{.operation = "DescribeBackup", .body = json};
  Reply reply;
  database->call(call, &reply);
  EXPECT_THAT(reply.body, HasSubstr("BackupArn is not valid"));
  call.caller.region = "local";
  database->call(call, &reply);
  EXPECT_THAT(reply.body, HasSubstr("Backup not found: " + arn));
}

TEST_F(RefusedOperations, AloneMeetFaultsOfTheirExceptions) {
  FaultRule rule;
  rule.error = "TableAlreadyExistsException";
  EXPECT_EQ(database_->add_fault(rule).error, "");
  answer(database_.get(), "PutItem", testing_support::kPut);
  expect("RestoreTableFromBackup", R"({"TargetTableName":"copy","BackupArn":"arn"})",
         "#TableAlreadyExistsException");
}

TEST_F(RefusedOperations, MeetFaultsOfTheTableThatAnArnNames) {
  FaultRule rule;
  rule.table = "table";
  rule.error = "InternalServerError";
  EXPECT_EQ(database_->add_fault(rule).error, "");
  answer(database_.get(), "ExportTableToPointInTime", export_with(""), 500);
}

}  // namespace
}  // namespace stator
