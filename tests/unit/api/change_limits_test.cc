#include <gmock/gmock.h>

#include "table_support.h"

namespace stator {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;

const std::string kProtected = R"("DeletionProtectionEnabled":true)";
const std::string kUnprotected = R"("DeletionProtectionEnabled":false)";
const std::string kStandard = R"("TableClass":"STANDARD")";
const std::string kInfrequent = R"("TableClass":"STANDARD_INFREQUENT_ACCESS")";
const std::string kEncrypted = R"("SSESpecification":{"Enabled":true,"SSEType":"KMS"})";
const std::string kEncryptedByDefault = R"("SSESpecification":{"Enabled":false})";

TEST(ChangeLimits, LetDeletionProtectionChangeOnceInFifteenSeconds) {
  TableFixture tables;
  tables.create(kOnDemand);
  tables.update(kProtected);
  tables.clock().advance(milliseconds(14'999));
  EXPECT_EQ(tables.update_error(kUnprotected),
            "ThrottlingException: Deletion protection setting for table tab modified within the "
            "previous 15000 milliseconds. Please try again after Friday, October 9, 2026 at "
            "12:21:49 AM Coordinated Universal Time");
  tables.clock().advance(milliseconds(1));
  tables.update(kUnprotected);
}

TEST(ChangeLimits, CountNoDeletionProtectionThatDoesNotChange) {
  TableFixture tables;
  tables.create(std::string(kOnDemand) + "," + kProtected);
  tables.update(kProtected);
  tables.update(kUnprotected);
  tables.update(kUnprotected);
}

TEST(ChangeLimits, LetTheTableClassChangeTwiceInThirtyDays) {
  TableFixture tables;
  tables.create(kOnDemand);
  tables.update(kInfrequent);
  tables.clock().advance(days(1));
  tables.update(kStandard);
  tables.clock().advance(days(29) - seconds(1));
  EXPECT_EQ(tables.update_error(kInfrequent),
            "LimitExceededException: Subscriber limit exceeded: Updates to TableClass are limited "
            "to 2 times in 30 day(s). Last update at Saturday, October 10, 2026 at 12:21:34 AM "
            "Coordinated Universal Time. Next update can be made at Sunday, November 8, 2026 at "
            "12:21:34 AM Coordinated Universal Time");
  tables.clock().advance(seconds(1));
  tables.update(kInfrequent);
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableClass":"STANDARD_INFREQUENT_ACCESS")"));
}

TEST(ChangeLimits, CountNoTableClassThatDoesNotChange) {
  TableFixture tables;
  tables.create(kOnDemand);
  for (int i = 0; i < 3; ++i) tables.update(kStandard);
  tables.update(kInfrequent);
}

TEST(ChangeLimits, LetATableSwitchToOnDemandFourTimesADay) {
  TableFixture tables;
  tables.create(provisioned(5, 5));
  const std::string back = R"("BillingMode":"PROVISIONED",)" + provisioned(5, 5);
  for (int i = 0; i < 4; ++i) {
    tables.update(kOnDemand);
    tables.update(back);
  }
  EXPECT_EQ(tables.update_error(kOnDemand),
            "LimitExceededException: Subscriber limit exceeded: Update to PayPerRequest mode are "
            "limited to 4 times in 1 day(s). Last update at Friday, October 9, 2026 at 12:21:34 AM "
            "Coordinated Universal Time. Next update can be made at Saturday, October 10, 2026 at "
            "12:21:34 AM Coordinated Universal Time");
  tables.clock().advance(hours(24));
  tables.update(kOnDemand);
}

TEST(ChangeLimits, LetEncryptionChangeFourTimesADay) {
  TableFixture tables;
  tables.create(kOnDemand);
  for (int i = 0; i < 2; ++i) {
    tables.update(kEncrypted);
    tables.update(kEncryptedByDefault);
  }
  EXPECT_THAT(tables.update_error(kEncrypted),
              HasSubstr("LimitExceededException: Subscriber limit exceeded: Updates to Server-Side "
                        "Encryption are limited to 4 times in 1 day(s)."));
  tables.clock().advance(hours(24));
  tables.update(kEncrypted);
}

TEST(ChangeLimits, LetNoClassChangeWhileOneGoesOn) {
  TableFixture tables({.updating = seconds(1)});
  tables.create(kOnDemand);
  tables.update(kInfrequent);
  EXPECT_EQ(tables.update_error(kStandard),
            "ResourceInUseException: Attempt to change a resource which is still in use: Can't "
            "update table class when a table class update is in progress. Table: tab");
  tables.clock().advance(seconds(1));
  tables.update(kStandard);
}

TEST(ChangeLimits, LetNoClassChangeWhileOneToTheSameGoesOn) {
  TableFixture tables({.updating = seconds(1)});
  tables.create(kOnDemand);
  tables.update(kStandard);
  EXPECT_THAT(tables.update_error(kInfrequent), HasSubstr("a table class update is in progress"));
}

TEST(ChangeLimits, LetNoEncryptionChangeWhileOneGoesOn) {
  TableFixture tables({.updating = seconds(1)});
  tables.create(kOnDemand);
  tables.update(kEncrypted);
  EXPECT_THAT(tables.described(), HasSubstr(R"("TableStatus":"ACTIVE")"));
  EXPECT_EQ(tables.update_error(kEncryptedByDefault),
            "ResourceInUseException: Attempt to change a resource which is still in use: "
            "Server-Side Encryption is still being updated");
  tables.clock().advance(seconds(1));
  tables.update(kEncryptedByDefault);
}

TEST(ChangeLimits, CountNothingOfAnUpdateThatIsRefused) {
  TableFixture tables;
  tables.create(kOnDemand);
  const std::string prefix(kInvalid);
  EXPECT_EQ(tables.update_error(kProtected + "," + kInfrequent),
            prefix + "TableClass modification must be the only operation in the request");
  tables.update(kProtected);
}

}  // namespace
}  // namespace stator
