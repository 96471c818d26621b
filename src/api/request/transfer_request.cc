#include "api/request/transfer_request.h"

#include "api/request/shape_reader.h"

namespace stator {
namespace {

Result<IncrementalExport> read_incremental(JsonValue* json) {
  IncrementalExport incremental;
  JsonMembers members = TRY(structure_of(json, "IncrementalExportSpecification", Place::member));
  TRY(read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "ExportFromTime") return assign(value->time(), &incremental.from);
    if (name == "ExportToTime") return assign(value->time(), &incremental.to);
    return value->skip();
  }));
  return incremental;
}

}  // namespace

Result<TransferRequest> read_transfer_request(std::string_view json, JsonReader* reader) {
  TransferRequest request;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "TableArn") return assign(value->string(), &request.table_arn);
    if (name == "ExportTime") return assign(value->time(), &request.export_time);
    if (name == "ExportType") return assign(value->string(), &request.export_type);
    if (name == "IncrementalExportSpecification") {
      return assign(read_incremental(value), &request.incremental);
    }
    if (name == "ExportArn") return assign(value->string(), &request.export_arn);
    if (name == "ImportArn") return assign(value->string(), &request.import_arn);
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

}  // namespace stator
