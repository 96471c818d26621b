#include "shell/table_keys.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "client/answer_reader.h"
#include "shell/statement_pages.h"

namespace stator {
namespace {

Result<std::string> ask(const Dynamo& dynamo, std::string_view operation, const std::string& json) {
  DynamoAnswer answer = TRY(dynamo(operation, json));
  if (answer.status != 200) return validation_error(error_text(answer));
  return std::move(answer.json);
}

void read_keys(JsonText* json, std::vector<NamedKey>* keys) {
  read_array(json, [&] {
    NamedKey key;
    read_object(json, [&](std::string_view name) {
      return take_string(json, name, "AttributeName", &key.attribute);
    });
    keys->push_back(std::move(key));
  });
}

void read_indexes(JsonText* json, std::vector<KeysOfTable>* found) {
  read_array(json, [&] {
    KeysOfTable index;
    read_object(json, [&](std::string_view name) {
      if (name == "KeySchema") return read_keys(json, &index.keys), true;
      return take_string(json, name, "IndexName", &index.index);
    });
    found->push_back(std::move(index));
  });
}

void read_types(JsonText* json, std::map<std::string, std::string>* types) {
  read_array(json, [&] {
    std::string attribute;
    std::string type;
    read_object(json, [&](std::string_view name) {
      return take_string(json, name, "AttributeName", &attribute) ||
             take_string(json, name, "AttributeType", &type);
    });
    (*types)[attribute] = type;
  });
}

// A word of a statement, in upper case, or the text of a quoted name.
std::string take_word(std::string_view* text) {
  while (!text->empty() && std::isspace(static_cast<unsigned char>(text->front())) != 0) {
    text->remove_prefix(1);
  }
  std::size_t size = 0;
  if (text->starts_with('"')) {
    size = std::min(text->find('"', 1), text->size() - 1) + 1;
    const std::string name(text->substr(1, size - 2));
    text->remove_prefix(size);
    return name;
  }
  const auto is_of_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  while (size < text->size() && is_of_name((*text)[size])) ++size;
  size = std::max<std::size_t>(size, text->empty() ? 0 : 1);
  std::string word(text->substr(0, size));
  text->remove_prefix(size);
  return word;
}

bool is_before_table(std::string word) {
  std::transform(word.begin(), word.end(), word.begin(), [](char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  });
  return word == "FROM" || word == "INTO" || word == "UPDATE";
}

}  // namespace

Result<std::vector<std::string>> table_names(const Dynamo& dynamo) {
  std::vector<std::string> names;
  std::string last;
  do {
    const std::string from =
        last.empty() ? "{}" : "{\"ExclusiveStartTableName\":" + quoted(last) + "}";
    const std::string answer = TRY(ask(dynamo, "ListTables", from));
    last.clear();
    JsonText json(answer);
    read_object(&json, [&](std::string_view name) {
      if (name != "TableNames") return take_string(&json, name, "LastEvaluatedTableName", &last);
      return read_array(&json, [&] { names.push_back(json.string()); }), true;
    });
    TRY(finish_answer(&json));
  } while (!last.empty());
  return names;
}

Result<std::vector<KeysOfTable>> keys_of_table(const Dynamo& dynamo, std::string_view table) {
  const std::string answer =
      TRY(ask(dynamo, "DescribeTable", "{\"TableName\":" + quoted(table) + "}"));
  std::vector<KeysOfTable> found(1);
  std::map<std::string, std::string> types;
  JsonText json(answer);
  const auto read_member = [&](std::string_view name) {
    if (name == "KeySchema") return read_keys(&json, &found.front().keys), true;
    if (name == "AttributeDefinitions") return read_types(&json, &types), true;
    if (!name.ends_with("SecondaryIndexes")) return false;
    return read_indexes(&json, &found), true;
  };
  read_object(&json, [&](std::string_view name) {
    return name == "Table" && (read_object(&json, read_member), true);
  });
  TRY(finish_answer(&json));
  for (KeysOfTable& each : found) {
    for (NamedKey& key : each.keys) key.type = types[key.attribute];
  }
  return found;
}

std::string table_in(std::string_view statement) {
  while (!statement.empty()) {
    if (is_before_table(take_word(&statement))) return take_word(&statement);
  }
  return "";
}

}  // namespace stator
