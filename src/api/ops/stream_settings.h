// From StreamSpecification to the stream of a table.
#pragma once

#include <optional>

#include "api/engine.h"
#include "api/ops/table_change.h"
#include "api/request/table_request.h"
#include "base/result.h"
#include "model/table.h"

namespace stator {

// The stream of a table that is created; nullopt where it has none.
//   table   its space, name and transition
//   errors  validation
Result<std::optional<TableStream>> plan_stream(const TableRequest& request,
                                               const TableDefinition& table,
                                               const Context& context);

// What can be said of an UpdateTable's StreamSpecification before its table is known.
//   errors  validation: a view too many, or none
Result<void> check_stream_update(const TableRequest& request);

// What an UpdateTable that was checked does to the stream of its table.
//   errors  validation: it has one, it has none
Result<void> apply_stream(TableChange* change);

// With the stream, if it has one that is on, at its end.
void end_stream(const StreamEnd& end, TableDefinition* table);

// Whether the stream is ENABLING, DISABLING or neither at `now`.
enum class StreamChange { none, enabling, disabling };
StreamChange stream_change_at(const TableDefinition& table, TimePoint now);

}  // namespace stator
