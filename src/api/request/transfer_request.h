// The requests about exports to S3 and imports from there.
#pragma once

#include <optional>
#include <string_view>

#include "api/json_reader.h"
#include "base/result.h"

namespace stator {

// IncrementalExportSpecification
struct IncrementalExport {
  std::optional<TimePoint> from;  // ExportFromTime
  std::optional<TimePoint> to;    // ExportToTime
};

// Texts belong to the JSON reader and are good until it opens the next request.
struct TransferRequest {
  std::optional<std::string_view> table_arn;
  std::optional<TimePoint> export_time;
  std::optional<std::string_view> export_type;
  std::optional<IncrementalExport> incremental;
  std::optional<std::string_view> export_arn;
  std::optional<std::string_view> import_arn;
};

//   errors  serialization
Result<TransferRequest> read_transfer_request(std::string_view json, JsonReader* reader);

}  // namespace stator
