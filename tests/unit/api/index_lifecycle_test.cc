// The statuses that indexes pass through, and what may not happen meanwhile.
#include <gmock/gmock.h>

#include "table_support.h"

namespace stator {
namespace {

using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr TransitionTimes kTimes = {.creating = seconds(10),
                                    .updating = seconds(20),
                                    .deleting = seconds(30),
                                    .backfilling = seconds(40)};

constexpr std::string_view kTab = R"({"TableName":"tab"})";

const std::string kInUse =
    "ResourceInUseException: Attempt to change a resource which is still in use: ";
const std::string kOneOnline =
    "LimitExceededException: Subscriber limit exceeded: Only 1 online index can be created or "
    "deleted simultaneously per table";

std::string updates(const std::string& elements) {
  return R"("GlobalSecondaryIndexUpdates":[)" + elements + "]";
}

// Creates an index with the partition key g.
std::string creation(const std::string& index, const std::string& more = "") {
  return R"("AttributeDefinitions":[{"AttributeName":"g","AttributeType":"S"}],)" +
         updates(R"({"Create":{"IndexName":")" + index +
                 R"(","KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],)"
                 R"("Projection":{"ProjectionType":"ALL"})" +
                 more + "}}");
}

std::string deletion(const std::string& index) {
  return updates(R"({"Delete":{"IndexName":")" + index + R"("}})");
}

std::string change(const std::string& index, int read_units) {
  return updates(R"({"Update":{"IndexName":")" + index + R"(",)" + provisioned(read_units, 1) +
                 "}}");
}

// A table that is ACTIVE, as is its index "old".
class IndexLifecycle : public testing::Test {
 protected:
  void create(const std::string& throughput) {
    tables_.ok("CreateTable",
               R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
               R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},)"
               R"({"AttributeName":"g","AttributeType":"S"}],)" +
                   throughput +
                   R"(,"GlobalSecondaryIndexes":[{"IndexName":"old",)"
                   R"("KeySchema":[{"AttributeName":"g","KeyType":"HASH"}],)"
                   R"("Projection":{"ProjectionType":"ALL"})" +
                   (throughput == kOnDemand ? "" : "," + throughput) + "}]}");
  }

  void create_active(const std::string& throughput) {
    create(throughput);
    tables_.clock().advance(kTimes.creating);
  }

  // The table's status and what is said of one index.
  std::string status() {
    const std::string table = tables_.described();
    const std::size_t at = table.find(R"("TableStatus":")") + 15;
    return table.substr(at, table.find('"', at) - at);
  }

  TableFixture tables_{kTimes};
};

TEST_F(IndexLifecycle, AnIndexIsCreatingAsLongAsTheTableThatItCameWith) {
  create(std::string(kOnDemand));
  EXPECT_THAT(tables_.described(),
              AllOf(HasSubstr(R"("IndexStatus":"CREATING")"), Not(HasSubstr("Backfilling"))));
  tables_.clock().advance(kTimes.creating);
  EXPECT_EQ(status(), "ACTIVE");
  EXPECT_THAT(tables_.described(), HasSubstr(R"("IndexStatus":"ACTIVE")"));
}

TEST_F(IndexLifecycle, AnAddedIndexIsAllocatedThenBackfilledThenActive) {
  create_active(std::string(kOnDemand));
  tables_.update(creation("new"));
  EXPECT_EQ(status(), "UPDATING");
  EXPECT_THAT(tables_.described(), HasSubstr(R"("IndexStatus":"CREATING","Backfilling":false)"));
  tables_.clock().advance(kTimes.updating);
  EXPECT_EQ(status(), "ACTIVE");
  EXPECT_THAT(tables_.described(), HasSubstr(R"("IndexStatus":"CREATING","Backfilling":true)"));
  tables_.clock().advance(kTimes.backfilling);
  EXPECT_THAT(tables_.described(),
              AllOf(Not(HasSubstr(R"("IndexStatus":"CREATING")")), Not(HasSubstr("Backfilling"))));
}

TEST_F(IndexLifecycle, NothingElseChangesWhileAnIndexIsAllocated) {
  create_active(provisioned(5, 1));
  tables_.update(creation("new", "," + provisioned(1, 1)));
  EXPECT_EQ(tables_.update_error(deletion("new")),
            kInUse +
                "Index creation is in resource allocation phase. Retry deletion during backfilling "
                "phase or when the index is active. Table: tab Index: new");
  EXPECT_EQ(tables_.update_error(change("new", 9)),
            kInUse + "Index is being created. Table: tab Index: new");
  EXPECT_EQ(tables_.update_error(creation("more", "," + provisioned(1, 1))), kOneOnline);
  EXPECT_EQ(tables_.update_error(deletion("old")), kOneOnline);
  EXPECT_EQ(tables_.update_error(provisioned(9, 9)),
            kInUse +
                "Can't change table IOPS when an index is being created. Table: tab Indexes: "
                "[new]");
  EXPECT_EQ(tables_.update_error(R"("DeletionProtectionEnabled":true)"),
            "ResourceInUseException: Table needs to be in ACTIVE status to modify deletion "
            "protection setting.");
  EXPECT_EQ(tables_.update_error(change("old", 9)),
            kInUse + "Table: tab is in the process of being updated.");
}

TEST_F(IndexLifecycle, ABackfillStandsAgainstOthersButNotAgainstItsEnd) {
  create_active(provisioned(5, 1));
  tables_.update(creation("new", "," + provisioned(1, 1)));
  tables_.clock().advance(kTimes.updating);
  EXPECT_EQ(tables_.error("DeleteTable", kTab),
            kInUse + "Cannot delete table while indexes are being created, updated, or deleted.");
  EXPECT_EQ(tables_.update_error(provisioned(9, 9)),
            kInUse +
                "Can't change table IOPS when an index is being created. Table: tab Indexes: "
                "[new]");
  EXPECT_EQ(tables_.update_error(deletion("old")), kOneOnline);
  EXPECT_THAT(tables_.update(change("old", 9)), HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_THAT(tables_.update(deletion("new")), HasSubstr(R"("IndexStatus":"DELETING")"));
}

TEST_F(IndexLifecycle, AnIndexIsDeletingForAWhileAndThenGone) {
  create_active(provisioned(5, 1));
  tables_.update(deletion("old"));
  EXPECT_EQ(status(), "UPDATING");
  EXPECT_THAT(tables_.described(),
              AllOf(HasSubstr(R"("IndexStatus":"DELETING")"), HasSubstr(R"("AttributeName":"g")")));
  const std::string place = " Table: tab Index: old";
  EXPECT_EQ(tables_.update_error(deletion("old")), kInUse + "Index is being deleted." + place);
  EXPECT_EQ(tables_.update_error(change("old", 9)), kInUse + "Index is being deleted." + place);
  EXPECT_EQ(tables_.update_error(creation("new", "," + provisioned(1, 1))), kOneOnline);
  EXPECT_EQ(tables_.update_error(provisioned(9, 9)),
            kInUse +
                "Can't change table IOPS when an index is being deleted. Table: tab Indexes: "
                "[old]");
  EXPECT_EQ(tables_.error("DeleteTable", kTab),
            kInUse + "Cannot delete table while indexes are being created, updated, or deleted.");
  tables_.clock().advance(kTimes.backfilling);
  EXPECT_THAT(tables_.described(), AllOf(Not(HasSubstr("GlobalSecondaryIndexes")),
                                         Not(HasSubstr(R"("AttributeName":"g")"))));
  EXPECT_EQ(tables_.update_error(deletion("old")),
            "ResourceNotFoundException: Requested resource not found: Index old for table tab");
}

// As with DynamoDB Local's -delayTransientStatuses.
TEST(IndexTimes, OfIndexesAloneLeaveTheirTableActive) {
  TableFixture tables({.backfilling = seconds(5)});
  tables.ok("CreateTable",
            R"({"TableName":"tab","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
            R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],)" +
                provisioned(5, 1) + "}");
  const auto shows = [&tables](const std::string& status) {
    EXPECT_THAT(tables.described(), AllOf(HasSubstr(R"("TableStatus":"ACTIVE")"),
                                          HasSubstr(R"("IndexStatus":")" + status + '"')));
  };
  tables.update(creation("new", "," + provisioned(1, 1)));
  tables.clock().advance(seconds(5) - std::chrono::milliseconds(1));
  shows("CREATING");
  tables.clock().advance(std::chrono::milliseconds(1));
  shows("ACTIVE");
  tables.update(provisioned(9, 9));
  shows("ACTIVE");
  tables.update(deletion("new"));
  tables.clock().advance(seconds(5) - std::chrono::milliseconds(1));
  shows("DELETING");
  tables.clock().advance(std::chrono::milliseconds(1));
  EXPECT_THAT(tables.described(), Not(HasSubstr("IndexStatus")));
}

TEST_F(IndexLifecycle, ANameIsFreeWhenItsIndexIsGone) {
  create_active(std::string(kOnDemand));
  tables_.update(deletion("old"));
  tables_.clock().advance(kTimes.backfilling);
  tables_.update(creation("old"));
  EXPECT_THAT(tables_.described(), HasSubstr(R"("IndexStatus":"CREATING","Backfilling":false)"));
}

TEST_F(IndexLifecycle, AnIndexIsUpdatingWhileItsTableIsActive) {
  create_active(provisioned(5, 1));
  tables_.update(change("old", 9));
  EXPECT_EQ(status(), "ACTIVE");
  EXPECT_THAT(tables_.described(), HasSubstr(R"("IndexStatus":"UPDATING")"));
  const std::string updated = kInUse + "Index is being updated.  Table: tab Index: old";
  EXPECT_EQ(tables_.update_error(change("old", 8)), updated);
  EXPECT_EQ(tables_.update_error(deletion("old")), updated);
  EXPECT_EQ(tables_.error("DeleteTable", kTab),
            kInUse + "Cannot delete table while indexes are being created, updated, or deleted.");
  tables_.clock().advance(kTimes.updating);
  EXPECT_THAT(tables_.described(), HasSubstr(R"("IndexStatus":"ACTIVE")"));
  tables_.ok("DeleteTable", kTab);
}

TEST_F(IndexLifecycle, IndexesNeitherComeNorGoWhileUnitsOfTheTableChange) {
  create_active(provisioned(5, 1));
  tables_.update(provisioned(9, 9));
  const std::string iops =
      kInUse + "Can't create or delete indexes while table IOPS are being updated. Table: tab";
  EXPECT_EQ(tables_.update_error(creation("new", "," + provisioned(1, 1))), iops);
  EXPECT_EQ(tables_.update_error(deletion("old")), iops);
  EXPECT_EQ(tables_.update_error(change("old", 9)),
            kInUse + "Table IOPS are currently being updated. Table: tab");
}

TEST_F(IndexLifecycle, ASwitchOfTheBillingModeTakesIndexesThroughUpdating) {
  create_active(provisioned(5, 1));
  tables_.update(kOnDemand);
  EXPECT_THAT(tables_.described(), AllOf(HasSubstr(R"("TableStatus":"UPDATING")"),
                                         HasSubstr(R"("IndexStatus":"UPDATING")")));
  tables_.clock().advance(kTimes.updating);
  EXPECT_THAT(tables_.described(), AllOf(HasSubstr(R"("TableStatus":"ACTIVE")"),
                                         HasSubstr(R"("IndexStatus":"ACTIVE")")));
}

}  // namespace
}  // namespace stator
