// What the parsers of all kinds of expression share: tokens, placeholders, paths, operands, errors.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "expression/document_path.h"
#include "expression/faults.h"
#include "expression/operand.h"
#include "expression/placeholders.h"
#include "expression/token_reader.h"

namespace stator {

// How one kind of expression differs from the others.
struct ExpressionRules {
  std::string_view prefix;  // "Invalid UpdateExpression: "
  const FaultRanks& ranks;
  bool size_in_error;       // whether the error of too long a text names its size
  bool counts_parentheses;  // whether doubled parentheses around an operand are a fault
  void (*check_name)(const Operand& call, Faults* faults);  // before the arguments were read
  void (*check_call)(const Operand& call, Faults* faults);  // after
};

// One parse of one text. Allocates in the arena; the text, the arena and the placeholders outlive
// what it returns. Syntax errors come as Errors at once, all other faults from finish().
class ExpressionReader {
 public:
  ExpressionReader(const ExpressionRules& rules, std::string_view text, Placeholders* placeholders,
                   Arena* arena)
      : rules_(rules),
        text_(text),
        tokens_(text),
        placeholders_(*placeholders),
        arena_(*arena),
        faults_(rules.ranks) {}

  // To be run first: the text is neither empty nor too long.
  Result<void> check_text() const;

  const Token& token() const { return tokens_.current(); }
  const Token& next_token() const { return tokens_.next(); }
  void advance() { tokens_.advance(); }
  bool at(TokenKind kind) const { return token().kind == kind; }
  bool at(Keyword keyword) const { return token().keyword == keyword; }

  // Steps over a token if it is of this kind.
  bool accept(TokenKind kind);
  bool accept(Keyword keyword);
  Result<void> expect(TokenKind kind);
  Result<void> expect(Keyword keyword);

  Result<DocumentPath> path();
  Result<ValueView> value();
  Result<Operand*> operand();

  // To be run last: all the text was read and no fault was found.
  Result<void> finish();

  Error syntax_error() const { return error(tokens_.syntax_error()); }
  Error error(std::string_view message) const;

  void count_operator() { ++operators_; }
  Faults* faults() { return &faults_; }
  Arena& arena() { return arena_; }

  // The first elements of all paths read so far, in textual order.
  std::span<const std::string_view> attributes();

 private:
  struct AttributeUse {
    std::string_view name;
    AttributeUse* next;
  };

  Result<PathElement> path_element();
  Result<PathElement> path_name();
  Result<PathElement> path_index();
  Result<DocumentPath> long_path(const PathElement& first);
  void note_attribute(std::string_view name);
  std::string_view defined_name(std::string_view placeholder);
  Result<Operand*> call();

  const ExpressionRules& rules_;
  const std::string_view text_;
  TokenReader tokens_;
  Placeholders& placeholders_;
  Arena& arena_;
  Faults faults_;
  int operators_ = 0;
  AttributeUse* attributes_ = nullptr;  // the last one
  std::size_t attribute_count_ = 0;
};

}  // namespace stator
