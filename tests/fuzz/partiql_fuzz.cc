// Any text as a PartiQL statement: it is refused, or what it says can be used. Some of that must
// hold for every statement.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "expression/partiql/statement.h"
#include "model/item.h"
#include "model/value_writer.h"

namespace stator {
namespace {

using partiql::Statement;
using partiql::StatementKind;

void require(bool condition) {
  if (!condition) std::abort();
}

// As many as a text asks for, up to two.
std::string parameter_bytes(int i) {
  std::string bytes;
  if (i == 0) {
    append_string("a", &bytes);
  } else {
    append_number(*parse_number("7"), &bytes);
  }
  return bytes;
}

std::string stored_item() {
  std::string bytes;
  ItemWriter item(&bytes);
  item.add("pk");
  append_string("a", &bytes);
  item.add("n");
  append_number(*parse_number("1"), &bytes);
  item.add("l");
  ListWriter list(&bytes);
  list.add();
  append_string("x", &bytes);
  list.finish();
  item.finish();
  return bytes;
}

void use(const Statement& statement, const MapView& item) {
  require(!statement.table.empty());
  require((statement.kind == StatementKind::update) == statement.update.has_value());
  require(statement.order.empty() || statement.where.has_value());
  std::string buffer;
  if (statement.where) {
    const bool found = statement.where->matches(item);
    require(found == statement.where->matches(item));
  }
  if (statement.columns) {
    require(statement.columns->names.size() == statement.columns->paths.size());
    require(ItemView::parse(project(*statement.columns, item, &buffer).bytes()).has_value());
  }
  if (statement.kind == StatementKind::insert) {
    require(ItemView::parse(statement.item).has_value());
  }
  if (!statement.update) return;
  buffer.clear();
  const Result<ItemView> updated = apply_update(*statement.update, item, true, &buffer);
  if (updated) require(ItemView::parse(updated->bytes()).has_value());
}

}  // namespace
}  // namespace stator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stator;
  static const std::string item = stored_item();
  static const std::array<std::string, 2> bytes = {parameter_bytes(0), parameter_bytes(1)};
  static const std::array<ValueView, 2> values = {ValueView(bytes[0]), ValueView(bytes[1])};
  const std::string text(reinterpret_cast<const char*>(data), size);
  for (std::size_t parameters = 0; parameters <= values.size(); ++parameters) {
    Arena arena;
    const Result<Statement> statement =
        partiql::parse_statement(text, std::span(values).first(parameters), &arena);
    if (statement) {
      use(*statement, ItemView::trusted(item).attributes());
    } else {
      require(statement.error().code() == ErrorCode::validation);
    }
  }
  return 0;
}
