// What is wrong with an expression that is syntactically right. An expression can have several
// faults; DynamoDB reports one, by class first and then by place.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace stator {

enum class Fault : std::uint8_t {
  redundant_parentheses,
  unknown_function,
  misused_function,
  reserved_word,
  repeated_section,
  path,  // too deep, index out of range
  undefined_name,
  undefined_value,
  overlap,
  conflict,
  operand,
  function,
  operators,
};
inline constexpr std::size_t kFaultCount = 13;

// The rank of each fault; of equal ranks, the first in the text is reported.
using FaultRanks = std::array<std::uint8_t, kFaultCount>;

// Source: dynalite's order of checks, and captures of it.
inline constexpr FaultRanks kConditionFaultRanks = {0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5};
inline constexpr FaultRanks kUpdateFaultRanks = {0, 1, 1, 0, 2, 3, 3, 4, 5, 6, 7, 8, 9};

// Keeps the one to report. A value; add faults in textual order.
class Faults {
 public:
  explicit Faults(const FaultRanks& ranks) : ranks_(ranks) {}

  // Whether this fault would be reported rather than what was found so far.
  bool wants(Fault fault) const { return rank(fault) < best_; }

  void add(Fault fault, std::initializer_list<std::string_view> message) {
    if (!wants(fault)) return;
    best_ = rank(fault);
    message_.clear();
    for (const std::string_view part : message) message_ += part;
  }

  bool any() const { return best_ != kNone; }
  const std::string& message() const { return message_; }

 private:
  static constexpr std::uint8_t kNone = 0xFF;

  std::uint8_t rank(Fault fault) const { return ranks_[static_cast<std::size_t>(fault)]; }

  const FaultRanks& ranks_;
  std::uint8_t best_ = kNone;
  std::string message_;
};

}  // namespace stator
