#include "fixtures.h"

#include <cstdint>
#include <random>

#include "base/check.h"
#include "model/number.h"
#include "model/value_writer.h"

namespace stator::bench {
namespace {

constexpr std::size_t kFieldCount = 10;
constexpr std::size_t kFieldBytes = 100;
constexpr std::uint32_t kSeed = 20260101;

std::string random_text(std::mt19937* random) {
  constexpr std::string_view kAlphabet =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_";
  std::string text;
  for (std::size_t i = 0; i < kFieldBytes; ++i) {
    text.push_back(kAlphabet[(*random)() % kAlphabet.size()]);
  }
  return text;
}

std::vector<CanonicalItem> make_canonical_items() {
  std::mt19937 random(kSeed);
  std::vector<CanonicalItem> items;
  for (std::size_t i = 0; i < kItemCount; ++i) {
    CanonicalItem item{"user-" + std::to_string(100000 + i), std::to_string(i % 10), {}};
    for (std::size_t f = 0; f < kFieldCount; ++f) {
      item.fields.push_back({"field" + std::to_string(f), random_text(&random)});
    }
    items.push_back(std::move(item));
  }
  return items;
}

void append_decimal(std::string_view text, std::string* out) {
  const Result<Number> number = parse_number(text);
  CHECK(number.has_value());
  append_number(*number, out);
}

std::string text_json(std::string_view name, std::string_view type, std::string_view text) {
  std::string json = "\"";
  json.append(name).append("\":{\"").append(type).append("\":\"").append(text).append("\"}");
  return json;
}

std::string to_json(const CanonicalItem& item) {
  std::string json = "{";
  for (const TextAttribute& field : item.fields) {
    json.append(text_json(field.name, "S", field.text)).append(",");
  }
  json.append(text_json("pk", "S", item.partition)).append(",");
  json.append(text_json("sk", "N", item.sort)).append("}");
  return json;
}

// {"sku": .., "price": .., "count": ..}
void append_order_line(int index, std::string* out) {
  MapWriter line(out);
  line.add("sku");
  append_string("SKU-00" + std::to_string(index), out);
  line.add("price");
  append_decimal("19." + std::to_string(10 + index), out);
  line.add("count");
  append_decimal(std::to_string(index + 1), out);
  line.finish();
}

void append_tags(std::string* out) {
  std::vector<std::string_view> tags = {"new", "paid", "express"};
  CHECK(append_set(AttributeType::SS, &tags, out));
}

std::string make_mixed() {
  std::string bytes;
  ItemWriter item(&bytes);
  item.add("pk");
  append_string("order#8f14e45f", &bytes);
  item.add("amount");
  append_decimal("1234.56", &bytes);
  item.add("note");
  append_string("leave it with the \"neighbour\"\nor behind the gate", &bytes);
  item.add("tags");
  append_tags(&bytes);
  item.add("paid");
  append_bool(true, &bytes);
  item.add("gone");
  append_null(&bytes);
  item.add("thumbnail");
  append_binary(std::string(64, '\x7F'), &bytes);
  item.add("basket");
  ListWriter basket(&bytes);
  for (int i = 0; i < 8; ++i) {
    basket.add();
    append_order_line(i, &bytes);
  }
  basket.finish();
  item.finish();
  return bytes;
}

template <typename Make>
std::vector<std::string> of_each(Make make) {
  std::vector<std::string> all;
  for (const CanonicalItem& item : canonical_items()) all.push_back(make(item));
  return all;
}

}  // namespace

const std::vector<CanonicalItem>& canonical_items() {
  static const std::vector<CanonicalItem> items = make_canonical_items();
  return items;
}

ItemView append_canonical(const CanonicalItem& item, std::string* out) {
  ItemWriter writer(out);
  for (const TextAttribute& field : item.fields) {
    writer.add(field.name);
    append_string(field.text, out);
  }
  writer.add("pk");
  append_string(item.partition, out);
  writer.add("sk");
  append_decimal(item.sort, out);
  return writer.finish();
}

const std::vector<std::string>& canonical_bytes() {
  static const std::vector<std::string> all = of_each([](const CanonicalItem& item) {
    std::string bytes;
    append_canonical(item, &bytes);
    return bytes;
  });
  return all;
}

const std::vector<std::string>& canonical_json() {
  static const std::vector<std::string> all = of_each(to_json);
  return all;
}

const std::string& mixed_bytes() {
  static const std::string bytes = make_mixed();
  return bytes;
}

std::size_t mean_bytes(const std::vector<std::string>& texts) {
  std::size_t total = 0;
  for (const std::string& text : texts) total += text.size();
  return total / texts.size();
}

}  // namespace stator::bench
