// Expressions as texts of tokens, whether they are well-formed or not, and what DynamoDB says of
// those that are not.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "grammar.h"
#include "random.h"

namespace stator::plain {

// A text and where its tokens stand in it. A value.
struct ExpressionText {
  struct Token {
    std::string kind;
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  std::string text = {};
  std::vector<Token> tokens = {};

  std::string text_of(std::size_t token) const {
    return text.substr(tokens[token].begin, tokens[token].end - tokens[token].begin);
  }
  std::vector<std::string> kinds() const;
};

// Mostly a sentence with some tokens lost, doubled, exchanged, put in or taken from another; else a
// sentence.
ExpressionText draw_text(const Grammar& grammar, Random* random);

// "Syntax error; token: .., near: .." for a text that no sentence begins with; empty for a
// sentence.
std::string syntax_error(const Grammar& grammar, const ExpressionText& expression);

}  // namespace stator::plain
