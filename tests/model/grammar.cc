#include "grammar.h"

#include <algorithm>
#include <tuple>

namespace stator::plain {
namespace {

// Rules of "path" and "operand", and "word" in the places where it may be a keyword.
//   source  semantics.md 9.2: keywords are reserved words, not syntax, where only a name can stand
const Grammar kSharedRules = {
    {"any_word", {"free_word"}},
    {"any_word", {"AND"}},
    {"any_word", {"OR"}},
    {"any_word", {"NOT"}},
    {"any_word", {"BETWEEN"}},
    {"any_word", {"IN"}},
    {"free_word", {"word"}},
    {"free_word", {"SET"}},
    {"free_word", {"REMOVE"}},
    {"free_word", {"ADD"}},
    {"free_word", {"DELETE"}},
    {"step", {".", "any_word"}},
    {"step", {".", "#name"}},
    {"step", {"[", "number", "]"}},
    {"path", {"any_word"}},
    {"path", {"#name"}},
    {"path", {"path", "step"}},
    {"free_path", {"free_word"}},
    {"free_path", {"#name"}},
    {"free_path", {"free_path", "step"}},
    {"operand", {"free_path"}},
    {"operand", {":value"}},
    {"operand", {"call"}},
    {"operand", {"(", "operand", ")"}},
    {"call", {"free_word", "(", "operands", ")"}},
    {"operands", {"operand"}},
    {"operands", {"operands", ",", "operand"}},
};

const Grammar kConditionRules = {
    {"condition", {"conjunction"}},
    {"condition", {"condition", "OR", "conjunction"}},
    {"conjunction", {"negation"}},
    {"conjunction", {"conjunction", "AND", "negation"}},
    {"negation", {"primary"}},
    {"negation", {"NOT", "negation"}},
    {"primary", {"call"}},
    {"primary", {"(", "condition", ")"}},
    {"primary", {"operand", "comparator", "operand"}},
    {"primary", {"operand", "BETWEEN", "operand", "AND", "operand"}},
    {"primary", {"operand", "IN", "(", "operands", ")"}},
    {"comparator", {"="}},
    {"comparator", {"<>"}},
    {"comparator", {"<"}},
    {"comparator", {"<="}},
    {"comparator", {">"}},
    {"comparator", {">="}},
};

const Grammar kUpdateRules = {
    {"update", {"section"}},
    {"update", {"update", "section"}},
    {"section", {"SET", "assignments"}},
    {"section", {"REMOVE", "paths"}},
    {"section", {"ADD", "additions"}},
    {"section", {"DELETE", "additions"}},
    {"assignments", {"path", "=", "source"}},
    {"assignments", {"assignments", ",", "path", "=", "source"}},
    {"source", {"operand"}},
    {"source", {"operand", "+", "operand"}},
    {"source", {"operand", "-", "operand"}},
    {"source", {"(", "source", ")"}},
    {"additions", {"path", ":value"}},
    {"additions", {"additions", ",", "path", ":value"}},
    {"paths", {"path"}},
    {"paths", {"paths", ",", "path"}},
};

const Grammar kProjectionRules = {
    {"projection", {"path"}},
    {"projection", {"projection", ",", "path"}},
};

Grammar with_shared(Grammar rules) {
  rules.insert(rules.end(), kSharedRules.begin(), kSharedRules.end());
  return rules;
}

bool is_head(const Grammar& grammar, const std::string& symbol) {
  return std::any_of(grammar.begin(), grammar.end(),
                     [&](const Rule& rule) { return rule.head == symbol; });
}

// A rule that was read up to `done`, from the token `origin` on.
struct State {
  const Rule* rule;
  std::size_t done;
  std::size_t origin;

  bool is_complete() const { return done == rule->body.size(); }
  const std::string& next() const { return rule->body[done]; }
  State advanced() const { return {rule, done + 1, origin}; }
  auto key() const { return std::tuple(rule, done, origin); }
};

using States = std::vector<State>;

void add(const State& state, States* states) {
  const bool known = std::any_of(states->begin(), states->end(),
                                 [&](const State& other) { return other.key() == state.key(); });
  if (!known) states->push_back(state);
}

// Adds to the states before token `at` all that follows from them.
void close(const Grammar& grammar, std::size_t at, std::vector<States>* all) {
  States& states = (*all)[at];
  for (std::size_t i = 0; i < states.size(); ++i) {
    const State state = states[i];
    if (!state.is_complete()) {
      for (const Rule& rule : grammar) {
        if (rule.head == state.next()) add({&rule, 0, at}, &states);
      }
      continue;
    }
    const States waiting = (*all)[state.origin];
    for (const State& earlier : waiting) {
      if (!earlier.is_complete() && earlier.next() == state.rule->head) {
        add(earlier.advanced(), &states);
      }
    }
  }
}

void draw(const Grammar& grammar, const std::string& symbol, std::size_t depth, Random* random,
          std::vector<std::string>* kinds) {
  if (!is_head(grammar, symbol)) {
    kinds->push_back(symbol);
    return;
  }
  std::vector<const Rule*> rules;
  for (const Rule& rule : grammar) {
    if (rule.head == symbol) rules.push_back(&rule);
  }
  // The first rule of each head leads to the shortest sentences.
  const Rule& rule = depth > 9 ? *rules.front() : *random->one_of(rules);
  for (const std::string& part : rule.body) draw(grammar, part, depth + 1, random, kinds);
}

}  // namespace

const Grammar& condition_grammar() {
  static const Grammar grammar = with_shared(kConditionRules);
  return grammar;
}

const Grammar& update_grammar() {
  static const Grammar grammar = with_shared(kUpdateRules);
  return grammar;
}

const Grammar& projection_grammar() {
  static const Grammar grammar = with_shared(kProjectionRules);
  return grammar;
}

Reading read(const Grammar& grammar, const std::vector<std::string>& kinds) {
  const std::string& start = grammar.front().head;
  std::vector<States> all(kinds.size() + 1);
  for (const Rule& rule : grammar) {
    if (rule.head == start) add({&rule, 0, 0}, &all[0]);
  }
  for (std::size_t at = 0;; ++at) {
    close(grammar, at, &all);
    if (at == kinds.size()) break;
    for (const State& state : all[at]) {
      if (!state.is_complete() && state.next() == kinds[at]) add(state.advanced(), &all[at + 1]);
    }
    if (all[at + 1].empty()) return {.accepted = at};
  }
  const bool whole = std::any_of(all.back().begin(), all.back().end(), [&](const State& state) {
    return state.is_complete() && state.origin == 0 && state.rule->head == start;
  });
  return {.accepted = kinds.size(), .whole = whole};
}

std::vector<std::string> draw_sentence(const Grammar& grammar, Random* random) {
  std::vector<std::string> kinds;
  draw(grammar, grammar.front().head, 0, random, &kinds);
  return kinds;
}

}  // namespace stator::plain
