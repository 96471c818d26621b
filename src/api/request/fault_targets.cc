#include "api/request/fault_targets.h"

#include "api/attribute_reader.h"
#include "base/result.h"

namespace stator {
namespace {

using Targets = std::vector<FaultTarget>;

Result<void> read_item(JsonValue* value, std::string* item) {
  AttributeReader reader(ValueTexts::current);
  item->clear();
  TRY(reader.read_item(value, item));
  if (reader.take_error()) item->clear();
  return {};
}

bool names_table(std::string_view member) {
  return member == "TableName" || member == "TableArn" || member == "ResourceArn" ||
         member == "StreamArn";
}

bool names_item(std::string_view member) {
  return member == "Key" || member == "Item";
}

// {"TableName": .., "Key" or "Item": ..}, which may stand in another structure.
Result<void> read_structure(JsonValue* value, FaultTarget* target) {
  JsonMembers members = TRY(JsonMembers::of(value));
  while (TRY(members.next())) {
    JsonValue& member = members.value();
    const JsonKind kind = TRY(member.kind());
    if (members.key() == "TableName" && kind == JsonKind::string) {
      target->table = table_name_in(TRY(member.string()));
    } else if (names_item(members.key()) && kind == JsonKind::object) {
      TRY(read_item(&member, &target->item));
    } else {
      TRY(member.skip());
    }
  }
  return {};
}

// {"Put": {..}}: each operation that an element names, which is one.
Result<void> read_element(JsonValue* value, FaultTarget* target) {
  JsonMembers members = TRY(JsonMembers::of(value));
  while (TRY(members.next())) {
    const JsonKind kind = TRY(members.value().kind());
    if (kind == JsonKind::object) {
      TRY(read_structure(&members.value(), target));
    } else {
      TRY(members.value().skip());
    }
  }
  return {};
}

Result<void> read_elements(JsonValue* value, const std::string& table, Targets* targets) {
  JsonElements elements = TRY(JsonElements::of(value));
  while (TRY(elements.next())) {
    FaultTarget& target = targets->emplace_back();
    target.table = table;
    TRY(read_element(&elements.value(), &target));
  }
  return {};
}

Result<void> read_keys(JsonValue* value, const std::string& table, Targets* targets) {
  JsonElements elements = TRY(JsonElements::of(value));
  while (TRY(elements.next())) {
    FaultTarget& target = targets->emplace_back();
    target.table = table;
    TRY(read_item(&elements.value(), &target.item));
  }
  return {};
}

// {"Keys": [..], ..}
Result<void> read_keys_block(JsonValue* value, const std::string& table, Targets* targets) {
  JsonMembers members = TRY(JsonMembers::of(value));
  while (TRY(members.next())) {
    const JsonKind kind = TRY(members.value().kind());
    if (members.key() == "Keys" && kind == JsonKind::array) {
      TRY(read_keys(&members.value(), table, targets));
    } else {
      TRY(members.value().skip());
    }
  }
  return {};
}

// Blocks of a batch, by table.
Result<void> read_request_items(JsonValue* value, Targets* targets) {
  JsonMembers tables = TRY(JsonMembers::of(value));
  while (TRY(tables.next())) {
    const std::string table = table_name_in(tables.key());
    const JsonKind kind = TRY(tables.value().kind());
    if (kind == JsonKind::array) {
      TRY(read_elements(&tables.value(), table, targets));
    } else if (kind == JsonKind::object) {
      TRY(read_keys_block(&tables.value(), table, targets));
    } else {
      TRY(tables.value().skip());
    }
  }
  return {};
}

Result<void> read_request(JsonMembers members, FaultTarget* single, Targets* targets) {
  while (TRY(members.next())) {
    JsonValue& value = members.value();
    const JsonKind kind = TRY(value.kind());
    if (names_table(members.key()) && kind == JsonKind::string) {
      single->table = table_name_in(TRY(value.string()));
    } else if (names_item(members.key()) && kind == JsonKind::object) {
      TRY(read_item(&value, &single->item));
    } else if (members.key() == "TransactItems" && kind == JsonKind::array) {
      TRY(read_elements(&value, "", targets));
    } else if (members.key() == "RequestItems" && kind == JsonKind::object) {
      TRY(read_request_items(&value, targets));
    } else {
      TRY(value.skip());
    }
  }
  return {};
}

}  // namespace

std::string table_name_in(std::string_view name_or_arn) {
  constexpr std::string_view kTable = ":table/";
  const std::size_t at = name_or_arn.find(kTable);
  if (at == std::string_view::npos) return std::string(name_or_arn);
  const std::string_view name = name_or_arn.substr(at + kTable.size());
  return std::string(name.substr(0, name.find('/')));  // before an index or a stream
}

std::vector<FaultTarget> read_fault_targets(std::string_view json, JsonReader* reader) {
  Targets targets;
  FaultTarget single;
  Result<JsonMembers> members = reader->open(json);
  if (!members || !read_request(*members, &single, &targets)) return {};
  if (!single.table.empty()) targets.push_back(std::move(single));
  return targets;
}

}  // namespace stator
