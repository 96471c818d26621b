// constraint_tests [GoogleTest's flags]: README.md says what is tested.
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <string>
#include <utility>

#include "random_request.h"
#include "stator/database.h"

namespace stator::constraints {
namespace {

constexpr int kRandomRequests = 400;
constexpr double kBrokenShares[] = {0, 0.02, 0.1, 0.4};

std::string validation_message(const Reply& reply) {
  if (reply.status == 200) return "";
  const Json body = Json::parse(reply.body);
  const std::string type = body["__type"];
  if (!type.ends_with("#ValidationException")) return type.substr(type.find('#'));
  return body["message"];
}

class ConstraintTest : public testing::Test {
 public:
  ConstraintTest(std::string operation, const Json& facts)
      : operation_(std::move(operation)), facts_(facts), database_(Database::open({}).database) {}

 protected:
  // The constraints that the request breaks, as the reply must have told.
  std::size_t check(const RandomRequest& request) {
    const std::vector<Broken> broken = told(request.members);
    const Reply reply = database_->call(operation_, request.json.dump(2));
    const std::string got = validation_message(reply);
    if (broken.empty()) {
      EXPECT_EQ(got.find("failed to satisfy constraint"), std::string::npos) << got;
      EXPECT_NE(got, "#SerializationException") << request.json.dump();
    } else {
      EXPECT_EQ(got, message(broken)) << request.json.dump().substr(0, 2000);
    }
    return broken.size();
  }

  const std::string operation_;
  const Json& facts_;
  const std::unique_ptr<Database> database_;
};

class EachConstraint : public ConstraintTest {
  using ConstraintTest::ConstraintTest;

  void TestBody() override {
    for (int number = 0;; ++number) {
      SCOPED_TRACE(operation_ + ", constraint " + std::to_string(number));
      Choices choices = Choices::one(number);
      const std::size_t broken = check(make_request(facts_, &choices));
      if (number >= choices.met()) break;
      EXPECT_GE(broken, 1U);
    }
  }
};

class AnyConstraints : public ConstraintTest {
  using ConstraintTest::ConstraintTest;

  void TestBody() override {
    std::size_t most = 0;
    for (int seed = 0; seed < kRandomRequests; ++seed) {
      SCOPED_TRACE(operation_ + ", seed " + std::to_string(seed));
      const double share = kBrokenShares[static_cast<std::size_t>(seed) % std::size(kBrokenShares)];
      Choices choices = Choices::random(static_cast<std::uint64_t>(seed), share);
      most = std::max(most, check(make_request(facts_, &choices)));
    }
    EXPECT_GE(most, 1U) << "no request broke anything";
  }
};

template <typename Test>
void register_test(const char* suite, const std::string& operation, const Json& facts) {
  testing::RegisterTest(
      suite, operation.c_str(), nullptr, nullptr, __FILE__, __LINE__,
      [operation, &facts]() -> testing::Test* { return new Test(operation, facts); });
}

}  // namespace
}  // namespace stator::constraints

int main(int argc, char** argv) {
  using namespace stator::constraints;
  testing::InitGoogleTest(&argc, argv);
  std::ifstream file(STATOR_REQUEST_FACTS);
  const Json facts = Json::parse(file);
  for (const auto& [operation, members] : facts.items()) {
    register_test<EachConstraint>("each_constraint", operation, members);
    register_test<AnyConstraints>("any_constraints", operation, members);
  }
  return RUN_ALL_TESTS();
}
