#include "shell/statement_pages.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

#include "client/answer_reader.h"
#include "shell/interrupts.h"

namespace stator {
namespace {

// The member CapacityUnits of ConsumedCapacity.
double units_in(JsonText* json) {
  double units = 0;
  read_object(json, [&](std::string_view name) {
    if (name != "CapacityUnits") return false;
    const std::string_view number = json->number();
    std::from_chars(number.data(), number.data() + number.size(), units);
    return true;
  });
  return units;
}

}  // namespace

Result<std::vector<std::string>> StatementPages::next(std::size_t count) {
  while (items_.size() < count && (!has_run_ || !next_token_.empty())) {
    TRY(read_page());
    if (take_interrupt()) break;
  }
  std::vector<std::string> items;
  for (; items.size() < count && !items_.empty(); items_.pop_front()) {
    items.push_back(std::move(items_.front()));
  }
  return items;
}

bool StatementPages::is_select() const {
  constexpr std::string_view kSelect = "SELECT";
  return std::equal(
      kSelect.begin(), kSelect.end(), statement_.begin(),
      statement_.begin() + static_cast<std::ptrdiff_t>(std::min(kSelect.size(), statement_.size())),
      [](char a, char b) { return a == std::toupper(static_cast<unsigned char>(b)); });
}

std::string StatementPages::request() const {
  std::string json =
      "{\"Statement\":" + quoted(statement_) + ",\"ReturnConsumedCapacity\":\"TOTAL\"";
  if (!parameters_.empty()) json += ",\"Parameters\":" + parameters_;
  if (!next_token_.empty()) json += ",\"NextToken\":" + quoted(next_token_);
  return json + "}";
}

Result<void> StatementPages::read_page() {
  const DynamoAnswer answer = TRY(dynamo_("ExecuteStatement", request()));
  if (answer.status != 200) return validation_error(error_text(answer));
  has_run_ = true;
  next_token_.clear();
  JsonText json(answer.json);
  read_object(&json, [&](std::string_view name) {
    if (name == "Items") {
      return read_array(&json, [&] { items_.emplace_back(json.skip()); }), true;
    }
    if (name == "ConsumedCapacity") return capacity_units_ += units_in(&json), true;
    return take_string(&json, name, "NextToken", &next_token_);
  });
  return finish_answer(&json);
}

std::string error_text(const DynamoAnswer& answer) {
  std::string type;
  std::string message;
  JsonText json(answer.json);
  read_object(&json, [&](std::string_view name) {
    return take_string(&json, name, "__type", &type) ||
           take_string(&json, name, "message", &message) ||
           take_string(&json, name, "Message", &message);
  });
  if (!json.finish()) return "status " + std::to_string(answer.status) + " " + answer.json;
  return type.substr(type.find('#') + 1) + ": " + message;
}

}  // namespace stator
