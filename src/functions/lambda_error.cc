// Errors of Lambda's API: rest-json, the exception's name in a header.
#include "api/json_writer.h"
#include "functions/lambda_api.h"

namespace stator {
namespace {

struct LambdaException {
  ErrorCode code;
  std::string_view name;
  int status;
};

// The last stands for all codes that are not here.
constexpr LambdaException kExceptions[] = {
    {ErrorCode::validation, "ValidationException", 400},
    {ErrorCode::serialization, "SerializationException", 400},
    {ErrorCode::unknown_operation, "UnknownOperationException", 404},
    {ErrorCode::resource_not_found, "ResourceNotFoundException", 404},
    {ErrorCode::resource_in_use, "ResourceInUseException", 400},
    {ErrorCode::access_denied, "AccessDeniedException", 403},
    {ErrorCode::invalid_parameter_value, "InvalidParameterValueException", 400},
    {ErrorCode::resource_conflict, "ResourceConflictException", 409},
    {ErrorCode::request_too_large, "RequestTooLargeException", 413},
    {ErrorCode::invalid_request_content, "InvalidRequestContentException", 400},
    {ErrorCode::throttling, "TooManyRequestsException", 429},
    {ErrorCode::internal, "ServiceException", 500},
};

const LambdaException& exception_for(ErrorCode code) {
  for (const LambdaException& exception : kExceptions) {
    if (exception.code == code) return exception;
  }
  return std::end(kExceptions)[-1];
}

}  // namespace

LambdaReply lambda_error_reply(const Error& error) {
  const LambdaException& exception = exception_for(error.code());
  LambdaReply reply{.status = exception.status,
                    .headers = {{"x-amzn-ErrorType", std::string(exception.name)}},
                    .body = {}};
  JsonWriter json(&reply.body);
  json.begin_object();
  json.member("Type", exception.status < 500 ? "User" : "Service");
  json.member("Message", error.message());
  json.end_object();
  json.finish();
  return reply;
}

}  // namespace stator
