// Every keyword, and none that is only one where the grammar asks for it (YEAR, BOTH).
#include "expression/partiql/keywords.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace stator::partiql {
namespace {

constexpr std::array<std::pair<std::string_view, Word>, 30> kWords = {{
    {"ALL", Word::all},           {"AND", Word::logical_and}, {"ASC", Word::asc},
    {"BETWEEN", Word::between},   {"BY", Word::by},           {"DELETE", Word::remove_row},
    {"DESC", Word::desc},         {"EXISTS", Word::exists},   {"FALSE", Word::value_false},
    {"FROM", Word::from},         {"IN", Word::in},           {"INSERT", Word::insert},
    {"INTO", Word::into},         {"IS", Word::is},           {"MISSING", Word::missing},
    {"MODIFIED", Word::modified}, {"NEW", Word::new_},        {"NOT", Word::logical_not},
    {"NULL", Word::null},         {"OLD", Word::old},         {"OR", Word::logical_or},
    {"ORDER", Word::order},       {"REMOVE", Word::remove},   {"RETURNING", Word::returning},
    {"SELECT", Word::select},     {"SET", Word::set},         {"TRUE", Word::value_true},
    {"UPDATE", Word::update},     {"VALUE", Word::value},     {"WHERE", Word::where},
}};

// SQL-92's other keywords and PartiQL's.
// clang-format off
constexpr std::string_view kOthers[] = {
    "ABSOLUTE", "ACTION", "ADD", "ALLOCATE", "ALTER", "ANY", "ARE", "AS", "ASSERTION", "AT",
    "AUTHORIZATION", "AVG", "BAG", "BEGIN", "BIGINT", "BIT", "BIT_LENGTH", "BLOB", "BOOL",
    "BOOLEAN", "CAN_CAST", "CAN_LOSSLESS_CAST", "CASCADE", "CASCADED", "CASE", "CAST", "CATALOG",
    "CHAR", "CHARACTER", "CHARACTER_LENGTH", "CHAR_LENGTH", "CHECK", "CLOB", "CLOSE", "COALESCE",
    "COLLATE", "COLLATION", "COLUMN", "COMMIT", "CONFLICT", "CONNECT", "CONNECTION", "CONSTRAINT",
    "CONSTRAINTS", "CONTINUE", "CONVERT", "CORRESPONDING", "COUNT", "CREATE", "CROSS", "CURRENT",
    "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER", "CURSOR", "DATE",
    "DATE_ADD", "DATE_DIFF", "DEALLOCATE", "DEC", "DECIMAL", "DECLARE", "DEFAULT", "DEFERRABLE",
    "DEFERRED", "DESCRIBE", "DESCRIPTOR", "DIAGNOSTICS", "DISCONNECT", "DISTINCT", "DO", "DOMAIN",
    "DOUBLE", "DROP", "ELSE", "END", "ESCAPE", "EXCEPT", "EXCEPTION", "EXEC", "EXECUTE",
    "EXTERNAL", "EXTRACT", "FETCH", "FIRST", "FLOAT", "FOR", "FOREIGN", "FOUND", "FULL", "GET",
    "GLOBAL", "GO", "GOTO", "GRANT", "GROUP", "HAVING", "IDENTITY", "IMMEDIATE", "INDEX",
    "INDICATOR", "INITIALLY", "INNER", "INPUT", "INSENSITIVE", "INT", "INT2", "INT4", "INT8",
    "INTEGER", "INTEGER2", "INTEGER4", "INTEGER8", "INTERSECT", "INTERVAL", "ISOLATION", "JOIN",
    "KEY", "LANGUAGE", "LAST", "LEFT", "LET", "LEVEL", "LIKE", "LIMIT", "LIST", "LOCAL", "LOWER",
    "MATCH", "MAX", "MIN", "MODULE", "NAMES", "NATIONAL", "NATURAL", "NCHAR", "NEXT", "NO",
    "NOTHING", "NULLIF", "NUMERIC", "OCTET_LENGTH", "OF", "ON", "ONLY", "OPEN", "OPTION", "OUTER",
    "OUTPUT", "OVERLAPS", "PAD", "PARTIAL", "PIVOT", "POSITION", "PRECISION", "PREPARE",
    "PRESERVE", "PRIMARY", "PRIOR", "PRIVILEGES", "PROCEDURE", "PUBLIC", "READ", "REAL",
    "REFERENCES", "RELATIVE", "RESTRICT", "REVOKE", "RIGHT", "ROLLBACK", "ROWS", "SCHEMA",
    "SCROLL", "SECTION", "SESSION", "SESSION_USER", "SEXP", "SIZE", "SMALLINT", "SOME", "SPACE",
    "SQL", "SQLCODE", "SQLERROR", "SQLSTATE", "STRING", "STRUCT", "SUBSTRING", "SUM", "SYMBOL",
    "SYSTEM_USER", "TABLE", "TEMPORARY", "THEN", "TIME", "TIMESTAMP", "TO", "TRANSACTION",
    "TRANSLATE", "TRANSLATION", "TRIM", "TUPLE", "UNION", "UNIQUE", "UNKNOWN", "UNPIVOT", "UPPER",
    "USAGE", "USER", "USING", "VALUES", "VARCHAR", "VARYING", "VIEW", "WHEN", "WHENEVER", "WITH",
    "WORK", "WRITE", "ZONE",
};
// clang-format on

constexpr std::size_t kKeywordBytesMax = 17;

static_assert(std::is_sorted(kWords.begin(), kWords.end()));
static_assert(std::is_sorted(std::begin(kOthers), std::end(kOthers)));
static_assert(std::all_of(std::begin(kOthers), std::end(kOthers),
                          [](std::string_view word) { return word.size() <= kKeywordBytesMax; }));

}  // namespace

Word keyword_of(std::string_view name) {
  if (name.size() > kKeywordBytesMax) return Word::none;
  std::array<char, kKeywordBytesMax> upper{};
  std::transform(name.begin(), name.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  const std::string_view word(upper.data(), name.size());
  const auto found =
      std::lower_bound(kWords.begin(), kWords.end(), word,
                       [](const auto& row, std::string_view key) { return row.first < key; });
  if (found != kWords.end() && found->first == word) return found->second;
  return std::binary_search(std::begin(kOthers), std::end(kOthers), word) ? Word::other
                                                                          : Word::none;
}

}  // namespace stator::partiql
