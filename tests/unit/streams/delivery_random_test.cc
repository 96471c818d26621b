// Random histories: items change while partitions split and shards roll over; a handler succeeds,
// fails and is throttled; the process crashes and goes on from its checkpoints. Whatever happens,
// each change that passes the filter is handled or discarded, after all earlier ones of its item.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <memory>
#include <set>

#include "base/random.h"
#include "streams/delivery_lineage.h"
#include "streams/sequence_number.h"
#include "streams/shard_delivery.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kItems = 7;
constexpr int kSteps = 400;
constexpr int kFilteredOut = 4;  // every so-manieth version of an item

// A change of an item, as a record's event says it.
struct Version {
  std::uint64_t item = 0;
  int number = 0;  // from 1
};

std::string event_of(const Version& version) {
  return std::to_string(version.item) + "." + std::to_string(version.number);
}

Version version_of(const std::string& event) {
  const std::size_t point = event.find('.');
  return {.item = std::stoul(event.substr(0, point)), .number = std::stoi(event.substr(point + 1))};
}

MappingSettings draw_settings(Random* random, bool has_window) {
  MappingSettings settings;
  settings.batch_size = 1 + random->below(5);
  settings.parallelization = 1 + random->below(3);
  settings.batching_window = std::chrono::milliseconds(random->below(3) * 700);
  settings.bisects = random->below(2) == 0;
  settings.reports_item_failures = random->below(2) == 0;
  if (random->below(2) == 0) settings.retries_max = static_cast<int>(random->below(3));
  if (random->below(4) == 0) settings.age_max = 60s;
  if (has_window) settings.tumbling_window = 5s;
  settings.lane_records_max = 1 + random->below(4);
  settings.delays = {.first = 100ms, .most = 2s};
  return settings;
}

// The stream: what was written to each shard, in order.
class Log {
 public:
  explicit Log(TimePoint now) : map_(PartitionMap::even(2, now)) {
    shards_ = StreamShards::opened(map_, now);
  }

  void write(std::uint64_t item, TimePoint now) {
    const std::uint64_t hash = item * 0x9E3779B97F4A7C15U;
    const Partition& partition = map_.partitions()[map_.index_of(hash)];
    const Shard& shard = *shards_.open_shard_of(partition.id);
    std::vector<DeliveryRecord>& records = records_[shard.number];
    const std::uint64_t number = first_record_of(shard.generation) + records.size();
    records.push_back({.number = number,
                       .sequence_number = std::to_string(number),
                       .key_hash = hash,
                       .created = now,
                       .event = event_of({.item = item, .number = ++versions_[item]})});
  }

  void split(std::uint64_t hash, TimePoint now) {
    map_ = map_.split_at(hash_position(hash), now);
    advance(now);
  }
  void advance(TimePoint now) { shards_ = shards_.advanced(map_, now, {.rollover = 20s}); }

  // At most `most` records behind `through`, without those that are filtered out.
  DeliveryPage read(std::uint32_t shard, std::uint64_t through, std::size_t most) const {
    DeliveryPage page{.records = {}, .after = through, .read_through = through, .is_last = false};
    const auto at = records_.find(shard);
    const std::size_t size = at == records_.end() ? 0 : at->second.size();
    const std::uint64_t first = first_record_of(shards_.find(shard)->generation);
    std::size_t next = through < first ? 0 : through - first + 1;
    for (; next < size && most > 0; ++next, --most) {
      const DeliveryRecord& record = at->second[next];
      page.read_through = record.number;
      if (version_of(record.event).number % kFilteredOut != 0) page.records.push_back(record);
    }
    page.is_last = next >= size && !shards_.find(shard)->is_open();
    return page;
  }

  const StreamShards& shards() const { return shards_; }
  const std::map<std::uint64_t, int>& versions() const { return versions_; }

 private:
  PartitionMap map_;
  StreamShards shards_;
  std::map<std::uint32_t, std::vector<DeliveryRecord>> records_;
  std::map<std::uint64_t, int> versions_;
};

// What the handler and the destination have got; checks that nothing was left out before it.
class Outcome {
 public:
  void resolve(const DeliveryRecord& record, bool is_handled) {
    const Version version = version_of(record.event);
    std::set<int>& resolved = resolved_[version.item];
    for (int earlier = 1; earlier < version.number; ++earlier) {
      if (earlier % kFilteredOut == 0) continue;
      ASSERT_TRUE(resolved.count(earlier)) << record.event << " came before " << earlier;
    }
    resolved.insert(version.number);
    ASSERT_TRUE(since_crash_.insert(record.event).second) << record.event << " came twice";
    ++(is_handled ? handled_ : discarded_);
  }
  void crash() { since_crash_.clear(); }

  void expect_all(const Log& log) const {
    for (const auto& [item, versions] : log.versions()) {
      for (int number = 1; number <= versions; ++number) {
        const bool is_wanted = number % kFilteredOut != 0;
        const auto at = resolved_.find(item);
        EXPECT_EQ(at != resolved_.end() && at->second.count(number) > 0, is_wanted)
            << item << "." << number;
      }
    }
  }

  int handled() const { return handled_; }
  int discarded() const { return discarded_; }

 private:
  std::map<std::uint64_t, std::set<int>> resolved_;
  std::set<std::string> since_crash_;
  int handled_ = 0;
  int discarded_ = 0;
};

// A mapping at work: deliveries and what is at the handler, which a crash forgets, and checkpoints,
// which it does not.
class World {
 public:
  World(std::uint64_t seed, bool has_window)
      : random_(seed), settings_(draw_settings(&random_, has_window)), log_(now_) {}

  void run() {
    for (int step = 0; step < kSteps && !testing::Test::HasFatalFailure(); ++step) {
      now_ += std::chrono::milliseconds(random_.below(400));
      log_.advance(now_);
      if (random_.below(3) != 0) log_.write(random_.below(kItems), now_);
      if (random_.below(80) == 0) log_.split(random_.next(), now_);
      if (random_.below(30) == 0) crash();
      read();
      start();
      if (!running_.empty() && random_.below(2) == 0) end(draw_result());
    }
  }

  // Until everything is done, with a handler that only succeeds.
  void finish() {
    is_finishing_ = true;
    for (int step = 0; step < 400 && !testing::Test::HasFatalFailure(); ++step) {
      now_ += 50ms;
      read();
      start();
      while (!running_.empty()) end(InvocationOutcome::succeeded);
    }
  }

  const Outcome& outcome() const { return outcome_; }
  const Log& log() const { return log_; }
  int window_total() const { return window_total_; }

  void expect_finished() const {
    for (const Shard& shard : log_.shards().all()) {
      const auto at = checkpoints_.find(shard.number);
      ASSERT_NE(at, checkpoints_.end());
      EXPECT_EQ(at->second.is_finished, !shard.is_open()) << shard.number;
    }
  }

 private:
  struct Running {
    std::uint32_t shard;
    DeliveryAction action;
  };

  ShardDelivery& delivery(std::uint32_t shard) {
    std::unique_ptr<ShardDelivery>& place = deliveries_[shard];
    if (!place) place = std::make_unique<ShardDelivery>(settings_, checkpoints_[shard]);
    return *place;
  }

  void read() {
    for (const std::uint32_t shard : deliverable_shards(log_.shards(), checkpoints_)) {
      ShardDelivery& one = delivery(shard);
      if (!one.wants_records()) continue;
      one.add(log_.read(shard, one.read_after(), 1 + random_.below(8)), now_);
      keep(shard);
    }
  }

  void start() {
    for (const auto& [shard, one] : deliveries_) {
      while (auto action = one->next(now_)) {
        for (const DeliveryRecord* const record : action->records) expect_alone(*record);
        running_.push_back({shard, *std::move(action)});
      }
    }
  }

  // No other batch that is at the handler has a record of the same item.
  void expect_alone(const DeliveryRecord& record) const {
    for (const Running& running : running_) {
      for (const DeliveryRecord* const other : running.action.records) {
        ASSERT_NE(other->key_hash, record.key_hash) << record.event << " beside " << other->event;
      }
    }
  }

  InvocationOutcome draw_result() {
    constexpr std::array<InvocationOutcome, 5> kOutcomes = {
        InvocationOutcome::succeeded, InvocationOutcome::succeeded, InvocationOutcome::succeeded,
        InvocationOutcome::function_error, InvocationOutcome::not_invoked};
    return kOutcomes[random_.below(kOutcomes.size())];
  }

  // One of the actions ends.
  void end(InvocationOutcome result) {
    const auto at = running_.begin() + static_cast<std::ptrdiff_t>(random_.below(running_.size()));
    const Running running = std::move(*at);
    running_.erase(at);
    if (running.action.discard) {
      discard(running);
    } else {
      invoke(running, result);
    }
    keep(running.shard);
  }

  void discard(const Running& running) {
    for (const DeliveryRecord* const record : running.action.records) {
      outcome_.resolve(*record, false);
    }
    if (running.action.window && running.action.window->is_final) {
      window_total_ += count_in(running.action.window->state);
    }
    delivery(running.shard).discarded(running.action.lane);
  }

  void invoke(const Running& running, InvocationOutcome kind) {
    const auto& records = running.action.records;
    std::size_t done = kind == InvocationOutcome::succeeded ? records.size() : 0;
    const bool may_fail = settings_.reports_item_failures && !is_finishing_;
    if (may_fail && done > 0 && random_.below(4) == 0) done = random_.below(done);
    InvocationResult result;
    result.outcome = kind;
    result.answer = answer(running.action, done);
    for (std::size_t i = 0; i < done; ++i) outcome_.resolve(*records[i], true);
    const auto& window = running.action.window;
    if (window && window->is_final && kind == InvocationOutcome::succeeded) {
      window_total_ += count_in(window->state);
    }
    delivery(running.shard).invoked(running.action.lane, std::move(result), now_);
  }

  // The state of a window counts the records that were handled in it.
  std::string answer(const DeliveryAction& action, std::size_t done) const {
    std::string failures;
    if (done < action.records.size()) {
      failures = R"({"itemIdentifier":")" + action.records[done]->sequence_number + "\"}";
    }
    const int before = action.window ? count_in(action.window->state) : 0;
    return R"({"state":{"n":)" + std::to_string(before + static_cast<int>(done)) +
           R"(},"batchItemFailures":[)" + failures + "]}";
  }

  static int count_in(const std::string& state) {
    return state == "{}" ? 0 : std::stoi(state.substr(state.find(':') + 1));
  }

  void keep(std::uint32_t shard) { checkpoints_[shard] = delivery(shard).checkpoint(); }

  void crash() {
    deliveries_.clear();
    running_.clear();
    outcome_.crash();
  }

  TimePoint now_{1'000'000s};
  Random random_;
  const MappingSettings settings_;
  Log log_;
  DeliveryCheckpoints checkpoints_;
  std::map<std::uint32_t, std::unique_ptr<ShardDelivery>> deliveries_;
  std::vector<Running> running_;
  Outcome outcome_;
  int window_total_ = 0;
  bool is_finishing_ = false;
};

TEST(RandomDelivery, HandlesEveryChangeAfterTheEarlierOnesOfItsItem) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed, false);
    world.run();
    world.finish();
    if (HasFatalFailure()) return;
    world.outcome().expect_all(world.log());
    world.expect_finished();
    if (HasFailure()) return;
  }
}

TEST(RandomDelivery, CountsEveryChangeInExactlyOneWindow) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    World world(seed, true);
    world.run();
    world.finish();
    if (HasFatalFailure()) return;
    world.outcome().expect_all(world.log());
    EXPECT_EQ(world.window_total(), world.outcome().handled());
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace stator
