#include "units.h"

#include <algorithm>

namespace stator::plain {
namespace {

constexpr std::size_t kReadBlock = 4096;
constexpr std::size_t kWriteBlock = 1024;

std::size_t blocks(std::size_t bytes, std::size_t block) {
  return std::max<std::size_t>(1, (bytes + block - 1) / block);
}

double sum_of(const std::map<std::string, double>& units) {
  double sum = 0;
  for (const auto& [name, each] : units) sum += each;
  return sum;
}

}  // namespace

double write_units(std::size_t before, std::size_t after) {
  return static_cast<double>(blocks(std::max(before, after), kWriteBlock));
}

double unit_price(Consistency consistency) {
  return consistency == Consistency::strong ? 1.0 : 0.5;
}

double read_units(std::size_t bytes, Consistency consistency) {
  return static_cast<double>(blocks(bytes, kReadBlock)) * unit_price(consistency);
}

std::size_t in_read_blocks(std::size_t bytes) {
  return blocks(bytes, kReadBlock) * kReadBlock;
}

double Units::total() const {
  return table + sum_of(local) + sum_of(global);
}

Units& operator+=(Units& sum, const Units& more) {
  sum.table += more.table;
  for (const auto& [name, units] : more.local) sum.local[name] += units;
  for (const auto& [name, units] : more.global) sum.global[name] += units;
  return sum;
}

}  // namespace stator::plain
