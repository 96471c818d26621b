#include "api/request/kinesis_request.h"

#include "api/request/shape_reader.h"

namespace stator {
namespace {

constexpr std::string_view kMillisecond = "MILLISECOND";
constexpr std::string_view kMicrosecond = "MICROSECOND";

Result<void> read_configuration(JsonValue* json, KinesisRequest* request) {
  JsonMembers members = TRY(structure_of(json, request->configuration, Place::member));
  return read_structure(&members, [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name != "ApproximateCreationDateTimePrecision") return value->skip();
    return assign(value->string(), &request->precision);
  });
}

}  // namespace

Result<KinesisRequest> read_kinesis_request(std::string_view json, std::string_view configuration,
                                            JsonReader* reader) {
  KinesisRequest request;
  request.configuration = configuration;
  JsonMembers members = TRY(reader->open(json));
  const auto read = [&](std::string_view name, JsonValue* value) -> Result<void> {
    if (name == "TableName") return assign(value->string(), &request.table_name);
    if (name == "StreamArn") return assign(value->string(), &request.stream_arn);
    if (name == configuration) return read_configuration(value, &request);
    return value->skip();
  };
  TRY(read_structure(&members, read));
  TRY(reader->finish());
  return request;
}

std::string_view name_of(TimestampPrecision precision) {
  return precision == TimestampPrecision::microsecond ? kMicrosecond : kMillisecond;
}

std::optional<TimestampPrecision> requested_precision(const KinesisRequest& request) {
  if (!request.precision) return std::nullopt;
  return *request.precision == kMicrosecond ? TimestampPrecision::microsecond
                                            : TimestampPrecision::millisecond;
}

}  // namespace stator
