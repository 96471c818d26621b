#include "expand.h"

#include <cstddef>
#include <string_view>

namespace stator::wire {
namespace {

constexpr std::string_view kSaved = "$saved:";

void replace_all(std::string* text, std::string_view what, std::string_view by) {
  for (std::size_t at = text->find(what); at != std::string::npos;
       at = text->find(what, at + by.size())) {
    text->replace(at, what.size(), by);
  }
}

// "$T2" before "$T", which is its beginning.
std::string with_names(std::string text, const Names& names) {
  for (std::size_t i = names.tables.size(); i > 1; --i) {
    replace_all(&text, "$T" + std::to_string(i), names.tables[i - 1]);
  }
  if (!names.tables.empty()) replace_all(&text, "$T", names.tables.front());
  replace_all(&text, "$new", names.unused);
  return text;
}

// The n of "<prefix>n", or -1 when the text is something else.
int count_after(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return -1;
  return std::stoi(std::string(text.substr(prefix.size())));
}

std::string base64_of_zeros(int bytes) {
  const int whole = bytes / 3;
  const int rest = bytes % 3;
  std::string text(static_cast<std::size_t>(whole) * 4, 'A');
  if (rest == 1) text += "AA==";
  if (rest == 2) text += "AAA=";
  return text;
}

Json nested_lists(int levels) {
  Json value = {{"S", "x"}};
  for (int i = 0; i < levels; ++i) {
    Json list = Json::array();
    list.push_back(std::move(value));
    value = Json{{"L", std::move(list)}};
  }
  return value;
}

Json nested_maps(int levels) {
  Json value = {{"S", "x"}};
  for (int i = 0; i < levels; ++i) {
    Json map = Json::object();
    map["a"] = std::move(value);
    value = Json{{"M", std::move(map)}};
  }
  return value;
}

Json expand_string(const std::string& text, const Names& names) {
  if (text.starts_with("$")) {
    if (const int n = count_after(text, "$x:"); n >= 0) {
      return std::string(static_cast<std::size_t>(n), 'x');
    }
    if (const int n = count_after(text, "$b64:"); n >= 0) return base64_of_zeros(n);
    if (const int n = count_after(text, "$nest:"); n >= 0) return nested_lists(n);
    if (const int n = count_after(text, "$nest_map:"); n >= 0) return nested_maps(n);
  }
  return with_names(text, names);
}

std::string expand_key(const std::string& key, const Names& names) {
  const int n = count_after(key, "$x:");
  return n >= 0 ? std::string(static_cast<std::size_t>(n), 'x') : with_names(key, names);
}

Json with_index(const Json& json, int index) {
  const std::string number = std::to_string(index);
  if (json.is_string()) {
    std::string text = json.get<std::string>();
    replace_all(&text, "$i", number);
    return text;
  }
  if (!json.is_structured()) return json;
  Json result = json.is_array() ? Json::array() : Json::object();
  for (const auto& [key, value] : json.items()) {
    if (json.is_array()) {
      result.push_back(with_index(value, index));
      continue;
    }
    std::string name = key;
    replace_all(&name, "$i", number);
    result[name] = with_index(value, index);
  }
  return result;
}

std::string joined(const Json& generator) {
  const std::string separator = generator["$join"].get<std::string>();
  std::string text = generator.value("begin", "");
  for (int i = 0; i < generator["$repeat"].get<int>(); ++i) {
    if (i > 0) text += separator;
    text += with_index(generator["value"], i).get<std::string>();
  }
  return text + generator.value("end", "");
}

Json members(const Json& generator) {
  Json object = Json::object();
  for (int i = 0; i < generator["$members"].get<int>(); ++i) {
    object[with_index(generator["key"], i).get<std::string>()] = with_index(generator["value"], i);
  }
  return object;
}

Json expand_list(const Json& json, const Names& names) {
  Json list = Json::array();
  for (const Json& element : json) {
    if (!element.is_object() || !element.contains("$repeat") || element.contains("$join")) {
      list.push_back(expand(element, names));
      continue;
    }
    for (int i = 0; i < element["$repeat"].get<int>(); ++i) {
      list.push_back(expand(with_index(element["value"], i), names));
    }
  }
  return list;
}

Json expand_object(const Json& json, const Names& names) {
  if (json.contains("$join")) return expand_string(joined(json), names);
  if (json.contains("$members")) return expand(members(json), names);
  Json object = Json::object();
  for (const auto& [key, value] : json.items()) {
    object[expand_key(key, names)] = expand(value, names);
  }
  return object;
}

}  // namespace

Json expand(const Json& json, const Names& names) {
  if (json.is_string()) return expand_string(json.get<std::string>(), names);
  if (json.is_array()) return expand_list(json, names);
  if (json.is_object()) return expand_object(json, names);
  return json;
}

Json replace_saved(const Json& json, const Json& saved) {
  if (json.is_string()) {
    const std::string text = json.get<std::string>();
    return text.starts_with(kSaved) ? saved.at(text.substr(kSaved.size())) : json;
  }
  if (!json.is_structured()) return json;
  Json result = json;
  for (auto& element : result) element = replace_saved(element, saved);
  return result;
}

}  // namespace stator::wire
