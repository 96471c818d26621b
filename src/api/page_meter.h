// What a page reads of each partition: admitted where it begins, charged where it read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "api/engine.h"
#include "api/page_plan.h"
#include "base/result.h"
#include "capacity/consumption.h"

namespace stator {

// Sums what each partition had to read; each is rounded by itself, and costs the minimum even
// where it held nothing. A resource of one page.
class PageMeter {
 public:
  PageMeter(Engine* engine, const PagePlan& plan);

  // Whether the page may begin.
  //   errors  throttles
  Result<void> admit() const;

  // A row of the range was read, then perhaps the item behind it.
  void read_row(std::string_view row_key, std::size_t bytes);
  void read_item(std::size_t bytes);

  // The range was searched to its end.
  void finish_range();

  // Charges what was read, and says how much it was. Called once, last.
  Consumption charge();

 private:
  struct PartitionUnits {
    std::size_t partition;  // its place in the map
    double units;
  };

  void move_to(std::size_t partition);
  void close_partition();
  double units() const;
  // Where in a partition the page reads.
  CapacityUse use_of(const PartitionUnits& part, std::string* position) const;

  const PagePlan& plan_;
  const PartitionMap& partitions_;
  const CapacityMeter capacity_;
  const std::size_t first_;
  const std::size_t last_;
  std::size_t partition_;  // where the page is
  std::size_t bytes_ = 0;  // that it read there
  std::vector<PartitionUnits> read_;
  double item_units_ = 0;
};

}  // namespace stator
