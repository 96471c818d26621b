#include "match.h"

#include <algorithm>
#include <boost/regex.hpp>  // that of the standard library calls itself for each character

namespace stator::wire {
namespace {

constexpr std::size_t kShownBytesMax = 400;

std::string shown(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > kShownBytesMax) text = text.substr(0, kShownBytesMax) + "...";
  return text;
}

bool is_text(const Json& json, const char* text) {
  return json.is_string() && json.get_ref<const std::string&>() == text;
}

bool is_set(const std::string& name, const Json& value) {
  if (name != "SS" && name != "NS" && name != "BS") return false;
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const Json& e) { return e.is_string(); });
}

class Comparison {
 public:
  Comparison(Extra extra, const std::vector<std::string>& unordered)
      : extra_(extra), unordered_(unordered) {}

  // `name` is the member that holds the two values; list elements carry their list's.
  void compare(const std::string& path, const std::string& name, const Json& expected,
               const Json& actual);

  std::vector<std::string> take() && { return std::move(found_); }

 private:
  void compare_objects(const std::string& path, const Json& expected, const Json& actual);
  void compare_lists(const std::string& path, const std::string& name, const Json& expected,
                     const Json& actual);
  void compare_unordered(const std::string& path, const std::string& name, const Json& expected,
                         const Json& actual);
  bool is_unordered(const std::string& name, const Json& expected) const;
  void report(const std::string& path, const Json& expected, const Json& actual) {
    found_.push_back(path + ": expected " + shown(expected) + ", got " + shown(actual));
  }

  const Extra extra_;
  const std::vector<std::string>& unordered_;
  std::vector<std::string> found_;
};

void Comparison::compare(const std::string& path, const std::string& name, const Json& expected,
                         const Json& actual) {
  if (is_text(expected, "$any")) return;
  if (expected.is_string() && actual.is_string()) {
    const std::string& text = expected.get_ref<const std::string&>();
    const std::string& value = actual.get_ref<const std::string&>();
    const bool equal = text.starts_with("$re:")
                           ? boost::regex_search(value, boost::regex(text.substr(4)))
                           : text == value;
    if (!equal) report(path, expected, actual);
  } else if (expected.is_number() && actual.is_number()) {
    if (expected.get<double>() != actual.get<double>()) report(path, expected, actual);
  } else if (expected.is_object() && actual.is_object()) {
    compare_objects(path, expected, actual);
  } else if (expected.is_array() && actual.is_array()) {
    compare_lists(path, name, expected, actual);
  } else if (expected != actual) {
    report(path, expected, actual);
  }
}

void Comparison::compare_objects(const std::string& path, const Json& expected,
                                 const Json& actual) {
  for (const auto& [name, value] : expected.items()) {
    const std::string inner = path + "/" + name;
    const auto found = actual.find(name);
    if (is_text(value, "$absent")) {
      if (found != actual.end())
        found_.push_back(inner + ": should be absent, is " + shown(*found));
    } else if (found == actual.end()) {
      found_.push_back(inner + ": missing, expected " + shown(value));
    } else {
      compare(inner, name, value, *found);
    }
  }
  if (extra_ == Extra::allowed) return;
  for (const auto& [name, value] : actual.items()) {
    if (!expected.contains(name))
      found_.push_back(path + "/" + name + ": unexpected " + shown(value));
  }
}

bool Comparison::is_unordered(const std::string& name, const Json& expected) const {
  return is_set(name, expected) ||
         std::find(unordered_.begin(), unordered_.end(), name) != unordered_.end();
}

void Comparison::compare_lists(const std::string& path, const std::string& name,
                               const Json& expected, const Json& actual) {
  if (expected.size() != actual.size()) {
    report(path, expected, actual);
  } else if (is_unordered(name, expected)) {
    compare_unordered(path, name, expected, actual);
  } else {
    for (std::size_t i = 0; i < expected.size(); ++i) {
      compare(path + "/" + std::to_string(i), name, expected[i], actual[i]);
    }
  }
}

// Lists of cases are short: each expected element takes the first equal one that is left.
void Comparison::compare_unordered(const std::string& path, const std::string& name,
                                   const Json& expected, const Json& actual) {
  std::vector<const Json*> left;
  for (const Json& element : actual) left.push_back(&element);
  for (const Json& element : expected) {
    const auto equal = std::find_if(left.begin(), left.end(), [&](const Json* candidate) {
      Comparison comparison(extra_, unordered_);
      comparison.compare(path, name, element, *candidate);
      return comparison.found_.empty();
    });
    if (equal == left.end()) {
      found_.push_back(path + ": nothing equals " + shown(element) + " in " + shown(actual));
    } else {
      left.erase(equal);
    }
  }
}

std::optional<std::string> message_of(const Json& reply) {
  for (const char* name : {"message", "Message"}) {
    if (reply.contains(name) && reply[name].is_string()) return reply[name].get<std::string>();
  }
  return std::nullopt;
}

std::string type_of(const Json& reply, bool whole) {
  const std::string type = reply.value("__type", "");
  const std::size_t hash = type.find('#');
  return whole || hash == std::string::npos ? type : type.substr(hash + 1);
}

void check_message(const Expected& expected, const Json& reply, std::vector<std::string>* found) {
  const std::optional<std::string> message = message_of(reply);
  if (expected.message_is_absent && message) found->push_back("a message: " + *message);
  if (expected.message && message != expected.message) {
    found->push_back("message: expected " + *expected.message + "\n           got      " +
                     message.value_or("(none)"));
  }
  if (expected.message_re.empty()) return;
  if (!message || !boost::regex_search(*message, boost::regex(expected.message_re))) {
    found->push_back("message: expected to match " + expected.message_re +
                     "\n           got                " + message.value_or("(none)"));
  }
}

void append(std::vector<std::string> more, std::vector<std::string>* found) {
  found->insert(found->end(), more.begin(), more.end());
}

}  // namespace

std::vector<std::string> differences(const Json& expected, const Json& actual, Extra extra,
                                     const std::vector<std::string>& unordered) {
  Comparison comparison(extra, unordered);
  comparison.compare("", "", expected, actual);
  return std::move(comparison).take();
}

std::vector<std::string> faults(const Expected& expected, int status, const std::string& body) {
  std::vector<std::string> found;
  if (status != expected.status) {
    found.push_back("status: expected " + std::to_string(expected.status) + ", got " +
                    std::to_string(status) + ": " + body.substr(0, kShownBytesMax));
  }
  const Json reply = body.empty() ? Json::object() : Json::parse(body, nullptr, false);
  if (reply.is_discarded()) {
    found.push_back("the body is not JSON: " + body.substr(0, kShownBytesMax));
    return found;
  }
  if (!expected.type.empty()) {
    const std::string type = type_of(reply, expected.type.find('#') != std::string::npos);
    if (type != expected.type) found.push_back("type: expected " + expected.type + ", got " + type);
  }
  check_message(expected, reply, &found);
  if (expected.out)
    append(differences(*expected.out, reply, Extra::refused, expected.unordered), &found);
  if (expected.out_has) {
    append(differences(*expected.out_has, reply, Extra::allowed, expected.unordered), &found);
  }
  return found;
}

}  // namespace stator::wire
