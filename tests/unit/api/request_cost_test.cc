// What a request costs, whatever is wrong with it: time in proportion to its size, so that nobody
// needs many to keep a thread.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <limits>
#include <string>

#include "database_support.h"

namespace stator {
namespace {

using testing_support::failure;
using testing_support::open;

constexpr std::size_t kTimesLarger = 8;
constexpr double kLinear = 2.0;  // what is in proportion is within this much of it

// "[e0,e1,..]"
template <typename Element>
std::string list_of(std::size_t count, const Element& element) {
  std::string json = "[";
  for (std::size_t i = 0; i < count; ++i) json.append(i == 0 ? "" : ",").append(element(i));
  return json + "]";
}

double thread_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

class RequestCost : public testing::Test {
 protected:
  // The time that the refusal of a request takes this thread, at its quickest.
  double refusal_seconds(const std::string& operation, const std::string& json) {
    double quickest = std::numeric_limits<double>::max();
    for (int i = 0; i < 3; ++i) {
      const double start = thread_seconds();
      failure(database_.get(), operation, json);
      quickest = std::min(quickest, thread_seconds() - start);
    }
    return quickest;
  }

  // Whether a request that is larger by some factor costs about that much more.
  template <typename Request>
  void expect_in_proportion(const std::string& operation, std::size_t size,
                            const Request& request) {
    const double small = refusal_seconds(operation, request(size));
    const double large = refusal_seconds(operation, request(kTimesLarger * size));
    EXPECT_LT(large, small * kTimesLarger * kLinear);
  }

 private:
  const std::unique_ptr<Database> database_ = open();
};

TEST_F(RequestCost, IsInProportionWhereManyElementsAreWrongUnderALongName) {
  expect_in_proportion("BatchWriteItem", 1'000, [](std::size_t size) {
    return R"({"RequestItems":{")" + std::string(20 * size, 'x') + R"(":)" +
           list_of(size, [](std::size_t) { return R"({"PutRequest":{}})"; }) + "}}";
  });
}

TEST_F(RequestCost, IsInProportionWhereALongNameHasManyElements) {
  expect_in_proportion("BatchGetItem", 2'000, [](std::size_t size) {
    return R"({"RequestItems":{")" + std::string(20 * size, 'x') +
           R"(":{"Keys":[{"k":{"S":"a"}}],"AttributesToGet":)" +
           list_of(size, [](std::size_t) { return R"("a")"; }) + "}}}";
  });
}

TEST_F(RequestCost, IsInProportionWhereATableHasTooManyIndexes) {
  expect_in_proportion("CreateTable", 1'000, [](std::size_t size) {
    const auto definition = [](std::size_t i) {
      return R"({"AttributeType":"S","AttributeName":"a)" + std::to_string(i) + R"("})";
    };
    const auto index = [size](std::size_t i) {
      return R"({"IndexName":"index)" + std::to_string(i) +
             R"(","Projection":{"ProjectionType":"ALL"},"KeySchema":[{"KeyType":"HASH",)"
             R"("AttributeName":"a)" +
             std::to_string(2 * size - 1) + R"("}]})";
    };
    return R"({"TableName":"table","BillingMode":"PAY_PER_REQUEST",)"
           R"("KeySchema":[{"AttributeName":"a0","KeyType":"HASH"}],"AttributeDefinitions":)" +
           list_of(2 * size, definition) + R"(,"GlobalSecondaryIndexes":)" + list_of(size, index) +
           "}";
  });
}

}  // namespace
}  // namespace stator
