// expression_tests [--seed N] [--rounds N]
//   Random items against random conditions, as filters and as statements, and random texts,
//   well-formed or not, as expressions of every kind; compares what the database says with the
//   plain tree and with the grammar. Prints the seed; the same seed and rounds repeat the run. Exit
//   status 1: they said different things.
#include <CLI/CLI.hpp>
#include <iostream>
#include <random>

#include "condition.h"
#include "draw_expression.h"
#include "expect.h"
#include "expression_text.h"
#include "statement_text.h"

namespace stator::plain {
namespace {

constexpr const char* kTable = "expressions";

struct Run {
  Endpoint endpoint{""};
  Random random;
  ValueDraw values{&random};
  ExpressionDraw expressions{&random};
  std::string last_request = {};

  explicit Run(std::uint64_t seed) : random(seed) {}

  Answer call(const std::string& operation, const Json& request) {
    last_request = operation + " " + request.dump();
    return endpoint.call(operation, request);
  }
};

void create_table(Run* run) {
  const Json request = {
      {"TableName", kTable},
      {"KeySchema", Json::array({{{"AttributeName", "pk"}, {"KeyType", "HASH"}}})},
      {"AttributeDefinitions", Json::array({{{"AttributeName", "pk"}, {"AttributeType", "S"}}})},
      {"BillingMode", "PAY_PER_REQUEST"}};
  expect(run->call("CreateTable", request).status == 200, "cannot create the table");
}

// One of few, so that values meet: equal, a bit less, a bit more.
Value draw_near_scalar(Run* run, Type type) {
  static const std::vector<std::string> numbers = {"-1", "-0.5", "0", "1", "1.5", "2", "10"};
  static const std::vector<std::string> texts = {"a", "ab", "abc", "b", "B", "\xC3\xA9", "\x01"};
  if (type == Type::N) return number_value(parse_decimal(run->random.one_of(numbers)));
  const std::string& text = run->random.one_of(texts);
  return type == Type::S ? string_value(text) : binary_value(text);
}

Item draw_item(Run* run) {
  Item item = {{"pk", string_value("item")}};
  for (std::size_t i = run->random.below(9); i > 0; --i) {
    const bool is_near = run->random.chance(60);
    item[run->values.attribute_name()] =
        is_near ? draw_near_scalar(run, run->values.scalar_type()) : run->values.value();
  }
  return item;
}

// Of any type, on any place: what a condition says of the wrong ones is the point.
Operand draw_operand(Run* run, bool may_be_size) {
  if (run->random.chance(30)) return {.kind = OperandKind::value, .value = run->values.value()};
  const bool is_size = may_be_size && run->random.chance(20);
  return {.kind = is_size ? OperandKind::size : OperandKind::path, .path = run->expressions.path()};
}

Operand draw_path(Run* run) {
  return {.kind = OperandKind::path, .path = run->expressions.path()};
}

// Of paths alone, so that the types are the item's matter; none of the others is the first.
Condition draw_test_of_paths(Run* run) {
  static const std::vector<Test> tests = {Test::less,          Test::less_equal, Test::greater,
                                          Test::greater_equal, Test::between,    Test::in,
                                          Test::exists,        Test::contains,   Test::begins_with,
                                          Test::equal,         Test::not_equal,  Test::not_exists};
  Condition condition = {.test = run->random.one_of(tests), .operands = {draw_path(run)}};
  if (condition.test == Test::exists || condition.test == Test::not_exists) return condition;
  std::size_t more = condition.test == Test::between ? 2 : 1;
  if (condition.test == Test::in) more += run->random.below(4);
  while (condition.operands.size() <= more) {
    Operand operand = draw_path(run);
    if (!(operand.path == condition.operands[0].path)) condition.operands.push_back(operand);
  }
  return condition;
}

// What takes operands of every type: equality, membership and size.
Condition draw_test_of_anything(Run* run) {
  static const std::vector<Test> tests = {Test::equal, Test::in, Test::contains};
  Condition condition = {.test = run->random.one_of(tests), .operands = {draw_path(run)}};
  const bool may_be_size = condition.test != Test::contains;
  for (std::size_t i = condition.test == Test::in ? 1 + run->random.below(4) : 1; i > 0; --i) {
    Operand operand = draw_operand(run, may_be_size);
    while (operand.kind == OperandKind::path && operand.path == condition.operands[0].path) {
      operand = draw_operand(run, may_be_size);
    }
    condition.operands.push_back(operand);
  }
  return condition;
}

// Of a path and one or two values of one type.
Condition draw_test_of_scalars(Run* run) {
  static const std::vector<Test> tests = {
      Test::equal, Test::not_equal, Test::less,        Test::less_equal, Test::greater,
      Test::in,    Test::between,   Test::begins_with, Test::contains,   Test::greater_equal};
  Condition condition = {.test = run->random.one_of(tests), .operands = {draw_path(run)}};
  Type type = run->values.scalar_type();
  if (condition.test == Test::begins_with && type == Type::N) type = Type::S;
  std::vector<Value> values = {draw_near_scalar(run, type)};
  if (condition.test == Test::between) {
    values.push_back(draw_near_scalar(run, type));
    if (compare_scalars(values[0], values[1]) > 0) std::swap(values[0], values[1]);
  }
  for (Value& value : values) {
    condition.operands.push_back({.kind = OperandKind::value, .value = std::move(value)});
  }
  return condition;
}

Condition draw_test(Run* run) {
  switch (run->random.below(4)) {
    case 0:
      return draw_test_of_paths(run);
    case 1:
      return draw_test_of_anything(run);
    default:
      return draw_test_of_scalars(run);
  }
}

Condition draw_condition(Run* run, int depth) {
  if (depth == 4 || run->random.chance(60)) return draw_test(run);
  static const std::vector<Test> compounds = {Test::all, Test::any, Test::none};
  Condition condition = {.test = run->random.one_of(compounds)};
  const std::size_t parts = condition.test == Test::none ? 1 : 2 + run->random.below(2);
  while (condition.inner.size() < parts) {
    condition.inner.push_back(draw_condition(run, depth + 1));
  }
  return condition;
}

// What a filter says of the only item.
void compare_filter(Run* run, const Item& item, const Condition& condition) {
  Placeholders placeholders(&run->random);
  Json request = {{"TableName", kTable}, {"Select", "COUNT"}};
  request["FilterExpression"] = text_of(condition, &placeholders);
  placeholders.add_to(&request);
  const Answer answer = run->call("Scan", request);
  const int expected = holds(condition, item) ? 1 : 0;
  expect(answer.status == 200 && answer.body["Count"] == expected,
         "expected a Count of " + std::to_string(expected) + ", got " + answer.body.dump() +
             " of " + to_json(item).dump());
}

// What a SELECT says of it, by its key or in a scan.
void compare_statement(Run* run, const Item& item, const Condition& condition) {
  std::vector<Value> parameters;
  std::string where = statement_text(condition, &parameters);
  if (run->random.chance(50)) where = "pk = 'item' AND (" + where + ")";
  Json request = {{"Statement", "SELECT pk FROM \"" + std::string(kTable) + "\" WHERE " + where}};
  for (const Value& value : parameters) request["Parameters"].push_back(to_json(value));
  const Answer answer = run->call("ExecuteStatement", request);
  const std::size_t expected = holds(as_statement(condition), item) ? 1 : 0;
  expect(answer.status == 200 && answer.body["Items"].size() == expected,
         "expected " + std::to_string(expected) + " Items, got " + answer.body.dump() + " of " +
             to_json(item).dump());
}

// One item, and what conditions say of it.
void compare_conditions(Run* run) {
  const Item item = draw_item(run);
  const Json put = {{"TableName", kTable}, {"Item", spelt_item(item, &run->random)}};
  expect(run->call("PutItem", put).status == 200, "cannot put the item");
  Item attributes = item;
  attributes.erase("pk");
  run->expressions.prefer(std::move(attributes));
  for (int i = 0; i < 8; ++i) {
    const Condition condition = draw_condition(run, 0);
    compare_filter(run, item, condition);
    compare_statement(run, item, condition);
  }
}

struct Place {
  const Grammar& grammar;
  std::string operation;
  std::string member;
  bool has_key;
  std::string prefix;
};

const std::vector<Place>& places() {
  const std::string enveloped = "1 validation error detected: ";
  static const std::vector<Place> places = {
      {condition_grammar(), "Scan", "FilterExpression", false, "Invalid FilterExpression: "},
      {condition_grammar(), "Query", "KeyConditionExpression", false,
       "Invalid KeyConditionExpression: "},
      {condition_grammar(), "DeleteItem", "ConditionExpression", true,
       enveloped + "Invalid ConditionExpression: "},
      {update_grammar(), "UpdateItem", "UpdateExpression", true,
       enveloped + "Invalid UpdateExpression: "},
      {projection_grammar(), "GetItem", "ProjectionExpression", true,
       "Invalid ProjectionExpression: "}};
  return places;
}

// A text as an expression of one kind: the grammar says whether and where its syntax is wrong.
void compare_syntax(Run* run) {
  const Place& place = run->random.one_of(places());
  const ExpressionText expression = draw_text(place.grammar, &run->random);
  if (expression.tokens.empty()) return;
  Json request = {{"TableName", kTable}, {place.member, expression.text}};
  if (place.has_key) request["Key"] = {{"pk", {{"S", "none"}}}};
  const Answer answer = run->call(place.operation, request);
  const std::string error = syntax_error(place.grammar, expression);
  const std::string message = answer.body.value("message", "");
  if (!error.empty()) {
    expect(message == place.prefix + error, "expected " + error + ", got " + answer.body.dump());
  } else {
    expect(answer.status < 500 && message.find("Syntax error") == std::string::npos,
           "expected no syntax error, got " + answer.body.dump());
  }
}

int run_rounds(std::uint64_t seed, std::uint64_t rounds) {
  std::cout << "seed " << seed << ", rounds " << rounds << "\n";
  Run run(seed);
  try {
    create_table(&run);
    for (std::uint64_t i = 0; i < rounds; ++i) {
      compare_conditions(&run);
      for (int j = 0; j < 8; ++j) compare_syntax(&run);
    }
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << "\n" << run.last_request << "\n";
    return 1;
  }
  return 0;
}

int run_command(int argument_count, char** arguments) {
  std::uint64_t seed = 0;
  std::uint64_t rounds = 3000;
  CLI::App app("random expressions against a plain tree and a grammar", "expression_tests");
  app.add_option("--seed", seed, "What all choices follow from (default: a new one)");
  app.add_option("--rounds", rounds, "How many; each compares eight conditions and eight texts");
  CLI11_PARSE(app, argument_count, arguments);
  if (app.count("--seed") == 0) seed = std::random_device()();
  return run_rounds(seed, rounds);
}

}  // namespace
}  // namespace stator::plain

int main(int argument_count, char** arguments) {
  return stator::plain::run_command(argument_count, arguments);
}
