#include "shell/statement_text.h"

#include <algorithm>

namespace stator {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

std::string_view without_blanks_behind(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

void StatementText::add_line(std::string_view line) {
  const std::size_t done = begin_.value_or(at_);
  text_.erase(0, done);
  at_ -= done;
  if (begin_) begin_ = 0;
  text_.append(line).push_back('\n');
}

std::optional<ScriptStatement> StatementText::take() {
  while (at_ < text_.size()) {
    if (mode_ != Mode::plain || text_[at_] != ';') {
      step();
      continue;
    }
    ScriptStatement statement = cut();
    advance(1);
    if (!statement.text.empty()) return statement;
  }
  return std::nullopt;
}

std::optional<ScriptStatement> StatementText::take_rest() {
  if (mode_ == Mode::block_comment && !begin_) {
    mode_ = Mode::plain;
    return ScriptStatement{.text = "/*", .line = comment_line_};
  }
  if (!begin_) return std::nullopt;
  return cut();
}

void StatementText::clear() {
  text_.clear();
  at_ = 0;
  begin_.reset();
  mode_ = Mode::plain;
}

void StatementText::step() {
  switch (mode_) {
    case Mode::plain:
      return begin_at(text_[at_]);
    case Mode::string:
      return end_mode_at("'");  // a quote that is doubled ends one string and begins the next
    case Mode::name:
      return end_mode_at("\"");
    case Mode::line_comment:
      return end_mode_at("\n");
    case Mode::block_comment:
      return end_mode_at("*/");
  }
}

void StatementText::begin_at(char c) {
  if (looks_at("--") || looks_at("/*")) {
    mode_ = c == '-' ? Mode::line_comment : Mode::block_comment;
    comment_line_ = line_;
    return advance(2);
  }
  if (!begin_ && !is_blank(c)) {
    begin_ = at_;
    begin_line_ = line_;
  }
  if (c == '\'') mode_ = Mode::string;
  if (c == '"') mode_ = Mode::name;
  advance(1);
}

void StatementText::end_mode_at(std::string_view sign) {
  if (!looks_at(sign)) return advance(1);
  mode_ = Mode::plain;
  advance(sign.size());
}

void StatementText::advance(std::size_t bytes) {
  const auto from = text_.begin() + static_cast<std::ptrdiff_t>(at_);
  const auto lines = std::count(from, from + static_cast<std::ptrdiff_t>(bytes), '\n');
  line_ += static_cast<std::size_t>(lines);
  at_ += bytes;
}

// What has begun, up to at_; empty where nothing has.
ScriptStatement StatementText::cut() {
  const std::size_t begin = begin_.value_or(at_);
  begin_.reset();
  mode_ = Mode::plain;
  const std::string_view text = std::string_view(text_).substr(begin, at_ - begin);
  return {.text = std::string(without_blanks_behind(text)), .line = begin_line_};
}

}  // namespace stator
