// Numbers: text to bytes, bytes to text, arithmetic.
#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <string_view>

#include "base/check.h"
#include "model/number.h"
#include "report_bytes.h"

namespace stator::bench {
namespace {

// What applications send: a counter, a time in milliseconds, a price, a measurement, the extreme.
constexpr std::array<std::string_view, 5> kTexts = {
    "7", "1735689600123", "-19.99", "0.0000271828182845", "12345678901234567890123456789012345678"};

std::string_view text_of(const benchmark::State& state) {
  return kTexts[static_cast<std::size_t>(state.range(0))];
}

Number number_of(std::string_view text) {
  Result<Number> number = parse_number(text);
  CHECK(number.has_value());
  return *number;
}

void parse_number_text(benchmark::State& state) {
  const std::string_view text = text_of(state);
  for (auto _ : state) {
    std::string_view input = text;
    benchmark::DoNotOptimize(input);
    Result<Number> number = parse_number(input);
    benchmark::DoNotOptimize(number);
  }
  report_bytes(text.size(), &state);
  state.SetLabel(std::string(text));
}
BENCHMARK(parse_number_text)->DenseRange(0, kTexts.size() - 1);

void print_number_text(benchmark::State& state) {
  const Number number = number_of(text_of(state));
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_number_text(number.bytes(), &out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  report_bytes(out.size(), &state);
  state.SetLabel(out);
}
BENCHMARK(print_number_text)->DenseRange(0, kTexts.size() - 1);

void check_number_bytes(benchmark::State& state) {
  const Number number = number_of(text_of(state));
  for (auto _ : state) {
    std::string_view bytes = number.bytes();
    benchmark::DoNotOptimize(bytes);
    benchmark::DoNotOptimize(is_number(bytes));
  }
  report_bytes(number.bytes().size(), &state);
}
BENCHMARK(check_number_bytes)->DenseRange(0, kTexts.size() - 1);

// SET visits = visits + :one
void add_one(benchmark::State& state) {
  const Number number = number_of(text_of(state));
  const Number one = number_of("1");
  for (auto _ : state) {
    std::string_view bytes = number.bytes();
    benchmark::DoNotOptimize(bytes);
    Result<Number> sum = add_numbers(bytes, one.bytes());
    benchmark::DoNotOptimize(sum);
  }
  report_bytes(number.bytes().size(), &state);
}
BENCHMARK(add_one)->DenseRange(0, 2);

}  // namespace
}  // namespace stator::bench
