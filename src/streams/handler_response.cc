#include "streams/handler_response.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "streams/json_text.h"

namespace stator {
namespace {

using Records = std::span<const DeliveryRecord* const>;

// The identifier of one failure; empty where there is none.
std::string read_identifier(JsonText* json) {
  std::string identifier;
  if (json->kind() != JsonTextKind::object) {
    json->skip();
    return identifier;
  }
  for (JsonText::Members member(json); member.next();) {
    if (member.name() == "itemIdentifier" && json->kind() == JsonTextKind::string) {
      identifier = json->string();
    } else {
      json->skip();
    }
  }
  return identifier;
}

std::vector<std::string> read_identifiers(JsonText* json) {
  std::vector<std::string> identifiers;
  for (JsonText::Elements element(json); element.next();) {
    identifiers.push_back(read_identifier(json));
  }
  return identifiers;
}

// The place of the first record that is named; nullopt: a name is that of no record.
std::optional<std::size_t> first_named(const std::vector<std::string>& identifiers,
                                       Records records) {
  std::unordered_map<std::string_view, std::size_t> places;
  if (!identifiers.empty()) {
    for (std::size_t i = 0; i < records.size(); ++i) places[records[i]->sequence_number] = i;
  }
  std::size_t first = records.size();
  for (const std::string& identifier : identifiers) {
    const auto place = places.find(identifier);
    if (place == places.end()) return std::nullopt;
    first = std::min(first, place->second);
  }
  return first;
}

// How many records "batchItemFailures" leaves done; nullopt: none, and it is no list of failures.
std::optional<std::size_t> read_failures(JsonText* json, Records records) {
  if (json->kind() == JsonTextKind::null) {
    json->null();
    return records.size();
  }
  if (json->kind() != JsonTextKind::array) {
    json->skip();
    return std::nullopt;
  }
  return first_named(read_identifiers(json), records);
}

// An answer that is no object says nothing: all is done.
std::optional<std::size_t> read_members(JsonText* json, Records records, const ResponseRules& rules,
                                        std::optional<std::string>* state) {
  std::optional<std::size_t> done = records.size();
  if (json->kind() != JsonTextKind::object) {
    json->skip();
    return done;
  }
  for (JsonText::Members member(json); member.next();) {
    if (rules.reports_item_failures && member.name() == "batchItemFailures") {
      done = read_failures(json, records);
    } else if (rules.wants_state && member.name() == "state" &&
               json->kind() != JsonTextKind::null) {
      *state = json->skip();
    } else {
      json->skip();
    }
  }
  return done;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::optional<HandlerVerdict> verdict_of(std::string_view answer, Records records,
                                         const ResponseRules& rules) {
  HandlerVerdict verdict{.done = records.size(), .state = {}};
  if (!rules.reports_item_failures && !rules.wants_state) return verdict;
  if (is_blank(answer)) answer = "null";
  JsonText json(answer);
  const std::optional<std::size_t> done = read_members(&json, records, rules, &verdict.state);
  if (!json.finish() || !done) return std::nullopt;
  if (rules.wants_state && !verdict.state) return std::nullopt;
  verdict.done = *done;
  return verdict;
}

}  // namespace stator
