// Requests made from the facts of requests.json, some of which are broken.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "expected_error.h"

namespace stator::constraints {

using Json = nlohmann::ordered_json;

// Decides at each place of a request what becomes of it. A value.
class Choices {
 public:
  // Every member is there, and of all constraints the one with this number is broken.
  static Choices one(int number);
  // Members are left out, and constraints broken, at random.
  static Choices random(std::uint64_t seed, double broken_share);

  bool breaks();
  bool leaves_out();
  // 0 .. count - 1
  std::size_t pick(std::size_t count);
  // Whether a value stands at the bounds of what is allowed.
  bool is_extreme() { return pick(4) == 0; }
  void shuffle(Json* object);

  // How many constraints were met.
  int met() const { return met_; }

 private:
  int broken_ = -1;  // the number of the one that is broken
  double broken_share_ = 0;
  bool is_random_ = false;
  int met_ = 0;
  std::mt19937_64 engine_;
};

struct RandomRequest {
  Json json;
  std::vector<BrokenMember> members;
};

// `facts`: the members of an operation.
RandomRequest make_request(const Json& facts, Choices* choices);

}  // namespace stator::constraints
