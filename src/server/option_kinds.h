// The kinds of options that a command line has beside CLI11's own.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "server/number_option.h"

namespace stator {

// What an option is called, as a variable too, and what it does.
struct OptionText {
  std::string name;      // "--read-lag"
  std::string variable;  // "STATOR_READ_LAG"
  std::string text;
};

// One word of a few. The default is that of *value.
template <typename T>
void add_choice(CLI::App* command, const OptionText& option, T* value,
                std::vector<std::pair<std::string, T>> choices) {
  std::vector<std::string> names;
  std::string default_name;
  std::map<std::string, T> meanings;
  for (const auto& [name, meaning] : choices) {
    names.push_back(name);
    if (meaning == *value) default_name = name;
    meanings.emplace(name, meaning);
  }
  const auto choose = [value, meanings](const std::string& name) { *value = meanings.at(name); };
  command->add_option_function<std::string>(option.name, choose, option.text)
      ->envname(option.variable)
      ->type_name(CLI::detail::join(names, "|"))
      ->check(CLI::IsMember(names).description(""))
      ->default_str(default_name);
}

// A text that `parse` understands or refuses.
template <typename T>
CLI::Option* add_parsed(CLI::App* command, const OptionText& option, const std::string& type,
                        Result<T> (*parse)(std::string_view), T* value) {
  const auto check = [parse](const std::string& text) {
    const Result<T> parsed = parse(text);
    return parsed ? std::string() : std::string(parsed.error().message());
  };
  const auto keep = [parse, value](const std::string& text) { *value = *parse(text); };
  return command->add_option_function<std::string>(option.name, keep, option.text)
      ->envname(option.variable)
      ->type_name(type)
      ->check(CLI::Validator(check, ""));
}

// A whole number within `range`.
inline CLI::Option* add_number(CLI::App* command, const OptionText& option, const std::string& type,
                               WholeNumberRange range,
                               const std::function<void(std::int64_t)>& keep) {
  const auto check = [range](const std::string& text) {
    const Result<std::int64_t> number = parse_number(text, range);
    return number ? std::string() : std::string(number.error().message());
  };
  const auto take = [range, keep](const std::string& text) { keep(*parse_number(text, range)); };
  return command->add_option_function<std::string>(option.name, take, option.text)
      ->envname(option.variable)
      ->type_name(type)
      ->check(CLI::Validator(check, ""));
}

}  // namespace stator
