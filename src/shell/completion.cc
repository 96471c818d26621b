#include "shell/completion.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace stator {
namespace {

constexpr std::array<std::string_view, 6> kCommands = {".describe",   ".help", ".output",
                                                       ".parameters", ".quit", ".tables"};

constexpr std::array<std::string_view, 39> kWords = {"ALL",
                                                     "AND",
                                                     "ASC",
                                                     "ATTRIBUTE_EXISTS",
                                                     "ATTRIBUTE_NOT_EXISTS",
                                                     "ATTRIBUTE_TYPE",
                                                     "BEGINS_WITH",
                                                     "BETWEEN",
                                                     "BY",
                                                     "CONTAINS",
                                                     "DELETE",
                                                     "DESC",
                                                     "EXISTS",
                                                     "FALSE",
                                                     "FROM",
                                                     "IN",
                                                     "INSERT",
                                                     "INTO",
                                                     "IS",
                                                     "LIST_APPEND",
                                                     "MISSING",
                                                     "MODIFIED",
                                                     "NEW",
                                                     "NOT",
                                                     "NULL",
                                                     "OLD",
                                                     "OR",
                                                     "ORDER",
                                                     "REMOVE",
                                                     "RETURNING",
                                                     "SELECT",
                                                     "SET",
                                                     "SET_ADD",
                                                     "SET_DELETE",
                                                     "SIZE",
                                                     "TRUE",
                                                     "UPDATE",
                                                     "VALUE",
                                                     "WHERE"};

// Behind these stands the name of a table.
constexpr std::array<std::string_view, 4> kBeforeTables = {"FROM", "INTO", "UPDATE", ".DESCRIBE"};

char upper(char c) {
  return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}
char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool is_of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '.';
}

std::string_view last_word(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_of_word(text[begin - 1])) --begin;
  return text.substr(begin);
}

std::string_view without_blanks_behind(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

std::string upper_text(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), upper);
  return result;
}

bool is_keyword(std::string_view word) {
  return std::find(kWords.begin(), kWords.end(), upper_text(word)) != kWords.end();
}

bool is_in_string(std::string_view text) {
  return std::count(text.begin(), text.end(), '\'') % 2 == 1;
}

bool needs_quotes(std::string_view table) {
  const auto is_plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  return std::isdigit(static_cast<unsigned char>(table.front())) != 0 || is_keyword(table) ||
         !std::all_of(table.begin(), table.end(), is_plain);
}

WordCompletion complete_table(std::string_view word, bool is_quoted, bool is_in_command,
                              std::span<const std::string> tables) {
  WordCompletion completion{.typed_bytes = word.size() + (is_quoted ? 1 : 0), .words = {}};
  for (const std::string& table : tables) {
    if (table.empty() || !table.starts_with(word)) continue;
    const bool has_quotes = is_quoted || (!is_in_command && needs_quotes(table));
    completion.words.push_back(has_quotes ? '"' + table + '"' : table);
  }
  return completion;
}

WordCompletion complete_word(std::string_view word) {
  WordCompletion completion{.typed_bytes = word.size(), .words = {}};
  const std::string wanted = upper_text(word);
  const bool is_lower =
      !word.empty() && word.back() == lower(word.back()) && word.back() != upper(word.back());
  for (const std::string_view keyword : kWords) {
    if (!keyword.starts_with(wanted)) continue;
    std::string& found = completion.words.emplace_back(keyword);
    if (is_lower) std::transform(found.begin(), found.end(), found.begin(), lower);
  }
  return completion;
}

WordCompletion complete_command(std::string_view word) {
  WordCompletion completion{.typed_bytes = word.size(), .words = {}};
  for (const std::string_view command : kCommands) {
    if (command.starts_with(word)) completion.words.emplace_back(command);
  }
  return completion;
}

}  // namespace

WordCompletion complete(std::string_view before, std::span<const std::string> tables) {
  const std::string_view word = last_word(before);
  std::string_view rest = before.substr(0, before.size() - word.size());
  if (rest.empty() && word.starts_with('.')) return complete_command(word);
  if (is_in_string(before)) return {};
  const bool is_quoted = rest.ends_with('"');
  if (is_quoted) rest.remove_suffix(1);
  const std::string previous = upper_text(last_word(without_blanks_behind(rest)));
  if (std::find(kBeforeTables.begin(), kBeforeTables.end(), previous) != kBeforeTables.end()) {
    return complete_table(word, is_quoted, previous.starts_with('.'), tables);
  }
  return is_quoted || word.empty() ? WordCompletion{} : complete_word(word);
}

std::string_view common_prefix(std::span<const std::string> words) {
  if (words.empty()) return "";
  std::string_view prefix = words.front();
  for (const std::string& word : words) {
    const auto [end, unused] =
        std::mismatch(prefix.begin(), prefix.end(), word.begin(), word.end());
    prefix = prefix.substr(0, static_cast<std::size_t>(end - prefix.begin()));
  }
  return prefix;
}

}  // namespace stator
