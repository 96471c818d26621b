// Any bytes as the file of functions, as requests of Lambda's API, and as calls of the runtime API:
// what is taken keeps the rules that those below rely on.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "functions/function_request.h"
#include "functions/functions_file.h"
#include "functions/mapping_request.h"
#include "functions/runtime_api.h"

namespace stator {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void expect_rules(const MappingConfiguration& configuration) {
  require(configuration.batch_size >= 1 && configuration.batch_size <= 10'000);
  require(configuration.parallelization_factor >= 1 && configuration.parallelization_factor <= 10);
  require(configuration.batching_window_seconds >= 0);
  require(configuration.tumbling_window_seconds >= 0);
}

void expect_rules(const LambdaFunction& function) {
  require(is_function_name(function.name));
  require(function.concurrency >= 1 && function.concurrency <= kFunctionConcurrencyMax);
  require(function.timeout.count() > 0 && function.timeout <= kFunctionTimeoutMax);
  if (const auto* const url = std::get_if<UrlCode>(&function.code)) {
    require(parse_url(url->url).has_value());
  }
  if (const auto* const program = std::get_if<ProgramCode>(&function.code)) {
    require(!program->command.empty() && !program->command.front().empty());
  }
}

void try_all(std::string_view text) {
  if (const auto file = parse_functions_file(text)) {
    for (const LambdaFunction& function : file->functions) expect_rules(function);
    for (const EventSourceMapping& mapping : file->mappings) expect_rules(mapping.configuration);
    for (const auto& [arn, place] : file->destinations) require(is_destination_place(place));
  }
  if (const auto request = parse_mapping_request(text)) {
    if (check_mapping_constraints(*request) && check_mapping_parameters(*request)) {
      MappingConfiguration configuration;
      apply_mapping_request(*request, &configuration);
      expect_rules(configuration);
    }
  }
  if (const auto request = parse_function_request(text)) {
    if (const auto function = function_of(*request)) expect_rules(*function);
  }
  const RuntimeCallView call = parse_runtime_call("POST", text);
  require(call.request_id.size() <= text.size());
}

}  // namespace
}  // namespace stator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stator::try_all({reinterpret_cast<const char*>(data), size});
  return 0;
}
