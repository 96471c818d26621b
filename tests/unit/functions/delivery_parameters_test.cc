// Every parameter of an event source mapping alone and in pairs, on a moved clock, against a
// function that succeeds, fails and is not reached at random, while shards roll over and the
// process starts again. What each promises is checked on each invocation; that nothing is lost, at
// the end.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/random.h"
#include "test_delivery.h"

namespace stator {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::json;
using testing_support::kStart;
using testing_support::TestDelivery;

constexpr int kItems = 5;
constexpr int kSteps = 150;
constexpr int kSeeds = 2;
constexpr int kWritesBefore = 20;      // the mapping
constexpr char kFiltered[] = "item0";  // where there is a filter

// A mapping's configuration, and where it starts.
struct Asked : MappingConfiguration {
  StartingPosition position = StartingPosition::trim_horizon;
};

// A parameter and what it is set to.
struct Parameter {
  const char* name;
  void (*set)(Asked*);
};

constexpr Parameter kParameters[] = {
    {"BatchSize", [](Asked* c) { c->batch_size = 3; }},
    {"MaximumBatchingWindowInSeconds", [](Asked* c) { c->batching_window_seconds = 2; }},
    {"ParallelizationFactor", [](Asked* c) { c->parallelization_factor = 3; }},
    {"MaximumRetryAttempts", [](Asked* c) { c->retry_attempts_max = 1; }},
    {"MaximumRecordAgeInSeconds", [](Asked* c) { c->record_age_seconds_max = 60; }},
    {"BisectBatchOnFunctionError", [](Asked* c) { c->bisects_batch = true; }},
    {"FunctionResponseTypes", [](Asked* c) { c->response_types = {"ReportBatchItemFailures"}; }},
    {"TumblingWindowInSeconds", [](Asked* c) { c->tumbling_window_seconds = 10; }},
    {"FilterCriteria",
     [](Asked* c) {
       c->filters = {R"({"dynamodb":{"Keys":{"pk":{"S":[{"anything-but":["item0"]}]}}}})"};
     }},
    {"StartingPosition", [](Asked* c) { c->position = StartingPosition::latest; }},
    {"DestinationConfig", [](Asked* c) { c->on_failure = "http://h/failed"; }},
};

// One history.
class History {
 public:
  History(const Asked& configuration, std::uint64_t seed)
      : configuration_(configuration), random_(seed) {
    delivery_.poster.takes = true;
    delivery_.source.enable("t", 2);
    for (int i = 0; i < kWritesBefore; ++i) write();
    if (configuration.position == StartingPosition::latest) before_ = written_;
    delivery_.add_mapping(configuration, "t", configuration.position);
  }

  // Returns how many failures went to the destination.
  std::size_t run() {
    for (int i = 0; i < kSteps; ++i) step();
    for (int i = 0; i < 2000 && !is_done(); ++i) {
      end_one(true);
      delivery_.now += 3s;
      look();
    }
    expect_nothing_lost();
    return delivery_.poster.posted.size();
  }

 private:
  void step() {
    const std::uint64_t choice = random_.below(20);
    if (choice < 8) {
      write();
    } else if (choice < 14) {
      end_one(false);
    } else if (choice < 18) {
      delivery_.now += std::chrono::milliseconds(random_.below(4000));
    } else if (choice == 18) {
      delivery_.source.roll_over("t", delivery_.now);
    } else {
      delivery_.start();
      on_their_way_.clear();
      last_.clear();  // what was on its way comes again
    }
    look();
  }

  void write() {
    const std::string key = "item" + std::to_string(random_.below(kItems));
    delivery_.source.write("t", key, ++written_[key], delivery_.now);
  }

  // Looks at the invocations that have begun.
  void look() {
    delivery_.step();
    for (std::size_t i = on_their_way_.size(); i < delivery_.function->running(); ++i) {
      on_their_way_.push_back(Json::parse(delivery_.function->at(i).event));
      expect_promises(on_their_way_.back());
    }
  }

  static std::string key_of(const Json& record) { return record["dynamodb"]["Keys"]["pk"]["S"]; }
  static int number_of(const Json& record) {
    return std::stoi(record["dynamodb"]["NewImage"]["n"]["N"].get<std::string>());
  }

  void expect_promises(const Json& event) {
    const Json& records = event["Records"];
    EXPECT_LE(records.size(), static_cast<std::size_t>(configuration_.batch_size));
    EXPECT_EQ(event.contains("window"), configuration_.tumbling_window_seconds > 0);
    for (const Json& record : records) {
      const std::string key = key_of(record);
      const int number = number_of(record);
      EXPECT_TRUE(configuration_.filters.empty() || key != kFiltered);
      EXPECT_FALSE(is_before(key, number)) << key << " " << number;
      for (std::size_t i = 0; i + 1 < on_their_way_.size(); ++i) {
        for (const Json& other : on_their_way_[i]["Records"]) {
          EXPECT_NE(key_of(other), key) << "two batches of an item run at once";
        }
      }
      const auto last = last_.find(key);
      EXPECT_TRUE(last == last_.end() || number > last->second) << key << " " << number;
      last_[key] = number;
      seen_[key].insert(number);
    }
  }

  // What failed comes again: all of its items, from its first records on.
  void expect_again(const Json& event) {
    for (const Json& record : event["Records"]) last_.erase(key_of(record));
  }

  void end_one(bool well) {
    if (on_their_way_.empty()) return;
    const std::size_t index = random_.below(on_their_way_.size());
    const Json event = on_their_way_[index];
    on_their_way_.erase(on_their_way_.begin() + static_cast<std::ptrdiff_t>(index));
    const std::uint64_t choice = well ? 0 : random_.below(10);
    InvocationResult result;
    result.answer = configuration_.tumbling_window_seconds > 0 ? R"({"state":{"s":1}})" : "{}";
    if (choice >= 8) {
      result = invocation_failed(delivery_.function->at(index), "Told", "so");
    } else if (choice == 7) {
      result = not_invoked(delivery_.function->at(index), 429);
    } else if (choice == 6 && !configuration_.response_types.empty()) {
      result.answer = partly(event);
    }
    if (choice >= 6) expect_again(event);
    delivery_.function->end(std::move(result), index);
  }

  // Fails from some record on.
  std::string partly(const Json& event) {
    const Json& records = event["Records"];
    if (records.empty()) return "{}";
    const Json& failed = records[random_.below(records.size())];
    return Json{{"batchItemFailures", {{{"itemIdentifier", failed["dynamodb"]["SequenceNumber"]}}}},
                {"state", Json::object()}}
        .dump();
  }

  bool is_done() const {
    return delivery_.function->running() == 0 && behind() == 0 &&
           !delivery_.engine->wake_at(delivery_.now);
  }

  std::size_t behind() const {
    std::size_t behind = 0;
    for (const auto& [key, count] : written_) {
      if (!is_seen(key, count)) ++behind;
    }
    return behind;
  }

  // Whether the mapping begins behind a change.
  bool is_before(const std::string& key, int number) const {
    const auto before = before_.find(key);
    return before != before_.end() && number <= before->second;
  }

  bool is_seen(const std::string& key, int number) const {
    if (is_before(key, number)) return true;
    if (!configuration_.filters.empty() && key == kFiltered) return true;
    if (gives_up()) return true;
    const auto seen = seen_.find(key);
    return seen != seen_.end() && seen->second.contains(number);
  }

  // Then a record may be discarded before the function has seen it.
  bool gives_up() const { return configuration_.record_age_seconds_max >= 0; }

  void expect_nothing_lost() {
    EXPECT_EQ(delivery_.function->running(), 0U);
    for (const auto& [key, count] : written_) {
      for (int number = 1; number <= count; ++number) {
        EXPECT_TRUE(is_seen(key, number)) << key << " " << number;
      }
    }
    const bool may_discard = gives_up() || configuration_.retry_attempts_max >= 0;
    const std::size_t kept = delivery_.failures->all()->size();
    const std::size_t posted = delivery_.poster.posted.size();
    EXPECT_TRUE(may_discard || kept + posted == 0);
    EXPECT_EQ(configuration_.on_failure.empty() ? posted : kept, 0U) << "it is elsewhere";
  }

  const Asked configuration_;
  Random random_;
  TestDelivery delivery_;
  std::vector<Json> on_their_way_;      // the events, as the function has them
  std::map<std::string, int> written_;  // versions of each item
  std::map<std::string, int> before_;   // of those, when the mapping begins with the latest
  std::map<std::string, int> last_;     // that were handed over, unless they come again
  std::map<std::string, std::set<int>> seen_;
};

// Returns how many failures went to a destination.
std::size_t run_all(const Asked& configuration) {
  std::size_t posted = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    posted += History(configuration, seed).run();
  }
  return posted;
}

TEST(DeliveryParameters, KeepTheirPromisesAlone) {
  run_all({});
  for (const Parameter& parameter : kParameters) {
    SCOPED_TRACE(parameter.name);
    Asked configuration;
    parameter.set(&configuration);
    run_all(configuration);
  }
}

TEST(DeliveryParameters, KeepTheirPromisesInPairs) {
  std::size_t posted = 0;
  for (const Parameter& one : kParameters) {
    for (const Parameter& other : kParameters) {
      if (&other <= &one) continue;
      SCOPED_TRACE(std::string(one.name) + ", " + other.name);
      Asked configuration;
      one.set(&configuration);
      other.set(&configuration);
      posted += run_all(configuration);
    }
  }
  EXPECT_GT(posted, 0U) << "no destination was used";
}

}  // namespace
}  // namespace stator
