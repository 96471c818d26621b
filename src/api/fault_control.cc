#include <charconv>
#include <cstring>
#include <set>

#include "api/attribute_reader.h"
#include "api/control.h"
#include "api/fault_check.h"
#include "api/fault_rules.h"
#include "base/duration.h"
#include "base/limits.h"
#include "base/real_text.h"

namespace stator {
namespace {

using std::chrono::milliseconds;

Error bad_member(std::string_view name, std::string_view what) {
  return validation_error(std::string(name) + " is not " + std::string(what));
}

Result<std::string> read_text(std::string_view name, JsonValue* value) {
  if (TRY(value->kind()) != JsonKind::string) return bad_member(name, "a string");
  return std::string(TRY(value->string()));
}

// Whether the text of a number has digits alone.
bool is_whole(std::string_view number) {
  const std::size_t end = number.find_first_not_of("0123456789");
  return end != 0 && (end == std::string_view::npos || !std::strchr(".eE", number[end]));
}

Result<std::uint64_t> read_count(std::string_view name, JsonValue* value) {
  const bool is_number = TRY(value->kind()) == JsonKind::number;
  if (!is_number || !is_whole(value->start())) return bad_member(name, "a whole number from 0 on");
  return static_cast<std::uint64_t>(TRY(value->integer()));
}

Result<milliseconds> read_time(std::string_view name, JsonValue* value) {
  Result<milliseconds> time = parse_duration(TRY(read_text(name, value)));
  if (time) return time;
  return validation_error(std::string(name) + ": " + time.error().message());
}

// A string, as durations are: JSON's numbers are read as whole ones here.
Result<double> read_probability(JsonValue* value) {
  const std::string text = TRY(read_text("probability", value));
  double probability = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), probability);
  if (error == std::errc() && end == text.data() + text.size()) return probability;
  return bad_member("probability", "a string like \"0.25\"");
}

Result<FaultClose> read_close(JsonValue* value) {
  const std::string when = TRY(read_text("close", value));
  if (when == "before") return FaultClose::before;
  if (when == "after") return FaultClose::after;
  return bad_member("close", "\"before\" or \"after\"");
}

// The key's attributes, written again as JSON.
Result<std::string> read_key(JsonValue* value) {
  constexpr std::string_view kWanted = "an object of attributes: {\"pk\": {\"S\": \"a\"}}";
  if (TRY(value->kind()) != JsonKind::object) return bad_member("key", kWanted);
  AttributeReader reader(ValueTexts::current);
  std::string item;
  if (!reader.read_item(value, &item) || reader.take_error()) return bad_member("key", kWanted);
  return fault_key_json(item);
}

Result<void> read_choice(std::string_view name, JsonValue* value, FaultRule* rule, bool* is_known) {
  *is_known = true;
  if (name == "operation") {
    rule->operation = TRY(read_text(name, value));
  } else if (name == "table") {
    rule->table = TRY(read_text(name, value));
  } else if (name == "key") {
    rule->key = TRY(read_key(value));
  } else if (name == "nth") {
    rule->nth = TRY(read_count(name, value));
  } else if (name == "times") {
    rule->times = TRY(read_count(name, value));
  } else if (name == "probability") {
    rule->probability = TRY(read_probability(value));
  } else if (name == "seed") {
    rule->seed = TRY(read_count(name, value));
  } else if (name == "after") {
    rule->after = TRY(read_time(name, value));
  } else if (name == "for") {
    rule->duration = TRY(read_time(name, value));
  } else {
    *is_known = false;
  }
  return {};
}

Result<void> read_effect(std::string_view name, JsonValue* value, FaultRule* rule) {
  if (name == "error") {
    rule->error = TRY(read_text(name, value));
  } else if (name == "message") {
    rule->message = TRY(read_text(name, value));
  } else if (name == "reason") {
    rule->reason = TRY(read_text(name, value));
  } else if (name == "index") {
    rule->index = TRY(read_text(name, value));
  } else if (name == "delay") {
    rule->delay = TRY(read_time(name, value));
  } else if (name == "hold") {
    rule->hold = TRY(read_time(name, value));
  } else if (name == "close") {
    rule->close = TRY(read_close(value));
  } else if (name == "unprocessed") {
    rule->unprocessed = TRY(read_count(name, value));
  } else {
    return validation_error("unknown member: " + std::string(name));
  }
  return {};
}

Result<FaultRule> read_rule(const ControlContext& context) {
  FaultRule rule;
  std::set<std::string> seen;
  JsonMembers members = TRY(context.reader.open(context.json));
  while (TRY(members.next())) {
    if (!seen.emplace(members.key()).second) {
      return validation_error("twice: " + std::string(members.key()));
    }
    bool is_known = false;
    TRY(read_choice(members.key(), &members.value(), &rule, &is_known));
    if (!is_known) TRY(read_effect(members.key(), &members.value(), &rule));
  }
  TRY(context.reader.finish());
  return rule;
}

void write_text(std::string_view name, const std::string& text, JsonWriter* json) {
  if (!text.empty()) json->member(name, text);
}

void write_time(std::string_view name, milliseconds time, JsonWriter* json) {
  if (time > milliseconds(0)) json->member(name, format_duration(time));
}

void write_count(std::string_view name, std::uint64_t count, std::uint64_t usual,
                 JsonWriter* json) {
  if (count != usual) json->integer_member(name, static_cast<std::int64_t>(count));
}

void write_probability(double probability, JsonWriter* json) {
  if (probability == 1) return;
  std::array<char, kRealTextBytesMax> digits;
  json->member("probability",
               std::string_view(digits.data(), write_real(probability, digits.data())));
}

void write_rule(const FaultRule& rule, JsonWriter* json) {
  write_text("operation", rule.operation, json);
  write_text("table", rule.table, json);
  if (!rule.key.empty()) {
    json->member("key");
    json->raw(rule.key);
  }
  write_count("nth", rule.nth, 1, json);
  write_count("times", rule.times, 0, json);
  write_probability(rule.probability, json);
  write_count("seed", rule.seed, 1, json);
  write_time("after", rule.after, json);
  write_time("for", rule.duration, json);
  write_text("error", rule.error, json);
  write_text("message", rule.message, json);
  write_text("reason", rule.reason, json);
  write_text("index", rule.index, json);
  write_time("delay", rule.delay, json);
  write_time("hold", rule.hold, json);
  if (rule.close != FaultClose::never) {
    json->member("close", rule.close == FaultClose::before ? "before" : "after");
  }
  write_count("unprocessed", rule.unprocessed, 0, json);
}

void write_state(const FaultState& state, JsonWriter* json) {
  json->begin_object();
  json->integer_member("id", static_cast<std::int64_t>(state.id));
  write_rule(state.rule, json);
  json->integer_member("met", static_cast<std::int64_t>(state.met));
  json->integer_member("fired", static_cast<std::int64_t>(state.fired));
  json->integer_member("waiting", static_cast<std::int64_t>(state.waiting));
  json->end_object();
}

Result<std::uint64_t> read_id(std::string_view text) {
  std::uint64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (error == std::errc() && end == text.data() + text.size()) return id;
  return validation_error("id is not a number: " + std::string(text));
}

}  // namespace

Result<void> add_fault(const ControlContext& context, JsonWriter* json) {
  const FaultRule rule = TRY(read_rule(context));
  const std::uint64_t id = TRY(context.engine.faults->add(rule, context.now));
  json->begin_object();
  json->integer_member("id", static_cast<std::int64_t>(id));
  json->end_object();
  return {};
}

Result<void> remove_faults(const ControlContext& context, JsonWriter* json) {
  FaultRules& faults = *context.engine.faults;
  if (context.query.empty()) {
    faults.clear();
  } else if (!faults.remove(TRY(read_id(context.query.front().value)))) {
    return validation_error("no such fault: " + context.query.front().value);
  }
  return show_faults(context, json);
}

Result<void> show_faults(const ControlContext& context, JsonWriter* json) {
  json->begin_object();
  json->member("faults");
  json->begin_array();
  for (const FaultState& state : context.engine.faults->list()) {
    json->element();
    write_state(state, json);
  }
  json->end_array();
  json->end_object();
  return {};
}

}  // namespace stator
