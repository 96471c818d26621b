// Any text as an expression of each kind: an error, or something that runs over an item and leaves
// an item. The first byte chooses the kind and whether the item is there.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "expression/condition.h"
#include "expression/key_condition.h"
#include "expression/projection.h"
#include "expression/update.h"
#include "model/item.h"
#include "model/number.h"
#include "model/value_writer.h"

namespace stator {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

// {b: B, l: [1, "x"], m: {k: {j: "y"}}, n: 7, s: "xyz", t: SS}
std::string make_item() {
  std::string bytes;
  ItemWriter item(&bytes);
  item.add("b");
  append_binary("xy", &bytes);
  item.add("l");
  ListWriter list(&bytes);
  list.add();
  append_number(*parse_number("1"), &bytes);
  list.add();
  append_string("x", &bytes);
  list.finish();
  item.add("m");
  MapWriter outer(&bytes);
  outer.add("k");
  MapWriter inner(&bytes);
  inner.add("j");
  append_string("y", &bytes);
  inner.finish();
  outer.finish();
  item.add("n");
  append_number(*parse_number("7"), &bytes);
  item.add("s");
  append_string("xyz", &bytes);
  item.add("t");
  std::vector<std::string_view> elements = {"x", "y"};
  append_set(AttributeType::SS, &elements, &bytes);
  item.finish();
  return bytes;
}

const std::string& item_bytes() {
  static const std::string bytes = make_item();
  return bytes;
}

// Values of every shape that the item holds, under the names of its attributes.
Placeholders make_placeholders() {
  Placeholders placeholders;
  placeholders.names = {{.key = "#s", .name = "s"}, {.key = "#m", .name = "m"}};
  const ItemView item = ItemView::trusted(item_bytes());
  for (const auto& [key, name] :
       {std::pair{":b", "b"}, {":l", "l"}, {":m", "m"}, {":n", "n"}, {":s", "s"}, {":t", "t"}}) {
    placeholders.values.push_back({.key = key, .value = *item.find(name)});
  }
  return placeholders;
}

struct Input {
  std::string_view text;
  bool exists = true;
  Placeholders placeholders = make_placeholders();
  Arena arena = {};

  MapView attributes() const {
    static const std::string empty = [] {
      std::string bytes;
      ItemWriter(&bytes).finish();
      return bytes;
    }();
    return ItemView::trusted(exists ? item_bytes() : empty).attributes();
  }
};

void run_condition(ConditionKind kind, Input* input) {
  const Result<Condition> condition =
      parse_condition(kind, input->text, &input->placeholders, &input->arena);
  if (!condition) return;
  const bool matches = condition->matches(input->attributes());
  require(matches == condition->matches(input->attributes()));
  for (const std::string_view name : condition->attributes()) require(!name.empty());
}

void run_key_condition(Input* input) {
  const Result<KeyClauses> clauses =
      parse_key_condition(input->text, &input->placeholders, &input->arena);
  if (!clauses) return;
  const KeySchema key{.partition = {{"s", AttributeType::S}}, .sort = {{"n", AttributeType::N}}};
  const Result<KeyCondition> bound = bind_key_condition(*clauses, key);
  if (!bound) return;
  require(bound->partition.size() == 1);
  require(bound->partition[0].type() == AttributeType::S);
  if (bound->sort) matches(*bound->sort, *ItemView::trusted(item_bytes()).find("n"));
}

void run_projection(Input* input) {
  const Result<Projection> projection =
      parse_projection(input->text, &input->placeholders, &input->arena);
  if (!projection) return;
  std::string out;
  const ItemView shown = project(*projection, input->attributes(), &out);
  require(ItemView::parse(shown.bytes()).has_value());
  // What a projection shows, it shows in full of itself, but for lists, whose indexes have moved.
  require(shown.logical_size() <= logical_bytes(input->attributes()));
}

void run_update(Input* input) {
  const Result<Update> update = parse_update(input->text, &input->placeholders, &input->arena);
  if (!update) return;
  std::string out;
  const Result<ItemView> after = apply_update(*update, input->attributes(), input->exists, &out);
  if (!after) {
    require(out.empty());
    return;
  }
  require(ItemView::parse(after->bytes()).has_value());
  require(after->logical_size() == logical_bytes(after->attributes()));
  std::string touched;
  project(Projection{update->paths}, after->attributes(), &touched);
}

void run(std::uint8_t choice, Input* input) {
  switch (choice & 7) {
    case 0:
      return run_condition(ConditionKind::condition, input);
    case 1:
      return run_condition(ConditionKind::filter, input);
    case 2:
      return run_key_condition(input);
    case 3:
      return run_projection(input);
    default:
      return run_update(input);
  }
}

}  // namespace
}  // namespace stator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // A copy of its own, so that a read past the end is seen.
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  stator::Input input{.text = text, .exists = (data[0] & 8) == 0};
  stator::run(data[0], &input);
  return 0;
}
