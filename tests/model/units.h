// Units of capacity: what blocks of bytes cost, and who gave them.
#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace stator::plain {

double write_units(std::size_t before, std::size_t after);

enum class Consistency { eventual, strong };

// What one unit of 4 KB costs.
double unit_price(Consistency consistency);
double read_units(std::size_t bytes, Consistency consistency);

// The bytes of whole units of 4 KB that hold so many.
std::size_t in_read_blocks(std::size_t bytes);

// Units of a table and of those of its indexes that were touched. A value.
struct Units {
  double table = 0;
  std::map<std::string, double> local = {};
  std::map<std::string, double> global = {};

  double total() const;
};

Units& operator+=(Units& sum, const Units& more);

}  // namespace stator::plain
