#include "api/lag_control.h"

#include "api/control.h"
#include "api/table_access.h"
#include "base/duration.h"
#include "base/limits.h"

namespace stator {
namespace {

using std::chrono::milliseconds;

// The body of POST /_stator/lag.
//   {"gsi": duration, "read": duration, "stream": duration}
//   {"gsi": duration or null, "table": name, "index": name}
struct LagRequest {
  bool has_gsi = false;
  std::optional<milliseconds> gsi;
  std::optional<milliseconds> read;
  std::optional<milliseconds> stream;
  std::optional<std::string> table;
  std::optional<std::string> index;
};

Result<std::string_view> read_text(std::string_view name, JsonValue* value) {
  if (TRY(value->kind()) == JsonKind::string) return value->string();
  return validation_error(std::string(name) + " is not a string");
}

Result<milliseconds> read_lag(std::string_view name, JsonValue* value) {
  Result<milliseconds> lag = parse_duration(TRY(read_text(name, value)), kLagMax);
  if (lag) return lag;
  return validation_error(std::string(name) + ": " + lag.error().message());
}

Result<void> read_member(std::string_view name, JsonValue* value, LagRequest* request) {
  if (name == "gsi") {
    request->has_gsi = true;
    request->gsi.reset();
    if (TRY(value->kind()) == JsonKind::null) return value->skip();
    request->gsi = TRY(read_lag(name, value));
  } else if (name == "read") {
    request->read = TRY(read_lag(name, value));
  } else if (name == "stream") {
    request->stream = TRY(read_lag(name, value));
  } else if (name == "table") {
    request->table = std::string(TRY(read_text(name, value)));
  } else if (name == "index") {
    request->index = std::string(TRY(read_text(name, value)));
  } else {
    return validation_error("unknown member: " + std::string(name));
  }
  return {};
}

Result<void> check_combination(const LagRequest& request) {
  if (!request.has_gsi && !request.read && !request.stream) {
    return validation_error("gsi, read or stream is missing");
  }
  if (request.table.has_value() != request.index.has_value()) {
    return validation_error("table and index go together");
  }
  if (request.table && !request.has_gsi) return validation_error("table and index go with gsi");
  if (request.table || !request.has_gsi || request.gsi) return {};
  return validation_error("gsi is null, which is for a table and an index");
}

Result<LagRequest> read_request(const ControlContext& context) {
  LagRequest request;
  JsonMembers members = TRY(context.reader.open(context.json));
  while (TRY(members.next())) {
    TRY(read_member(members.key(), &members.value(), &request));
  }
  TRY(context.reader.finish());
  TRY(check_combination(request));
  return request;
}

void write_lags(const Lags& lags, JsonWriter* json) {
  json->begin_object();
  json->member("gsi", format_duration(lags.gsi));
  json->member("read", format_duration(lags.read));
  json->member("stream", format_duration(lags.stream));
  json->member("indexes");
  json->begin_array();
  for (const auto& [name, lag] : lags.indexes) {
    json->element();
    json->begin_object();
    json->member("table", qualified_name(std::get<0>(name), std::get<1>(name)));
    json->member("index", std::get<2>(name));
    json->member("gsi", format_duration(lag));
    json->end_object();
  }
  json->end_array();
  json->end_object();
}

}  // namespace

Result<void> set_index_lag(const Engine& engine, const IndexLag& change, TimePoint now,
                           Lags* lags) {
  const QualifiedName named = parse_qualified_name(change.table);
  auto name = std::tuple(std::string(named.space), std::string(named.name), change.index);
  if (!change.lag && lags->indexes.erase(name) > 0) return {};
  const CatalogSnapshot catalog = engine.catalog->snapshot();
  const Table* const table = catalog->find(named.space, named.name, now);
  if (table == nullptr) return validation_error("no such table: " + change.table);
  const IndexDefinition* const index = table->definition.find_index(change.index, now);
  if (index == nullptr || index->kind == IndexKind::local) {
    return validation_error("no such global secondary index of " + change.table + ": " +
                            change.index);
  }
  if (change.lag) lags->indexes[std::move(name)] = *change.lag;
  return {};
}

Result<void> change_lag(const ControlContext& context, JsonWriter* json) {
  const LagRequest request = TRY(read_request(context));
  const auto change = [&](Lags* lags) -> Result<void> {
    if (request.read) lags->read = *request.read;
    if (request.stream) lags->stream = *request.stream;
    if (request.table) {
      const IndexLag lag{.table = *request.table, .index = *request.index, .lag = request.gsi};
      return set_index_lag(context.engine, lag, context.now, lags);
    }
    if (request.gsi) lags->gsi = *request.gsi;
    return {};
  };
  write_lags(TRY(context.engine.lags.change(change)), json);
  context.engine.streams->note_records();
  return {};
}

Result<void> show_lag(const ControlContext& context, JsonWriter* json) {
  write_lags(context.engine.lags.all(), json);
  return {};
}

}  // namespace stator
