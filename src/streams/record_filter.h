// FilterCriteria: which records a handler gets to see.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "streams/change_event.h"
#include "streams/filter_pattern.h"

namespace stator {

// A value that is moved. Without patterns it lets everything pass.
class RecordFilter {
 public:
  RecordFilter() = default;

  //   errors  validation: too many patterns, or one that is too long or that cannot be
  static Result<RecordFilter> parse(std::span<const std::string> patterns);

  // Whether one of the patterns matches the event as handlers get it.
  bool matches(const ChangeEventView& event) const;

 private:
  std::vector<ObjectPattern> patterns_;
};

}  // namespace stator
