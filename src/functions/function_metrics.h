// The metrics of functions for GET /metrics: CloudWatch's of namespace AWS/Lambda, and how far
// deliveries are behind. docs/metrics.md lists them.
#pragma once

#include <string>

#include "functions/function_service.h"

namespace stator {

void append_function_metrics(const FunctionMetrics& metrics, std::string* out);

}  // namespace stator
