// Runs the reads of a PartiQL SELECT as one page after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "api/engine.h"
#include "api/json_writer.h"
#include "api/ops/next_token.h"
#include "api/ops/select_source.h"
#include "base/result.h"
#include "capacity/consumption.h"

namespace stator {

struct SelectPage {
  Consumption units;
  std::uint64_t count = 0;
  std::optional<NextToken> next;  // where the next page begins; its fingerprint is the caller's
};

// Reads until the reads, the limit or a page's megabyte end; writes the items as elements.
//   start  where the page begins, for this very statement
//   errors  validation: a start that is none; throttles; internal
Result<SelectPage> run_select(const Context& context, const SelectPlan& plan,
                              const NextToken& start, std::uint64_t limit, JsonWriter* json);

// The item that the only read of a plan finds, if it passes the filter; in the scratch memory.
//   errors  throttles; internal
Result<std::optional<ItemView>> run_item_select(const Context& context, const SelectPlan& plan,
                                                const SelectRead& read, Consumption* units);

}  // namespace stator
