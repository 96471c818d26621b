// Expressions: parsing them once a request, evaluating them once an item.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "base/check.h"
#include "expression/condition.h"
#include "expression/key_condition.h"
#include "expression/placeholders.h"
#include "expression/projection.h"
#include "expression/update.h"
#include "fixtures.h"
#include "model/value_writer.h"
#include "report_bytes.h"

namespace stator::bench {
namespace {

// As bench/load sends it.
constexpr std::string_view kWriteCondition = "attribute_exists(pk) AND #f <> :text";
constexpr std::string_view kFilter =
    "(begins_with(field0, :text) OR size(field5) > :number) AND NOT contains(field9, :text)";
// On the mixed item.
constexpr std::string_view kNestedFilter = "basket[7].price BETWEEN :number AND :price";
constexpr std::string_view kSet = "SET #f = :text";
constexpr std::string_view kArithmetic =
    "SET amount = amount + :number, basket[7].#c = basket[7].#c + :number REMOVE gone";
constexpr std::string_view kProjection = "pk, sk, field3, field7";
constexpr std::string_view kNestedProjection = "pk, basket[0].sku, basket[7].price";
constexpr std::string_view kKeyCondition = "pk = :text AND sk BETWEEN :number AND :price";

std::string number_value(std::string_view text) {
  std::string bytes;
  const Result<Number> number = parse_number(text);
  CHECK(number.has_value());
  append_number(*number, &bytes);
  return bytes;
}

std::string text_value(std::string_view text) {
  std::string bytes;
  append_string(text, &bytes);
  return bytes;
}

// The placeholders that the expressions above share; owns their bytes.
class Request {
 public:
  Placeholders* placeholders() { return &placeholders_; }
  Arena* arena() { return &arena_; }

 private:
  const std::string text_ = text_value("a text that no item holds");
  const std::string number_ = number_value("5");
  const std::string price_ = number_value("100.5");
  Placeholders placeholders_{
      {{"#f", "field3"}, {"#c", "count"}},
      {{":text", ValueView(text_)}, {":number", ValueView(number_)}, {":price", ValueView(price_)}},
  };
  Arena arena_;
};

template <typename Parse>
void parse_each(std::string_view text, Parse parse, benchmark::State* state) {
  Request request;
  for (auto _ : *state) {
    request.arena()->reset();
    auto parsed = parse(text, request.placeholders(), request.arena());
    CHECK(parsed.has_value());
    benchmark::DoNotOptimize(parsed);
  }
  report_bytes(text.size(), state);
}

void parse_condition_text(benchmark::State& state, std::string_view text) {
  const auto parse = [](std::string_view condition, Placeholders* placeholders, Arena* arena) {
    return parse_condition(ConditionKind::filter, condition, placeholders, arena);
  };
  parse_each(text, parse, &state);
}
BENCHMARK_CAPTURE(parse_condition_text, write, kWriteCondition);
BENCHMARK_CAPTURE(parse_condition_text, filter, kFilter);
BENCHMARK_CAPTURE(parse_condition_text, nested, kNestedFilter);

void parse_update_text(benchmark::State& state, std::string_view text) {
  parse_each(text, parse_update, &state);
}
BENCHMARK_CAPTURE(parse_update_text, set, kSet);
BENCHMARK_CAPTURE(parse_update_text, arithmetic, kArithmetic);

void parse_projection_text(benchmark::State& state, std::string_view text) {
  parse_each(text, parse_projection, &state);
}
BENCHMARK_CAPTURE(parse_projection_text, attributes, kProjection);
BENCHMARK_CAPTURE(parse_projection_text, nested, kNestedProjection);

void parse_key_condition_text(benchmark::State& state) {
  parse_each(kKeyCondition, parse_key_condition, &state);
}
BENCHMARK(parse_key_condition_text);

Condition parsed_condition(std::string_view text, Request* request) {
  const Result<Condition> condition =
      parse_condition(ConditionKind::filter, text, request->placeholders(), request->arena());
  CHECK(condition.has_value());
  return *condition;
}

void match_canonical_item(benchmark::State& state, std::string_view text) {
  Request request;
  const Condition condition = parsed_condition(text, &request);
  Turn turn;
  for (auto _ : state) {
    const ItemView item = ItemView::trusted(canonical_bytes()[turn.next()]);
    benchmark::DoNotOptimize(condition.matches(item.attributes()));
  }
  report_bytes(mean_bytes(canonical_bytes()), &state);
}
BENCHMARK_CAPTURE(match_canonical_item, write, kWriteCondition);
BENCHMARK_CAPTURE(match_canonical_item, filter, kFilter);

void match_mixed_item(benchmark::State& state) {
  Request request;
  const Condition condition = parsed_condition(kNestedFilter, &request);
  const ItemView item = ItemView::trusted(mixed_bytes());
  for (auto _ : state) benchmark::DoNotOptimize(condition.matches(item.attributes()));
  report_bytes(mixed_bytes().size(), &state);
}
BENCHMARK(match_mixed_item);

void update_item(benchmark::State& state, std::string_view text, const std::string& before) {
  Request request;
  const Result<Update> update = parse_update(text, request.placeholders(), request.arena());
  CHECK(update.has_value());
  const MapView attributes = ItemView::trusted(before).attributes();
  std::string after;
  for (auto _ : state) {
    after.clear();
    const Result<ItemView> item = apply_update(*update, attributes, true, &after);
    CHECK(item.has_value());
    benchmark::DoNotOptimize(after.data());
    benchmark::ClobberMemory();
  }
  report_bytes(after.size(), &state);
}
void update_canonical_item(benchmark::State& state) {
  update_item(state, kSet, canonical_bytes().front());
}
void update_mixed_item(benchmark::State& state) {
  update_item(state, kArithmetic, mixed_bytes());
}
BENCHMARK(update_canonical_item);
BENCHMARK(update_mixed_item);

void project_item(benchmark::State& state, std::string_view text, const std::string& bytes) {
  Request request;
  const Result<Projection> projection =
      parse_projection(text, request.placeholders(), request.arena());
  CHECK(projection.has_value());
  const MapView attributes = ItemView::trusted(bytes).attributes();
  std::string out;
  for (auto _ : state) {
    out.clear();
    project(*projection, attributes, &out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  report_bytes(bytes.size(), &state);
}
void project_canonical_item(benchmark::State& state) {
  project_item(state, kProjection, canonical_bytes().front());
}
void project_mixed_item(benchmark::State& state) {
  project_item(state, kNestedProjection, mixed_bytes());
}
BENCHMARK(project_canonical_item);
BENCHMARK(project_mixed_item);

}  // namespace
}  // namespace stator::bench
