#include "expiry.h"

#include <array>
#include <chrono>
#include <map>

#include "expect.h"
#include "operations.h"

namespace stator::plain {
namespace {

using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::chrono::minutes kChangeInterval(30);
constexpr hours kYear(365 * 24);
constexpr auto kAgeMax = 5 * kYear;

// Less than what streams are read back for.
constexpr hours kRunMax(20);

Value seconds_at(TimePoint time) {
  const std::int64_t count = duration_cast<seconds>(time.time_since_epoch()).count();
  const std::int64_t rest = (time.time_since_epoch() % seconds(1)).count();
  std::string digits = std::to_string(rest);
  digits.insert(0, 6 - digits.size(), '0');
  return number_value(parse_decimal(std::to_string(count) + "." + digits));
}

// At `now` on a clock that stood at `before`.
bool has_expired(const Expiry& expiry, const Item& item, TimePoint before, TimePoint now) {
  const auto found = item.find(expiry.attribute);
  if (found == item.end() || found->second.type != Type::N) return false;
  return compare_scalars(found->second, seconds_at(before - kAgeMax)) >= 0 &&
         compare_scalars(found->second, seconds_at(now)) < 0;
}

// Removes what has expired; returns the keys by table.
std::map<std::string, std::vector<KeyValues>> take_expired(World* world, TimePoint before) {
  const TimePoint now = world->endpoint.clock().now();
  std::map<std::string, std::vector<KeyValues>> expired;
  for (auto& [name, table] : world->tables) {
    if (!table.expiry || !table.expiry->enabled) continue;
    for (auto at = table.items.begin(); at != table.items.end();) {
      const bool is_over = has_expired(*table.expiry, at->second, before, now);
      if (is_over) expired[name].push_back(at->first);
      at = is_over ? table.items.erase(at) : std::next(at);
    }
  }
  return expired;
}

void expect_gone(World* world, const std::string& table, const KeyValues& key) {
  const Json request = {{"TableName", table},
                        {"Key", to_json(world->tables.at(table).key_of(key))},
                        {"ConsistentRead", true}};
  Success(world->call("GetItem", request)).expect_nothing_else();
}

bool is_of_service(const Json& record) {
  const Json expected = {{"Type", "Service"}, {"PrincipalId", "dynamodb.amazonaws.com"}};
  const Json told = record.value("userIdentity", Json::object());
  Json known;
  for (const auto& [name, value] : told.items()) {
    std::string capital = name;
    capital[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(capital[0])));
    known[capital] = value;
  }
  return known == expected;
}

// The records since the stream was read are those of the items, and nothing else.
void expect_records(World* world, const std::string& table, std::size_t count,
                    StreamFollower* follower) {
  const std::vector<Json> records = follower->reader.read_new(asker(&world->endpoint));
  world->last_exchange = "the records of " + table;
  expect(records.size() == count,
         "expected " + std::to_string(count) + " records, got " + std::to_string(records.size()));
  for (const Json& record : records) {
    follower->replay.apply(record);
    expect(record["eventName"] == "REMOVE", "expected a REMOVE, got " + record.dump());
    expect(is_of_service(record), "expected who deleted it, got " + record.dump());
  }
}

Json setting(const NamedTable& table, bool enabled, const std::string& attribute) {
  return {{"TableName", table.first},
          {"TimeToLiveSpecification", {{"Enabled", enabled}, {"AttributeName", attribute}}}};
}

std::string draw_attribute(World* world, const Table& table) {
  const std::size_t choice = world->random.below(10);
  if (choice < 7) return kExpiryAttribute;
  if (choice < 8) return world->values.attribute_name();
  const std::map<std::string, Type> keys = table.all_keys();
  const std::size_t place = world->random.below(keys.size());
  return std::next(keys.begin(), static_cast<std::ptrdiff_t>(place))->first;
}

// The text of the refusal; empty: the setting changes.
std::string refusal(const Table& table, bool enabled, const std::string& attribute, TimePoint now) {
  const Expiry& before = table.expiry.value_or(Expiry());
  if (before.enabled && before.attribute != attribute) {
    return "TimeToLive is active on a different AttributeName: current AttributeName is " +
           before.attribute;
  }
  if (before.enabled == enabled) {
    return std::string("TimeToLive is already ") + (enabled ? "enabled" : "disabled");
  }
  if (!table.expiry || now - before.changed >= kChangeInterval) return "";
  return "Time to live has been modified multiple times within a fixed interval";
}

void expect_description(World* world, const NamedTable& table) {
  Json expected = {{"TimeToLiveStatus", "DISABLED"}};
  if (table.second.expiry && table.second.expiry->enabled) {
    expected = {{"TimeToLiveStatus", "ENABLED"}, {"AttributeName", table.second.expiry->attribute}};
  }
  Success reply(world->call("DescribeTimeToLive", {{"TableName", table.first}}));
  Json description = reply.take("TimeToLiveDescription");
  // Beside other clients the items that are there take their time.
  const bool may_be_enabling = !world->moves_clock && expected.contains("AttributeName");
  if (may_be_enabling && description.value("TimeToLiveStatus", "") == "ENABLING") {
    description["TimeToLiveStatus"] = "ENABLED";
  }
  expect(description == expected, "expected TimeToLiveDescription " + expected.dump());
  reply.expect_nothing_else();
}

}  // namespace

Value draw_expiry(World* world) {
  static const std::vector<microseconds> distances = {-kAgeMax - hours(48),
                                                      -kAgeMax + hours(48),
                                                      -hours(1),
                                                      microseconds(-1),
                                                      microseconds(0),
                                                      microseconds(1),
                                                      seconds(1),
                                                      minutes(5),
                                                      minutes(59),
                                                      hours(2),
                                                      hours(100)};
  const TimePoint time = world->endpoint.clock().now() + world->random.one_of(distances);
  const Value value = seconds_at(time);
  if (world->random.chance(90)) return value;
  return string_value(print(value.number));
}

void expect_expiry(World* world, const std::function<void()>& move) {
  expect_streams(world);
  const TimePoint before = world->endpoint.clock().now();
  move();
  std::map<std::string, std::vector<KeyValues>> expired = take_expired(world, before);
  for (const auto& [table, keys] : expired) {
    for (const KeyValues& key : keys) expect_gone(world, table, key);
  }
  for (auto& [table, follower] : world->streams) {
    expect_records(world, table, expired[table].size(), &follower);
  }
  expect_streams(world);
}

void change_expiry(World* world) {
  NamedTable& table = any_table(world);
  const TimePoint now = world->endpoint.clock().now();
  const std::optional<Expiry>& before = table.second.expiry;
  const bool is_on = before && before->enabled;
  const bool enabled = world->random.chance(is_on ? 40 : 90);
  std::string attribute = draw_attribute(world, table.second);
  if (is_on && world->random.chance(80)) attribute = before->attribute;
  const std::string wrong = refusal(table.second, enabled, attribute, now);
  Answer answer = world->call("UpdateTimeToLive", setting(table, enabled, attribute));
  if (wrong.empty()) {
    Success reply(std::move(answer));
    reply.expect_member("TimeToLiveSpecification",
                        setting(table, enabled, attribute)["TimeToLiveSpecification"]);
    reply.expect_nothing_else();
    table.second.expiry = {.enabled = enabled, .attribute = attribute, .changed = now};
  } else {
    expect_error(answer, "ValidationException");
    expect(answer.body.value("message", "") == wrong, "expected: " + wrong);
  }
  expect_description(world, table);
}

void let_time_pass(World* world) {
  static const std::vector<microseconds> steps = {microseconds(1), seconds(1), minutes(5),
                                                  minutes(30), minutes(61)};
  if (!world->moves_clock) return;
  const microseconds step = world->random.one_of(steps);
  if (world->passed + step > kRunMax) return;
  world->passed += step;
  expect_expiry(world, [&] { world->endpoint.clock().advance(step); });
}

}  // namespace stator::plain
