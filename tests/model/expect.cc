#include "expect.h"

#include <algorithm>
#include <set>

namespace stator::plain {
namespace {

std::vector<std::string> sorted_texts(const std::vector<Item>& items) {
  std::vector<std::string> texts;
  for (const Item& item : items) texts.push_back(to_json(item).dump());
  std::sort(texts.begin(), texts.end());
  return texts;
}

// The units that a part of ConsumedCapacity tells.
double units_in(const Json& part, double least, double most) {
  const double units = part.is_object() ? part.value("CapacityUnits", -1.0) : -1.0;
  expect(units >= least && units <= most, "expected " + std::to_string(least) + " to " +
                                              std::to_string(most) + " units in " + part.dump());
  return units;
}

void add_index_units(const Json& capacity, const std::string& member,
                     const std::map<std::string, double>& least,
                     const std::map<std::string, double>& most, Json* whole) {
  for (const auto& [index, units] : least) {
    const Json arm = capacity.value(member, Json::object()).value(index, Json());
    (*whole)[member][index] = {{"CapacityUnits", units_in(arm, units, most.at(index))}};
  }
}

double sum_of_arms(const Json& capacity) {
  double sum = capacity["Table"]["CapacityUnits"];
  for (const char* member : {"LocalSecondaryIndexes", "GlobalSecondaryIndexes"}) {
    if (!capacity.contains(member)) continue;
    for (const Json& arm : capacity[member]) sum += arm["CapacityUnits"].get<double>();
  }
  return sum;
}

}  // namespace

void expect(bool holds, const std::string& what) {
  if (!holds) throw Mismatch(what);
}

void expect_error(const Answer& answer, std::string_view type) {
  const std::string found = answer.body.value("__type", "");
  expect(answer.status == 400 && found.ends_with("#" + std::string(type)),
         "expected " + std::string(type));
  const std::string text = answer.body.value("message", answer.body.value("Message", ""));
  expect(!text.empty(), "expected a message");
}

Success::Success(Answer answer) : body_(std::move(answer.body)) {
  expect(answer.status == 200, "expected status 200");
  expect(body_.is_object(), "expected an object");
}

Json Success::take(const std::string& name) {
  const auto found = body_.find(name);
  if (found == body_.end()) return nullptr;
  Json value = *std::move(found);
  body_.erase(found);
  return value;
}

void Success::expect_member(const std::string& name, const Json& value) {
  expect(take(name) == value, "expected " + name + " " + value.dump());
}

void Success::expect_item(const std::string& name, const std::optional<Item>& item) {
  const Json found = take(name);
  if (!item) return expect(found.is_null(), "expected no " + name);
  expect(!found.is_null() && item_of(found) == *item,
         "expected " + name + " " + to_json(*item).dump());
}

void Success::expect_capacity(Detail detail, const std::string& table, const Units& least,
                              const Units& most) {
  const Json capacity = take("ConsumedCapacity");
  if (detail == Detail::none) return expect(capacity.is_null(), "expected no ConsumedCapacity");
  expect_capacity_of_table(capacity, detail, table, least, most);
}

void Success::expect_nothing_else() const {
  expect(body_.empty(), "unexpected in the reply: " + body_.dump());
}

void expect_same_items(const std::vector<Item>& expected, const std::vector<Item>& actual) {
  const std::vector<std::string> wanted = sorted_texts(expected);
  const std::vector<std::string> found = sorted_texts(actual);
  for (const std::string& text : wanted) {
    expect(std::binary_search(found.begin(), found.end(), text), "missing: " + text);
  }
  for (const std::string& text : found) {
    expect(std::binary_search(wanted.begin(), wanted.end(), text), "unexpected: " + text);
  }
  expect(wanted == found, "the same item more than once");
}

void expect_no_problems(Endpoint* endpoint) {
  const CheckResult result = endpoint->check();
  expect(result.error.empty(), result.error);
  std::string problems;
  for (const std::string& problem : result.report.problems) problems += "\n" + problem;
  expect(result.report.problem_count == 0, "the check found:" + problems);
}

Detail ask_for_capacity(World* world, Json* request) {
  const std::size_t choice = world->random.below(6);
  if (choice < 3) (*request)["ReturnConsumedCapacity"] = "TOTAL";
  if (choice == 3) (*request)["ReturnConsumedCapacity"] = "INDEXES";
  if (choice == 4) (*request)["ReturnConsumedCapacity"] = "NONE";
  return choice < 3 ? Detail::total : choice == 3 ? Detail::indexes : Detail::none;
}

void expect_capacity_of_table(const Json& capacity, Detail detail, const std::string& table,
                              const Units& least, const Units& most) {
  expect(capacity.is_object() && capacity.value("TableName", "") == table,
         "expected ConsumedCapacity of " + table);
  const double total = units_in(capacity, least.total(), most.total());
  Json whole = {{"TableName", table}, {"CapacityUnits", total}};
  if (detail == Detail::indexes) {
    const Json arm = capacity.value("Table", Json());
    whole["Table"] = {{"CapacityUnits", units_in(arm, least.table, most.table)}};
    add_index_units(capacity, "LocalSecondaryIndexes", least.local, most.local, &whole);
    add_index_units(capacity, "GlobalSecondaryIndexes", least.global, most.global, &whole);
    expect(sum_of_arms(whole) == total, "expected the total of its arms");
  }
  expect(capacity == whole, "expected ConsumedCapacity " + whole.dump());
}

void expect_capacities(const Json& capacities, Detail detail,
                       const std::map<std::string, Units>& units) {
  if (detail == Detail::none) return expect(capacities.is_null(), "expected no ConsumedCapacity");
  expect(capacities.is_array() && capacities.size() == units.size(),
         "expected ConsumedCapacity of each table");
  std::set<std::string> seen;
  for (const Json& capacity : capacities) {
    const std::string table = capacity.value("TableName", "");
    expect(units.contains(table) && seen.insert(table).second, "ConsumedCapacity of " + table);
    expect_capacity_of_table(capacity, detail, table, units.at(table), units.at(table));
  }
}

}  // namespace stator::plain
