// The grammars of expressions as rules, and what a sentence of them is: Earley's algorithm, which
// is slow, knows nothing of how a parser goes about it, and finds the first token that cannot
// stand.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "random.h"

namespace stator::plain {

// A symbol that heads a rule stands for any of its bodies; each other one is a kind of token.
struct Rule {
  std::string head;
  std::vector<std::string> body;  // never empty
};

using Grammar = std::vector<Rule>;

const Grammar& condition_grammar();   // of "condition"
const Grammar& update_grammar();      // of "update"
const Grammar& projection_grammar();  // of "projection"

struct Reading {
  std::size_t accepted = 0;  // so many tokens begin some sentence
  bool whole = false;        // and all of them are one
};

//   kinds  of the tokens, from the first to the last
Reading read(const Grammar& grammar, const std::vector<std::string>& kinds);

// A sentence as the kinds of its tokens.
std::vector<std::string> draw_sentence(const Grammar& grammar, Random* random);

}  // namespace stator::plain
