#include "shell/statement_marker.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>

#include "base/utf8.h"

namespace stator {
namespace {

struct Place {
  std::size_t line = 0;
  std::size_t column = 0;
  std::size_t length = 0;
};

bool take_number(std::string_view* text, std::size_t* number) {
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), *number);
  if (error != std::errc()) return false;
  text->remove_prefix(static_cast<std::size_t>(end - text->data()));
  return true;
}

bool take_colon(std::string_view* text) {
  if (!text->starts_with(':')) return false;
  text->remove_prefix(1);
  return true;
}

std::optional<Place> place_at(std::string_view text) {
  Place place;
  if (take_number(&text, &place.line) && take_colon(&text) && take_number(&text, &place.column) &&
      take_colon(&text) && take_number(&text, &place.length)) {
    return place;
  }
  return std::nullopt;
}

// Behind the last " at " of the text, which may quote the statement before.
std::optional<Place> place_in(std::string_view error) {
  constexpr std::string_view kAt = " at ";
  const std::size_t at = error.rfind(kAt);
  if (at == std::string_view::npos) return std::nullopt;
  return place_at(error.substr(at + kAt.size()));
}

std::optional<std::string_view> line_of(std::string_view text, std::size_t number) {
  for (std::size_t line = 1; line < number; ++line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  return text.substr(0, text.find('\n'));
}

// As wide as the text: tabs stay, and of a character of several bytes only the first counts.
std::string blanks_for(std::string_view text) {
  std::string blanks;
  for (const char c : text) {
    if (!continues_character(c)) blanks.push_back(c == '\t' ? '\t' : ' ');
  }
  return blanks;
}

}  // namespace

std::string marked_position(std::string_view statement, std::string_view error) {
  const std::optional<Place> place = place_in(error);
  if (!place || place->line == 0 || place->column == 0) return "";
  const std::optional<std::string_view> line = line_of(statement, place->line);
  if (!line || place->column > line->size() + 1) return "";
  const std::string_view before = line->substr(0, place->column - 1);
  const std::string_view marked = line->substr(before.size(), place->length);
  const std::size_t width = std::max<std::size_t>(blanks_for(marked).size(), 1);
  return std::string(*line) + "\n" + blanks_for(before) + std::string(width, '^') + "\n";
}

}  // namespace stator
