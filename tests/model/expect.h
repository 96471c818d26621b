// Comparing replies. Every function throws Mismatch when the reply is not what is expected.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "units.h"
#include "world.h"

namespace stator::plain {

void expect(bool holds, const std::string& what);

void expect_error(const Answer& answer, std::string_view type);

// A reply of status 200, taken apart member by member: what is left at the end was not expected.
class Success {
 public:
  explicit Success(Answer answer);

  // The member, which is gone afterwards; null where it is absent.
  Json take(const std::string& name);

  void expect_member(const std::string& name, const Json& value);
  // An item, or no such member.
  void expect_item(const std::string& name, const std::optional<Item>& item);
  // ConsumedCapacity of one table and its indexes, each between `least` and `most` units.
  void expect_capacity(Detail detail, const std::string& table, const Units& least,
                       const Units& most);
  void expect_capacity(Detail detail, const std::string& table, const Units& units) {
    expect_capacity(detail, table, units, units);
  }
  void expect_nothing_else() const;

 private:
  Json body_;
};

// The same items in any order.
void expect_same_items(const std::vector<Item>& expected, const std::vector<Item>& actual);

// Every index row follows from an item, and every item has its rows.
void expect_no_problems(Endpoint* endpoint);

// Draws how much a request asks for, and asks.
Detail ask_for_capacity(World* world, Json* request);

// A list of those of several tables, in no order that is known.
void expect_capacities(const Json& capacities, Detail detail,
                       const std::map<std::string, Units>& units);

void expect_capacity_of_table(const Json& capacity, Detail detail, const std::string& table,
                              const Units& least, const Units& most);

}  // namespace stator::plain
