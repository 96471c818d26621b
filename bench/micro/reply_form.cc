// The numbers behind the form in which items are stored: bytes of model/value.h, which every
// GetItem turns into JSON, or JSON text, which GetItem copies and everything else has to scan.
//
//   reply_*   GetItem's reply from each form
//   lookup_*  what a filter or condition on one attribute costs on each form; number: a comparison
//             by value, for which text has to be parsed
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "api/json_writer.h"
#include "base/check.h"
#include "fixtures.h"
#include "model/number.h"
#include "report_bytes.h"

namespace stator::bench {
namespace {

// Steps over JSON text of which the store would know that it is well-formed and without spaces.
class TextScan {
 public:
  explicit TextScan(std::string_view json) : at_(json.data()), end_(at_ + json.size()) {}

  // The text between the quotes of {"S":".."} or {"N":".."} that belongs to `name`; empty if none.
  std::string_view find(std::string_view name) {
    while (*at_ != '}') {
      ++at_;  // the brace or comma before
      const std::string_view here = string();
      ++at_;  // colon
      if (here == name) return payload();
      skip_value();
    }
    return {};
  }

 private:
  std::string_view string() {
    const char* const begin = ++at_;
    for (;; ++at_) {
      at_ = static_cast<const char*>(std::memchr(at_, '"', static_cast<std::size_t>(end_ - at_)));
      CHECK(at_ != nullptr);
      if (at_[-1] != '\\' || !escaped(begin)) break;
    }
    return {begin, static_cast<std::size_t>(at_++ - begin)};
  }

  // Whether the quote at at_ follows an odd number of backslashes.
  bool escaped(const char* begin) const {
    const char* before = at_;
    while (before != begin && before[-1] == '\\') --before;
    return (at_ - before) % 2 != 0;
  }

  std::string_view payload() {
    ++at_;  // brace
    string();
    ++at_;  // colon
    return string();
  }

  void skip_value() {
    int depth = 0;
    do {
      if (*at_ == '"') {
        string();
        continue;
      }
      if (*at_ == '{' || *at_ == '[') ++depth;
      if (*at_ == '}' || *at_ == ']') --depth;
      ++at_;
    } while (depth > 0);
  }

  const char* at_;
  const char* const end_;
};

void reply_from_bytes(benchmark::State& state) {
  std::string reply;
  Turn turn;
  for (auto _ : state) {
    const ItemView item = ItemView::trusted(canonical_bytes()[turn.next()]);
    reply.clear();
    JsonWriter json(&reply);
    json.begin_object();
    json.member("Item");
    json.attributes(item.attributes());
    json.end_object();
    json.finish();
    benchmark::DoNotOptimize(reply.data());
    benchmark::ClobberMemory();
  }
  report_bytes(reply.size(), &state);
}
BENCHMARK(reply_from_bytes);

void reply_from_text(benchmark::State& state) {
  std::string reply;
  Turn turn;
  for (auto _ : state) {
    const std::string& text = canonical_json()[turn.next()];
    reply.clear();
    reply.append("{\"Item\":").append(text).append("}");
    benchmark::DoNotOptimize(reply.data());
    benchmark::ClobberMemory();
  }
  report_bytes(reply.size(), &state);
}
BENCHMARK(reply_from_text);

void lookup_text_in_bytes(benchmark::State& state, std::string_view name) {
  const std::string wanted(100, 'x');
  Turn turn;
  for (auto _ : state) {
    const ItemView item = ItemView::trusted(canonical_bytes()[turn.next()]);
    benchmark::DoNotOptimize(item.find(name)->text() == wanted);
  }
}
BENCHMARK_CAPTURE(lookup_text_in_bytes, field0, "field0");
BENCHMARK_CAPTURE(lookup_text_in_bytes, field9, "field9");

void lookup_text_in_text(benchmark::State& state, std::string_view name) {
  const std::string wanted(100, 'x');
  Turn turn;
  for (auto _ : state) {
    benchmark::DoNotOptimize(TextScan(canonical_json()[turn.next()]).find(name) == wanted);
  }
}
BENCHMARK_CAPTURE(lookup_text_in_text, field0, "field0");
BENCHMARK_CAPTURE(lookup_text_in_text, field9, "field9");

std::vector<simdjson::padded_string> padded_json() {
  std::vector<simdjson::padded_string> all;
  for (const std::string& json : canonical_json()) all.emplace_back(json);
  return all;
}

void lookup_text_with_simdjson(benchmark::State& state, const char* name) {
  const std::vector<simdjson::padded_string> texts = padded_json();
  const std::string wanted(100, 'x');
  simdjson::ondemand::parser parser;
  Turn turn;
  for (auto _ : state) {
    simdjson::ondemand::document document = parser.iterate(texts[turn.next()]);
    const std::string_view found = document[name]["S"];
    benchmark::DoNotOptimize(found == wanted);
  }
}
BENCHMARK_CAPTURE(lookup_text_with_simdjson, field0, "field0");
BENCHMARK_CAPTURE(lookup_text_with_simdjson, field9, "field9");

Number five() {
  Result<Number> number = parse_number("5");
  CHECK(number.has_value());
  return *number;
}

void lookup_number_in_bytes(benchmark::State& state) {
  const Number limit = five();
  Turn turn;
  for (auto _ : state) {
    const ItemView item = ItemView::trusted(canonical_bytes()[turn.next()]);
    benchmark::DoNotOptimize(item.find("sk")->number() < limit.bytes());
  }
}
BENCHMARK(lookup_number_in_bytes);

void lookup_number_in_text(benchmark::State& state) {
  const Number limit = five();
  Turn turn;
  for (auto _ : state) {
    const Result<Number> number = parse_number(TextScan(canonical_json()[turn.next()]).find("sk"));
    benchmark::DoNotOptimize(number->bytes() < limit.bytes());
  }
}
BENCHMARK(lookup_number_in_text);

}  // namespace
}  // namespace stator::bench
