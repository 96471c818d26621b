// The grammar:
//
//   statement := SELECT ('*' | path (',' path)*) FROM source [WHERE condition]
//                  [ORDER BY name [ASC | DESC] (',' ..)*]
//              | INSERT INTO source VALUE '{' .. '}'
//              | UPDATE source clauses [WHERE condition] [returning]
//              | DELETE FROM source [WHERE condition] [returning]
//              | EXISTS '(' SELECT .. ')'
//   source    := name ['.' name]
//   returning := RETURNING (ALL | MODIFIED) (OLD | NEW) '*'
#include "expression/partiql/statement.h"

#include <string>
#include <vector>

#include "expression/partiql/reader.h"
#include "expression/partiql/set_parser.h"
#include "expression/partiql/where_parser.h"

namespace stator::partiql {
namespace {

class StatementParser {
 public:
  explicit StatementParser(Reader* reader) : reader_(*reader) {}

  Result<Statement> run() {
    TRY(statement());
    TRY(reader_.finish());
    return statement_;
  }

 private:
  Result<void> statement() {
    if (reader_.accept(Word::select)) return select(StatementKind::select);
    if (reader_.accept(Word::insert)) return insert();
    if (reader_.accept(Word::update)) return update();
    if (reader_.accept(Word::remove_row)) return remove();
    if (reader_.accept(Word::exists)) return exists();
    return not_well_formed("Expected data manipulation");
  }

  Result<void> exists() {
    TRY(reader_.expect(LexemeKind::left_parenthesis, "("));
    TRY(reader_.expect(Word::select, "SELECT"));
    TRY(select(StatementKind::exists));
    return reader_.expect(LexemeKind::right_parenthesis, ")");
  }

  Result<void> select(StatementKind kind) {
    statement_.kind = kind;
    TRY(columns());
    TRY(reader_.expect(Word::from, "FROM after SELECT list"));
    TRY(source(NamePlace::term));
    TRY(where());
    if (!reader_.accept(Word::order)) return {};
    TRY(reader_.expect(Word::by, "BY"));
    return order();
  }

  Result<void> columns() {
    if (reader_.accept(LexemeKind::star)) {
      if (!reader_.at(LexemeKind::comma)) return {};
      return not_well_formed(
          "Other expressions may not be present in the select list when '*' is used without dot "
          "notation.");
    }
    std::vector<DocumentPath> paths;
    std::vector<std::string_view> names;
    do {
      const DocumentPath path = TRY(reader_.path(NamePlace::term));
      paths.push_back(path);
      names.push_back(column_name(path));
    } while (reader_.accept(LexemeKind::comma));
    statement_.columns =
        Projection{.paths = reader_.arena().copy(paths), .names = reader_.arena().copy(names)};
    return {};
  }

  // The last name of the path, with the indexes behind it.
  std::string_view column_name(const DocumentPath& path) {
    std::size_t named = path.elements.size();
    while (path.elements[--named].is_index) {
    }
    std::string name(path.elements[named].name);
    for (const PathElement& element : path.elements.subspan(named + 1)) {
      name += "[" + std::to_string(element.index) + "]";
    }
    return reader_.arena().copy(name);
  }

  Result<void> source(NamePlace place) {
    statement_.table = TRY(reader_.name(place));
    if (!reader_.accept(LexemeKind::dot)) return {};
    statement_.index = TRY(reader_.name(NamePlace::step));
    if (!reader_.at(LexemeKind::dot)) return {};
    return validation_error("A path may contain at most 2 components in the FROM clause");
  }

  Result<void> written_source() {
    TRY(source(NamePlace::target));
    if (!statement_.index) return {};
    return validation_error("This operation is not supported on an index");
  }

  Result<void> where() {
    if (!reader_.accept(Word::where)) return {};
    const Condition condition = TRY(parse_where(&reader_));
    statement_.where = condition;
    return {};
  }

  Result<void> order() {
    std::vector<OrderTerm> terms;
    do {
      OrderTerm term;
      term.attribute = TRY(reader_.name(NamePlace::term));
      term.descending = reader_.accept(Word::desc);
      if (!term.descending) reader_.accept(Word::asc);
      terms.push_back(term);
    } while (reader_.accept(LexemeKind::comma));
    statement_.order = reader_.arena().copy(terms);
    if (statement_.where) return {};
    return validation_error("Must have WHERE clause in the statement when using ORDER BY clause.");
  }

  Result<void> insert() {
    statement_.kind = StatementKind::insert;
    TRY(reader_.expect(Word::into, "INTO"));
    TRY(written_source());
    if (reader_.accept(LexemeKind::left_bag)) {
      return validation_error(
          "Unsupported operation: Inserting multiple items in a single statement is not supported, "
          "use \"INSERT INTO tableName VALUE item\" instead");
    }
    if (reader_.at(LexemeKind::left_parenthesis)) return columns_of_insert();
    TRY(reader_.expect(Word::value, "VALUE"));
    statement_.item = TRY(reader_.item());
    return {};
  }

  // SQL's INSERT INTO t (a, b) VALUES (..), which AWS reads as a list of terms.
  Result<void> columns_of_insert() {
    do {
      reader_.advance();
      TRY(reader_.path(NamePlace::term));
    } while (reader_.at(LexemeKind::comma));
    TRY(reader_.expect(LexemeKind::right_parenthesis, ")"));
    return not_well_formed("Unexpected token after expression");
  }

  Result<void> update() {
    statement_.kind = StatementKind::update;
    TRY(written_source());
    const Update update = TRY(parse_set_clauses(&reader_));
    statement_.update = update;
    TRY(where());
    return returning();
  }

  Result<void> remove() {
    statement_.kind = StatementKind::remove;
    TRY(reader_.expect(Word::from, "FROM after DELETE"));
    TRY(written_source());
    TRY(where());
    return returning();
  }

  Result<void> returning() {
    if (!reader_.accept(Word::returning)) return {};
    constexpr std::string_view kWords =
        "( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.";
    const bool all = reader_.accept(Word::all);
    if (!all) TRY(reader_.expect(Word::modified, kWords));
    const bool old = reader_.accept(Word::old);
    if (!old) TRY(reader_.expect(Word::new_, kWords));
    TRY(reader_.expect(LexemeKind::star, "*"));
    if (all) {
      statement_.returning = old ? Returning::all_old : Returning::all_new;
    } else {
      statement_.returning = old ? Returning::modified_old : Returning::modified_new;
    }
    if (statement_.kind == StatementKind::update || (all && old)) return {};
    return validation_error("Invalid returning clause: RETURNING " +
                            std::string(all ? "ALL " : "MODIFIED ") + (old ? "OLD" : "NEW") +
                            " *. Only RETURNING ALL OLD * is allowed in DELETE statements.");
  }

  Reader& reader_;
  Statement statement_;
};

}  // namespace

Result<Statement> parse_statement(std::string_view text, std::span<const ValueView> parameters,
                                  Arena* arena) {
  Reader reader(text, parameters, arena);
  return StatementParser(&reader).run();
}

}  // namespace stator::partiql
