// JSON: a request's item to bytes, an item's bytes to a reply.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>
#include <vector>

#include "api/attribute_reader.h"
#include "api/json_reader.h"
#include "api/json_writer.h"
#include "base/check.h"
#include "fixtures.h"
#include "report_bytes.h"
#include "stator/database.h"

namespace stator::bench {
namespace {

void append_reply(std::string_view item_bytes, std::string* reply) {
  JsonWriter json(reply);
  json.begin_object();
  json.member("Item");
  json.attributes(ItemView::trusted(item_bytes).attributes());
  json.end_object();
  json.finish();
}

// A body as the server hands it on: with room behind it, so that it is read in place.
std::string padded_body(std::string_view item_bytes) {
  std::string body;
  append_reply(item_bytes, &body);
  body.reserve(body.size() + kBodyPadding);
  return body;
}

void read_item(JsonReader* reader, const std::string& body, std::string* out) {
  AttributeReader attributes(ValueTexts::current);
  Result<JsonMembers> members = reader->open(body);
  CHECK(members.has_value());
  while (*members->next()) CHECK(attributes.read_item(&members->value(), out).has_value());
  CHECK(reader->finish().has_value());
}

void read_canonical_item(benchmark::State& state) {
  std::vector<std::string> bodies;
  for (const std::string& bytes : canonical_bytes()) bodies.push_back(padded_body(bytes));
  JsonReader reader;
  std::string out;
  Turn turn;
  for (auto _ : state) {
    out.clear();
    read_item(&reader, bodies[turn.next()], &out);
    benchmark::DoNotOptimize(out.data());
  }
  CHECK(out == canonical_bytes()[(turn.next() + kItemCount - 1) % kItemCount]);
  report_bytes(mean_bytes(bodies), &state);
}
BENCHMARK(read_canonical_item);

void read_mixed_item(benchmark::State& state) {
  const std::string body = padded_body(mixed_bytes());
  JsonReader reader;
  std::string out;
  for (auto _ : state) {
    out.clear();
    read_item(&reader, body, &out);
    benchmark::DoNotOptimize(out.data());
  }
  CHECK(out == mixed_bytes());
  report_bytes(body.size(), &state);
}
BENCHMARK(read_mixed_item);

void write_mixed_item(benchmark::State& state) {
  std::string reply;
  for (auto _ : state) {
    reply.clear();
    append_reply(mixed_bytes(), &reply);
    benchmark::DoNotOptimize(reply.data());
    benchmark::ClobberMemory();
  }
  report_bytes(reply.size(), &state);
}
BENCHMARK(write_mixed_item);

// A page of a Query: ten canonical items into one reply.
void write_page_of_ten(benchmark::State& state) {
  std::string reply;
  for (auto _ : state) {
    reply.clear();
    JsonWriter json(&reply);
    json.begin_object();
    json.member("Items");
    json.begin_array();
    for (std::size_t i = 0; i < 10; ++i) {
      json.element();
      json.attributes(ItemView::trusted(canonical_bytes()[i]).attributes());
    }
    json.end_array();
    json.end_object();
    json.finish();
    benchmark::DoNotOptimize(reply.data());
    benchmark::ClobberMemory();
  }
  report_bytes(reply.size(), &state);
}
BENCHMARK(write_page_of_ten);

// A connection whose buffer once held a large page must not pay for it ever after.
void write_item_into_large_buffer(benchmark::State& state) {
  std::string reply;
  reply.reserve(1 << 20);
  Turn turn;
  for (auto _ : state) {
    reply.clear();
    append_reply(canonical_bytes()[turn.next()], &reply);
    benchmark::DoNotOptimize(reply.data());
    benchmark::ClobberMemory();
  }
  report_bytes(reply.size(), &state);
}
BENCHMARK(write_item_into_large_buffer);

}  // namespace
}  // namespace stator::bench
