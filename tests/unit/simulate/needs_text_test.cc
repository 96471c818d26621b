#include "simulate/needs_text.h"

#include <gmock/gmock.h>

namespace stator {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

NeedsReport needs(NeedsVerdict verdict) {
  NeedsReport made;
  made.verdict = verdict;
  made.peak_units = 2500;
  made.provisioned_units = 1200;
  made.warm_units = 2500;
  made.hottest_key = "pk=\"a\"";
  made.hottest_units = 1900;
  made.shards = 2;
  made.partition_limit = 1000;
  return made;
}

TEST(NeedsText, OfNothingIsNothing) {
  EXPECT_EQ(needs_text(needs(NeedsVerdict::idle)), "");
}

TEST(NeedsText, SaysWhatToSetAndWhatItIsNow) {
  NeedsReport provisioned = needs(NeedsVerdict::provision);
  provisioned.provisioned_now = 100;
  EXPECT_THAT(needs_text(provisioned), HasSubstr("Provision 1,200 units a second instead of 100"));
  NeedsReport on_demand = needs(NeedsVerdict::warm_throughput);
  on_demand.warm_now = 400;
  EXPECT_THAT(needs_text(on_demand),
              AllOf(HasSubstr("warm throughput to 2,500 units"), HasSubstr("it is 400")));
  EXPECT_THAT(needs_text(needs(NeedsVerdict::raise_maximum)),
              HasSubstr("maximum to 2,500 units a second"));
  EXPECT_THAT(needs_text(needs(NeedsVerdict::quota)), HasSubstr("quota"));
}

TEST(NeedsText, DoesNotAskForLessThanThereIs) {
  NeedsReport raised = needs(NeedsVerdict::provision);
  raised.provisioned_now = 2000;
  EXPECT_THAT(needs_text(raised),
              AllOf(Not(HasSubstr("instead of")), HasSubstr("before it had the 2,000")));
}

TEST(NeedsText, OfWhatWasServedNamesTheUnitsThatDo) {
  NeedsReport served = needs(NeedsVerdict::served);
  EXPECT_EQ(needs_text(served), "Nothing was throttled.");
  served.provisioned_now = 5000;
  EXPECT_THAT(needs_text(served), AllOf(HasSubstr("5,000 provisioned"), HasSubstr("1,200 do")));
}

// Requests that come unevenly within their seconds may be served by less than is sure to do.
TEST(NeedsText, OfWhatWasServedWithLessDoesNotCallMoreTheFewest) {
  NeedsReport served = needs(NeedsVerdict::served);
  served.provisioned_now = 1199;
  EXPECT_EQ(
      needs_text(served),
      "Nothing was throttled with 1,199 provisioned units a second at the end; 1,200 carry it "
      "however it comes within a second.");
}

TEST(NeedsText, SaysWhereRefusalsElsewhereKeptLoadAway) {
  constexpr char kSpared[] = "Throttles elsewhere kept load away";
  NeedsReport spared = needs(NeedsVerdict::provision);
  EXPECT_THAT(needs_text(spared), Not(HasSubstr(kSpared)));
  spared.was_spared = true;
  EXPECT_THAT(needs_text(spared), AllOf(HasSubstr(kSpared), HasSubstr("Provision 1,200")));
}

TEST(NeedsText, OfAKeyThatIsTooHotSaysIntoHowMany) {
  NeedsReport sharded = needs(NeedsVerdict::shard_key);
  EXPECT_THAT(needs_text(sharded),
              AllOf(HasSubstr("pk=\"a\" is asked for 1,900"), HasSubstr("at least 2 keys"),
                    Not(HasSubstr("provision"))));
  sharded.provisioned_now = 500;
  EXPECT_THAT(needs_text(sharded), HasSubstr("provision 1,200 units a second instead of 500"));
}

TEST(NeedsText, OfAKeyThatIsTooHotNamesTheMaximumAsWell) {
  NeedsReport sharded = needs(NeedsVerdict::shard_key);
  sharded.maximum_now = 300;
  EXPECT_THAT(needs_text(sharded),
              HasSubstr(" Then raise the OnDemandThroughput maximum to 2,500 units a second, the "
                        "busiest second; it is 300."));
  sharded.maximum_now = 2500;
  EXPECT_THAT(needs_text(sharded), Not(HasSubstr("maximum")));
}

TEST(NeedsText, OfKeysThatShareAPartitionNamesOneOnlyWhereItHasMuch) {
  NeedsReport shared = needs(NeedsVerdict::spread_keys);
  shared.hottest_units = 800;
  EXPECT_THAT(needs_text(shared), HasSubstr("pk=\"a\" with 800 a second"));
  shared.hottest_units = 1;
  EXPECT_THAT(needs_text(shared), Not(HasSubstr("pk=")));
}

TEST(NeedsText, IsPrintableWhateverTheKeyIs) {
  NeedsReport hostile = needs(NeedsVerdict::shard_key);
  hostile.hottest_key = "\x1B[2J" + std::string(500, 'x');
  EXPECT_THAT(needs_text(hostile), Not(HasSubstr("\x1B")));
  EXPECT_LT(needs_text(hostile).size(), 300U);
}

}  // namespace
}  // namespace stator
