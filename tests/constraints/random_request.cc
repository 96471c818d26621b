#include "random_request.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace stator::constraints {
namespace {

constexpr char kMatch[] = "Member must satisfy regular expression pattern: ";
const std::string kPattern = std::string(kMatch) + "[a-zA-Z0-9_.-]+";

// What AWS prints of a value: nothing where we do not know it.
using Printed = std::optional<std::string>;

// A value of a request, and what is wrong with it.
struct Made {
  Json json;
  Printed printed;
  std::vector<Broken> own;
  std::vector<Broken> inside;
};

struct Place {
  std::string path;
  bool is_newer = false;

  Place member(const std::string& name) const {
    std::string text = name;
    if (!is_newer) text.front() = static_cast<char>(std::tolower(text.front()));
    return {path.empty() ? text : path + "." + text, is_newer};
  }
  Place element(const std::string& name) const { return {path + "." + name + ".member", is_newer}; }
};

void add(const Made& made, std::vector<Broken>* all) {
  all->insert(all->end(), made.own.begin(), made.own.end());
  all->insert(all->end(), made.inside.begin(), made.inside.end());
}

std::string bound(const Json& facts, bool is_least) {
  const std::string measure = facts["type"] == "integer" ? "value" : "length";
  return "Member must have " + measure + (is_least ? " greater" : " less") + " than or equal to " +
         facts[is_least ? "min" : "max"].dump();
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all = "[";
  for (const std::string& text : texts) all += (all.size() > 1 ? ", " : "") + text;
  return all + "]";
}

// Whether the facts have a pattern of their own, and values that do and do not match it.
bool has_examples(const Json& facts) {
  return facts.contains("broken");
}

// "pattern", "min" or "max", as AWS words it.
std::string constraint(const Json& facts, const std::string& name) {
  if (name == "pattern") return kMatch + facts["pattern"].get<std::string>();
  return bound(facts, name == "min");
}

// The constraints of an element, a key or a list in a map, as they are told together.
std::string all_of(const Json& facts) {
  std::vector<std::string> texts;
  if (facts.contains("max")) texts.push_back(bound(facts, false));
  if (facts.contains("min")) texts.push_back(bound(facts, true));
  if (facts["type"] == "table name") texts.push_back(kPattern);
  if (has_examples(facts)) texts.push_back(constraint(facts, "pattern"));
  return joined(texts);
}

class Maker {
 public:
  explicit Maker(Choices* choices) : choices_(*choices) {}

  Made value(const Json& facts, const Place& place) {
    const std::string type = facts["type"];
    if (type == "string") return string(facts, place);
    if (type == "table name") return table_name(facts, place);
    if (type == "integer") return integer(facts, place);
    if (type == "list") return list(facts, place);
    if (type == "map") return map(facts, place);
    if (type == "structure") return structure(facts, place);
    return {.json = valid(type), .printed = {}, .own = {}, .inside = {}};
  }

  // A member that may be left out; what is wrong with the request where it may not.
  Made member(const Json& facts, const Place& at) {
    const bool is_required = facts.value("required", false);
    const bool is_absent = is_required ? choices_.breaks() : choices_.leaves_out();
    if (!is_absent) return value(facts, at);
    Made made;
    if (is_required) made.own = {{at.is_newer ? "" : "null", at.path, "Member must not be null"}};
    return made;
  }

 private:
  static Json valid(const std::string& type) {
    if (type == "boolean") return true;
    if (type == "real") return 0.5;
    if (type == "time") return 1'700'000'000.25;
    if (type == "tags") return Json::parse(R"([{"Key":"k","Value":"v"}])");
    if (type == "attribute") return Json::parse(R"({"S":"a"})");
    return Json::parse(R"({"pk":{"S":"a"}})");  // attributes
  }

  std::vector<Broken> broken(const Printed& printed, const Place& place,
                             const std::vector<std::string>& constraints) const {
    std::vector<Broken> all;
    const std::string value = place.is_newer || !printed ? "" : "'" + *printed + "'";
    for (const std::string& constraint : constraints)
      all.push_back({value, place.path, constraint});
    return all;
  }

  Made text(const std::string& text, const Place& place, const std::vector<std::string>& wrong) {
    return {.json = text, .printed = text, .own = broken(text, place, wrong), .inside = {}};
  }

  Made string(const Json& facts, const Place& place) {
    if (facts.contains("enum")) return word(facts, place);
    if (has_examples(facts)) return example(facts, place);
    const auto least = facts.value("min", std::size_t{0});
    const bool is_name = facts.contains("pattern");
    if (is_name && choices_.breaks()) return text("bad name", place, {kPattern});
    if (is_name && choices_.breaks()) return text("a!", place, {kPattern, bound(facts, true)});
    if (least > 0 && choices_.breaks()) {
      std::vector<std::string> wrong = {bound(facts, true)};
      if (is_name && least == 1) wrong.insert(wrong.begin(), kPattern);
      return text(std::string(least - 1, 'x'), place, wrong);
    }
    if (facts.contains("max") && choices_.breaks()) {
      return text(std::string(facts["max"].get<std::size_t>() + 1, 'x'), place,
                  {bound(facts, false)});
    }
    const bool is_longest = facts.contains("max") && choices_.is_extreme();
    const std::size_t size =
        is_longest ? facts["max"].get<std::size_t>() : least + choices_.pick(3);
    return text(std::string(size, 'x'), place, {});
  }

  // One of the values that the facts name, where no rule tells how they are made.
  Made example(const Json& facts, const Place& place) {
    for (const Json& each : facts["broken"]) {
      if (!choices_.breaks()) continue;
      const Json& value = each["value"];
      std::vector<std::string> wrong;
      for (const std::string name : each["breaks"]) wrong.push_back(constraint(facts, name));
      const bool is_long = value.is_object();
      return text(is_long ? std::string(value["repeat"], 'x') : value.get<std::string>(), place,
                  wrong);
    }
    const auto valid = facts["valid"].get<std::vector<std::string>>();
    return text(valid[choices_.pick(valid.size())], place, {});
  }

  Made word(const Json& facts, const Place& place) {
    const auto words = facts["enum"].get<std::vector<std::string>>();
    if (choices_.breaks()) {
      return text("NOPE", place, {"Member must satisfy enum value set: " + joined(words)});
    }
    return text(words[choices_.pick(words.size())], place, {});
  }

  Made table_name(const Json& facts, const Place& place) {
    const auto least = facts["min"].get<std::size_t>();
    if (choices_.breaks()) return text("bad!name", place, {kPattern});
    if (choices_.breaks()) return text("", place, {bound(facts, true)});
    if (least > 1 && choices_.breaks()) return text("ab", place, {bound(facts, true)});
    if (choices_.breaks()) return text(std::string(256, 'x'), place, {bound(facts, false)});
    const std::string names[] = {"table-" + std::to_string(++tables_),
                                 "arn:aws:dynamodb:us-east-1:000000000000:table/tab",
                                 std::string(least, 'x'), std::string(255, 'x')};
    return text(names[choices_.pick(4)], place, {});
  }

  Made integer(const Json& facts, const Place& place) {
    const auto number = [&](std::int64_t n, const std::vector<std::string>& wrong) {
      const std::string printed = std::to_string(n);
      return Made{
          .json = n, .printed = printed, .own = broken(printed, place, wrong), .inside = {}};
    };
    const auto least = facts.value("min", std::int64_t{0});
    if (facts.contains("min") && choices_.breaks()) return number(least - 1, {bound(facts, true)});
    const bool is_bounded = facts.contains("max");
    const auto most = facts.value("max", least + 5);
    if (is_bounded && choices_.breaks()) return number(most + 1, {bound(facts, false)});
    return number(choices_.is_extreme() ? most : least, {});
  }

  // How many elements a list or map gets, and whether that is too few or too many.
  std::size_t count(const Json& facts, std::vector<std::string>* wrong) {
    const auto least = facts.value("min", std::size_t{0});
    if (least > 0 && choices_.breaks()) {
      wrong->push_back(bound(facts, true));
      return least - 1;
    }
    if (facts.contains("max") && choices_.breaks()) {
      wrong->push_back(bound(facts, false));
      return facts["max"].get<std::size_t>() + 1;
    }
    const std::size_t most = facts.value("max", std::size_t{3});
    return std::min(std::max<std::size_t>(least, 1) + choices_.pick(2), most);
  }

  // An element may be null, but for one of BatchWriteItem, where it is a type error.
  Made element(const Json& facts, const Place& place) {
    const bool may_be_null =
        facts["type"] == "structure" && facts.value("class", "") != "WriteRequest";
    if (!may_be_null || !choices_.leaves_out()) return value(facts, place);
    Made made{.json = nullptr, .printed = printed_class(facts), .own = {}, .inside = {}};
    for (const Json& member : facts["members"]) {
      if (!member.value("required", false)) continue;
      made.inside.push_back({place.is_newer ? "" : "null", place.member(member["name"]).path,
                             "Member must not be null"});
    }
    return made;
  }

  static Printed printed_class(const Json& facts) {
    if (!facts.contains("class")) return std::nullopt;
    return "com.amazonaws.dynamodb.v20120810." + facts["class"].get<std::string>();
  }

  // The elements of a list, without what its own length breaks.
  Made elements(const Json& facts, std::size_t size, const Place& place) {
    Made all{.json = Json::array(), .printed = "[", .own = {}, .inside = {}};
    for (std::size_t i = 1; i <= size; ++i) {
      const Made one = element(facts["element"], place.element(std::to_string(i)));
      all.json.push_back(one.json);
      print(i > 1 ? ", " : "", one.printed, &all.printed);
      add(one, &all.inside);
    }
    print("]", "", &all.printed);
    if (facts["element"]["type"] == "string" && !all.inside.empty()) {
      all.inside = broken(all.printed, place,
                          {"Member must satisfy constraint: " + all_of(facts["element"])});
    }
    return all;
  }

  static void print(const std::string& before, const Printed& more, Printed* all) {
    if (!*all || !more) {
      all->reset();
    } else {
      **all += before + *more;
    }
  }

  Made list(const Json& facts, const Place& place) {
    std::vector<std::string> wrong;
    const std::size_t size = count(facts, &wrong);
    Made all = elements(facts, size, place);
    all.own = broken(all.printed, place, wrong);
    return all;
  }

  Made map(const Json& facts, const Place& place) {
    std::vector<std::string> wrong;
    const std::size_t size = count(facts, &wrong);
    Made all{.json = Json::object(), .printed = "{", .own = {}, .inside = {}};
    bool has_bad_key = false;
    bool has_bad_value = false;
    for (std::size_t i = 0; i < size; ++i) {
      const std::string key = this->key(facts, i, &has_bad_key);
      const Made one = entry(facts["element"], place.element(key), &has_bad_value);
      all.json[key] = one.json;
      print((i > 0 ? ", " : "") + key + "=", one.printed, &all.printed);
      add(one, &all.inside);
    }
    print("}", "", &all.printed);
    all.own = broken(all.printed, place, wrong);
    if (has_bad_key) all.own.push_back(broken_keys(facts, all, place));
    if (has_bad_value) {
      const std::string text = "Map value must satisfy constraint: " + all_of(facts["element"]);
      all.own.push_back(broken(all.printed, place, {text}).front());
    }
    return all;
  }

  std::string key(const Json& facts, std::size_t i, bool* is_bad) {
    const std::string name = "key" + std::to_string(i);
    if (!facts.contains("key") || !choices_.breaks()) return name;
    *is_bad = true;
    return name + "!";
  }

  // What is in a map; the bounds of a list are told by the map.
  Made entry(const Json& facts, const Place& place, bool* is_bad) {
    if (facts["type"] != "list") return value(facts, place);
    std::vector<std::string> wrong;
    const std::size_t size = count(facts, &wrong);
    *is_bad = *is_bad || !wrong.empty();
    return elements(facts, size, place);
  }

  Broken broken_keys(const Json& facts, const Made& map, const Place& place) const {
    const std::string text = "Map keys must satisfy constraint: " + all_of(facts["key"]);
    if (!place.is_newer) return broken(map.printed, place, {text}).front();
    return {"'" + map.json.dump() + "'", Place{}.member(place.path).path, text};
  }

  Made structure(const Json& facts, const Place& place) {
    Made all{.json = Json::object(), .printed = printed_class(facts), .own = {}, .inside = {}};
    for (const Json& each : facts["members"]) {
      const Made one = member(each, place.member(each["name"]));
      if (!one.json.is_null() || choices_.leaves_out()) all.json[each["name"]] = one.json;
      add(one, &all.inside);
    }
    choices_.shuffle(&all.json);
    return all;
  }

  Choices& choices_;
  int tables_ = 0;
};

}  // namespace

Choices Choices::one(int number) {
  Choices choices;
  choices.broken_ = number;
  return choices;
}

Choices Choices::random(std::uint64_t seed, double broken_share) {
  Choices choices;
  choices.broken_share_ = broken_share;
  choices.is_random_ = true;
  choices.engine_.seed(seed);
  return choices;
}

bool Choices::breaks() {
  if (!is_random_) return met_++ == broken_;
  ++met_;
  return std::bernoulli_distribution(broken_share_)(engine_);
}

bool Choices::leaves_out() {
  return is_random_ && pick(2) == 0;
}

std::size_t Choices::pick(std::size_t count) {
  if (!is_random_) return 0;
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(engine_);
}

void Choices::shuffle(Json* object) {
  if (!is_random_) return;
  std::vector<std::pair<std::string, Json>> members;
  for (const auto& [name, value] : object->items()) members.emplace_back(name, value);
  std::shuffle(members.begin(), members.end(), engine_);
  *object = Json::object();
  for (auto& [name, value] : members) (*object)[name] = std::move(value);
}

RandomRequest make_request(const Json& facts, Choices* choices) {
  Maker maker(choices);
  RandomRequest request{.json = Json::object(), .members = {}};
  for (const Json& each : facts) {
    const bool is_newer = each.value("newer", false);
    const std::string told = each.value("told", "");
    const Made made =
        maker.member(each, Place{.path = "", .is_newer = is_newer}.member(each["name"]));
    if (!made.json.is_null()) request.json[each["name"]] = made.json;
    request.members.push_back({.own = made.own,
                               .inside = made.inside,
                               .is_told_alone = told == "alone",
                               .is_inside_last = told == "inside last",
                               .is_newer = is_newer});
  }
  choices->shuffle(&request.json);
  return request;
}

}  // namespace stator::constraints
