// Any bytes as the answer of a handler: never more records done than there are, a state that is
// JSON, and the same verdict without the rules that the answer does not touch.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "streams/handler_response.h"
#include "streams/json_text.h"

namespace stator {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_json(const std::string& text) {
  JsonText json(text);
  json.skip();
  return json.finish();
}

void try_answer(const std::string& answer, const std::vector<const DeliveryRecord*>& batch) {
  const auto both = verdict_of(answer, batch, {.reports_item_failures = true, .wants_state = true});
  const auto failures = verdict_of(answer, batch, {.reports_item_failures = true});
  const auto state = verdict_of(answer, batch, {.wants_state = true});
  require(verdict_of(answer, batch, {})->done == batch.size());
  require(both.has_value() == (failures.has_value() && state.has_value()));
  if (!both) return;
  require(both->done == failures->done && both->done <= batch.size());
  require(both->state == state->state && is_json(*both->state));
}

}  // namespace
}  // namespace stator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string answer(reinterpret_cast<const char*>(data), size);
  std::vector<stator::DeliveryRecord> records(3);
  std::vector<const stator::DeliveryRecord*> batch;
  for (std::size_t i = 0; i < records.size(); ++i) {
    records[i].sequence_number = std::to_string(i + 1);
    batch.push_back(&records[i]);
  }
  stator::try_answer(answer, batch);
  return 0;
}
