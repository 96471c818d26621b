#include "placeholders.h"

namespace stator::plain {
namespace {

// One letter, or a letter and a digit: no reserved word has that form.
bool needs_no_placeholder(const std::string& name) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (name.empty() || name.size() > 2 || !is_letter(name[0])) return false;
  return name.size() == 1 || (name[1] >= '0' && name[1] <= '9');
}

}  // namespace

std::string Placeholders::path(const Path& path) {
  std::string text;
  for (const Step& step : path) {
    if (step.index) {
      text += "[" + std::to_string(*step.index) + "]";
    } else {
      text += (text.empty() ? "" : ".") + name(step.name);
    }
  }
  return text;
}

std::string Placeholders::name(const std::string& name) {
  if (needs_no_placeholder(name) && random_.chance(70)) return name;
  const std::string key = "#n" + std::to_string(names_.size());
  names_[key] = name;
  return key;
}

std::string Placeholders::value(const Value& value) {
  const std::string key = ":v" + std::to_string(values_.size());
  values_[key] = spelt(to_json(value), &random_);
  return key;
}

void Placeholders::add_to(Json* request) const {
  if (!names_.empty()) (*request)["ExpressionAttributeNames"] = names_;
  if (!values_.empty()) (*request)["ExpressionAttributeValues"] = values_;
}

std::string text_of(const std::vector<Path>& paths, Placeholders* placeholders) {
  std::string text;
  for (const Path& path : paths) text += (text.empty() ? "" : ", ") + placeholders->path(path);
  return text;
}

}  // namespace stator::plain
