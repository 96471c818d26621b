// A PartiQL statement that was parsed, but not yet held against a table.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "expression/condition.h"
#include "expression/document_path.h"
#include "expression/projection.h"
#include "expression/update.h"
#include "model/value.h"

namespace stator::partiql {

enum class StatementKind : std::uint8_t { select, insert, update, remove, exists };

struct OrderTerm {
  std::string_view attribute;
  bool descending = false;
};

enum class Returning : std::uint8_t { none, all_old, all_new, modified_old, modified_new };

// What points somewhere points into the request's arena, the statement's text or the parameters.
struct Statement {
  StatementKind kind = StatementKind::select;
  std::string_view table;                 // a name or an ARN
  std::optional<std::string_view> index;  // select, exists
  std::optional<Projection> columns;      // select: nothing for *
  std::optional<Condition> where;         // but for insert
  std::span<const OrderTerm> order;       // select
  std::string_view item;                  // insert: the bytes of an item (model/item.h)
  std::optional<Update> update;           // update
  Returning returning = Returning::none;  // update, remove

  bool reads() const { return kind == StatementKind::select; }
};

// Parameters stand for the question marks of the text, in their order.
//   errors  validation, with AWS's texts and positions
Result<Statement> parse_statement(std::string_view text, std::span<const ValueView> parameters,
                                  Arena* arena);

}  // namespace stator::partiql
