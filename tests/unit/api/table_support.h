// A database of one test, whose clock the test moves, and short ways to ask it about tables.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "stator/database.h"

namespace stator {

class TableFixture {
 public:
  // 2026-10-09T00:21:34.500Z, a Friday.
  static constexpr TimePoint kStart{std::chrono::milliseconds{1791505294500}};

  explicit TableFixture(TransitionTimes transitions = {});

  Reply call(std::string_view operation, std::string_view json);

  // The body of a reply that succeeded.
  std::string ok(std::string_view operation, std::string_view json);
  // "Type: message" of a reply that failed.
  std::string error(std::string_view operation, std::string_view json);

  // Creates the table "tab" with the partition key pk and `more` members, e.g. kOnDemand.
  std::string create(std::string_view more);
  // UpdateTable and DescribeTable of "tab".
  std::string update(std::string_view members);
  std::string update_error(std::string_view members);
  std::string described();

  ManualClock& clock() { return *clock_; }

 private:
  std::shared_ptr<ManualClock> clock_;
  std::unique_ptr<Database> database_;
};

inline constexpr std::string_view kKey =
    R"("KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],)"
    R"("AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}])";
inline constexpr std::string_view kOnDemand = R"("BillingMode":"PAY_PER_REQUEST")";
inline constexpr std::string_view kInvalid =
    "ValidationException: One or more parameter values were invalid: ";

// "ProvisionedThroughput":{..}
std::string provisioned(int read_units, int write_units);

}  // namespace stator
