#include "functions/function.h"

#include <algorithm>

#include "model/table.h"

namespace stator {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_name_character);
}

bool is_namespaced_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_name_character(c) || c == '.'; });
}

bool is_account(std::string_view text) {
  return text.size() == 12 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// "us-east-1": letters and dashes, and a digit at the end.
bool is_region(std::string_view text) {
  return text.size() >= 6 && text.back() >= '0' && text.back() <= '9' &&
         std::count(text.begin(), text.end(), '-') >= 2;
}

std::string_view take_field(std::string_view* text) {
  const std::size_t end = text->find(':');
  const std::string_view field = text->substr(0, end);
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  return field;
}

// What stands before the name, as far as it is there:  "arn:aws:lambda:" region account "function:"
std::string_view without_prefix(std::string_view text) {
  if (text.starts_with("arn:")) {
    for (int field = 0; field < 3; ++field) take_field(&text);
  }
  const auto drop = [&text](auto&& fits) {
    std::string_view rest = text;
    if (fits(take_field(&rest)) && !rest.empty()) text = rest;
  };
  drop(is_region);
  drop(is_account);
  drop([](std::string_view field) { return field == "function"; });
  return text;
}

}  // namespace

std::string function_arn(std::string_view region, std::string_view name) {
  std::string arn = "arn:aws:lambda:";
  arn.append(region).append(":").append(kAccount).append(":function:").append(name);
  return arn;
}

FunctionNameView parse_function_name(std::string_view text) {
  std::string_view rest = without_prefix(text);
  FunctionNameView view;
  view.name = take_field(&rest);
  view.qualifier = rest;
  return view;
}

bool is_function_name(std::string_view text) {
  const FunctionNameView view = parse_function_name(text);
  return is_name(view.name) &&
         (view.qualifier.empty() || view.qualifier == "$LATEST" || is_name(view.qualifier));
}

bool is_namespaced_function_name(std::string_view text) {
  const FunctionNameView view = parse_function_name(text);
  return is_namespaced_name(view.name) &&
         (view.qualifier.empty() || view.qualifier == "$LATEST" ||
          view.qualifier == "$LATEST.PUBLISHED" || is_name(view.qualifier));
}

}  // namespace stator
