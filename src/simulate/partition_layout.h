// Where the partitions of a table or index stand in a picture: a row for each that was not cut, in
// the order of their keys; one that was cut spans the rows of all that came of it.
#pragma once

#include <cstddef>
#include <vector>

#include "simulate/report_data.h"

namespace stator {

struct PartitionSpan {
  const PartitionReport* partition = nullptr;
  std::size_t first_row = 0;
  std::size_t rows = 0;
};

// A value; refers to the partitions that it was made of.
struct PartitionLayout {
  std::vector<PartitionSpan> spans;  // parents before their children, else in the order of keys
  std::size_t rows = 0;
  std::size_t left_out = 0;  // partitions that have no row and span none

  // Null: it was left out.
  const PartitionSpan* find(std::uint32_t id) const;
};

// Where there are more than `rows_most`, those with the most units consumed and throttled, their
// ancestors' included, have rows.
PartitionLayout layout_of(const std::vector<PartitionReport>& partitions, std::size_t rows_most);

}  // namespace stator
