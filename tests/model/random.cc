#include "random.h"

#include <algorithm>

namespace stator::plain {
namespace {

// Of a number in the spelling of replies.
std::string spelt_number(const std::string& text, Random* random) {
  const Decimal number = parse_decimal(text);
  const bool is_whole = text.find('.') == std::string::npos;
  const std::string sign = number.negative ? "-" : random->chance(10) ? "+" : "";
  switch (random->below(6)) {
    case 0:
      if (number.digits.empty()) return random->chance(50) ? "-0" : "0.0e5";
      return sign + "0." + number.digits + "e" + std::to_string(number.exponent);
    case 1:
      if (number.digits.empty()) return "0E-3";
      return sign + number.digits + "0.0E" +
             std::to_string(number.exponent - static_cast<int>(number.digits.size()) - 1);
    case 2:
      return sign + "00" + text.substr(number.negative ? 1 : 0);
    case 3:
      return text + (is_whole ? ".00" : "000");
    default:
      return text;
  }
}

void spell_set(Json* elements, bool numbers, Random* random) {
  for (Json& element : *elements) {
    std::swap(element, (*elements)[random->below(elements->size())]);
  }
  if (!numbers) return;
  for (Json& element : *elements) element = spelt_number(element.get<std::string>(), random);
}

void spell(Json* value, Random* random);

void spell_content(const std::string& type, Json* content, Random* random) {
  if (type == "N") {
    *content = spelt_number(content->get<std::string>(), random);
  } else if (type == "SS" || type == "NS" || type == "BS") {
    spell_set(content, type == "NS", random);
  } else if (type == "L" || type == "M") {
    for (Json& element : *content) spell(&element, random);
  }
}

void spell(Json* value, Random* random) {
  for (auto& [type, content] : value->items()) spell_content(type, &content, random);
}

}  // namespace

Json spelt(Json value, Random* random) {
  spell(&value, random);
  return value;
}

Json spelt_item(const Item& item, Random* random) {
  Json json = Json::object();
  for (const auto& [name, value] : item) json[name] = spelt(to_json(value), random);
  return json;
}

std::string shuffled_text(const Json& json, Random* random) {
  if (!json.is_structured()) return json.dump();
  std::vector<std::string> parts;
  for (const auto& [name, value] : json.items()) {
    std::string part = json.is_object() ? Json(name).dump() + ":" : "";
    part += shuffled_text(value, random);
    const std::size_t place = json.is_object() ? random->below(parts.size() + 1) : parts.size();
    parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(place), std::move(part));
  }
  std::string text = json.is_object() ? "{" : "[";
  for (const std::string& part : parts) text += (text.size() == 1 ? "" : ",") + part;
  return text + (json.is_object() ? "}" : "]");
}

}  // namespace stator::plain
