#include "api/ops/stream_settings.h"

#include <string>

#include "api/ops/table_settings.h"

namespace stator {
namespace {

// "created" or "updated": AWS's words for what the request does to the table.
Result<void> check_view(const TableRequest& request, std::string_view verb) {
  const bool is_enabled = *request.stream_enabled;
  if (is_enabled == request.stream_view_type.has_value()) return {};
  const std::string start = "Table is being " + std::string(verb) + " with a stream ";
  return invalid_parameter(start + (is_enabled ? "enabled, UpdateViewType is required"
                                               : "disabled, UpdateViewType should not be "
                                                 "specified"));
}

TableStream new_stream(const TableRequest& request, const TableDefinition& table,
                       const Context& context) {
  const StreamsSnapshot streams = context.engine.streams->snapshot();
  return {.keyspace = 0,
          .created = streams->free_label(table.space, table.name, context.now),
          .enabled = table.transition.until,
          .view = *stream_view_type_named(*request.stream_view_type)};
}

}  // namespace

Result<std::optional<TableStream>> plan_stream(const TableRequest& request,
                                               const TableDefinition& table,
                                               const Context& context) {
  std::optional<TableStream> stream;
  if (!request.has_stream_specification) return stream;
  TRY(check_view(request, "created"));
  if (*request.stream_enabled) stream = new_stream(request, table, context);
  return stream;
}

Result<void> check_stream_update(const TableRequest& request) {
  if (!request.has_stream_specification) return {};
  return check_view(request, "updated");
}

Result<void> apply_stream(TableChange* change) {
  const TableRequest& request = change->request;
  if (!request.has_stream_specification) return {};
  TableDefinition& table = change->after;
  if (*request.stream_enabled == table.has_stream()) {
    return validation_error((table.has_stream() ? "Table already has an enabled stream: TableName: "
                                                : "Table has no stream to disable: TableName: ") +
                            table.name);
  }
  if (!*request.stream_enabled) {
    end_stream({.asked = change->context.now, .done = updated_at(*change)}, &table);
    return {};
  }
  table.stream = new_stream(request, table, change->context);
  table.stream->enabled = updated_at(*change);
  return {};
}

void end_stream(const StreamEnd& end, TableDefinition* table) {
  if (table->has_stream()) table->stream->end = end;
}

StreamChange stream_change_at(const TableDefinition& table, TimePoint now) {
  if (!table.stream) return StreamChange::none;
  if (table.stream->end) {
    return now < table.stream->end->done ? StreamChange::disabling : StreamChange::none;
  }
  return now < table.stream->enabled ? StreamChange::enabling : StreamChange::none;
}

}  // namespace stator
