// What the parsers of all parts of a statement share: tokens, parameters, paths, literal values.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "expression/document_path.h"
#include "expression/faults.h"
#include "expression/operand.h"
#include "expression/partiql/lexer.h"
#include "model/value.h"

namespace stator::partiql {

// "Statement wasn't well formed, can't be processed: " and the detail.
Error not_well_formed(std::string_view detail);

// Where a name stands; what is none there has an error of its own.
enum class NamePlace {
  term,    // of a column, a condition, a value, behind FROM of a SELECT and behind BY
  target,  // what is written
  step,    // behind a dot
};

// A value that the text or a parameter gives.
struct Literal {
  ValueView value;
  Position position;
};

// One parse of one statement. Allocates in the arena; the text, the arena and the parameters
// outlive what it returns.
class Reader {
 public:
  Reader(std::string_view text, std::span<const ValueView> parameters, Arena* arena)
      : lexer_(text), parameters_(parameters), arena_(*arena), faults_(kConditionFaultRanks) {}

  const Lexeme& token() const { return lexer_.current(); }
  const Lexeme& next_token() const { return lexer_.next(); }
  void advance() { lexer_.advance(); }
  bool at(LexemeKind kind) const { return token().kind == kind; }
  bool at(Word keyword) const { return token().keyword == keyword; }
  bool accept(LexemeKind kind);
  bool accept(Word keyword);
  //   what  as the error names it: "Expected <what>"
  Result<void> expect(LexemeKind kind, std::string_view what);
  Result<void> expect(Word keyword, std::string_view what);

  // A name of a table, an index or an attribute; bare keywords are none.
  bool at_name() const;
  Result<std::string_view> name(NamePlace place);
  // name ('.' name | '[' index ']')*
  Result<DocumentPath> path(NamePlace place);

  // Whether a literal value begins here.
  bool at_literal() const;
  // value := string | number with signs | true | false | NULL | list | map | bag | ?
  Result<Literal> literal();
  // The braces of an INSERT, as the bytes of an item.
  Result<std::string_view> item();

  // Held while reading something nested: ok() is false when it lies too deep.
  class Nesting {
   public:
    explicit Nesting(Reader* reader) : depth_(reader->depth_) { ++depth_; }
    ~Nesting() { --depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    bool ok() const;

   private:
    int& depth_;
  };
  Error too_deep() const;

  // The statement's end: all parameters were used, and no fault was found.
  Result<void> finish();

  Faults* faults() { return &faults_; }
  Arena& arena() { return arena_; }

  Operand* operand_of(ValueView value) {
    return arena_.make<Operand>(Operand{.kind = OperandKind::value, .value = value});
  }
  Operand* operand_of(const DocumentPath& path) {
    return arena_.make<Operand>(Operand{.kind = OperandKind::path, .path = path});
  }

 private:
  Result<PathElement> path_index();
  Result<ValueView> parameter();

  // Each appends one value to `out`; `place` says where it stands: "root.a[0]".
  Result<void> append_value(std::string* place, int levels, std::string* out);
  Result<void> append_number(std::string* out);
  Result<void> append_word(std::string* out);
  Result<void> append_list(std::string* place, int levels, std::string* out);
  Result<void> append_map(std::string* place, int levels, std::string* out);
  Result<void> append_bag(std::string* place, std::string* out);
  // A parameter is a whole value, and no part of one.
  Error parameter_inside(const std::string& place) const;
  Result<std::string> map_name();
  Result<void> check_level(const std::string& place, int levels) const;

  Lexer lexer_;
  std::span<const ValueView> parameters_;
  std::size_t parameters_used_ = 0;
  Arena& arena_;
  Faults faults_;
  int depth_ = 0;
};

}  // namespace stator::partiql
