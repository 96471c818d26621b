#include "simulate/json_document.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/json_escape.h"
#include "base/utf8.h"

namespace stator {
namespace {

// Reads a text from its start to its end, once.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<JsonNode> document() {
    JsonNode node;
    TRY(value(&node, 0));
    skip_space();
    if (at_ != text_.size()) return fault("something follows the value");
    return node;
  }

 private:
  Error fault(std::string_view what) const {
    return validation_error(fmt::format("{}: {}", line_, what));
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  bool take(char c) {
    if (peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }

  void skip_space() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') ++line_;
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return;
    }
  }

  Result<void> value(JsonNode* node, int depth) {
    skip_space();
    if (depth > kJsonDepthMax) return fault("too many values inside each other");
    if (at_ == text_.size()) return fault("the text ends where a value is expected");
    node->line = line_;
    const std::size_t start = at_;
    TRY(content(node, depth));
    node->source = text_.substr(start, at_ - start);
    return {};
  }

  Result<void> content(JsonNode* node, int depth) {
    switch (peek()) {
      case '{':
        return object(node, depth);
      case '[':
        return array(node, depth);
      case '"':
        node->kind = JsonNodeKind::string;
        return string(&node->text);
      case 't':
        node->kind = JsonNodeKind::boolean;
        return word("true");
      case 'f':
        node->kind = JsonNodeKind::boolean;
        return word("false");
      case 'n':
        return word("null");
      default:
        node->kind = JsonNodeKind::number;
        return number();
    }
  }

  Result<void> word(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return fault("not a value");
    at_ += expected.size();
    return {};
  }

  Result<void> digits() {
    if (!is_ascii_digit(peek())) return fault("not a value");
    while (is_ascii_digit(peek())) ++at_;
    return {};
  }

  Result<void> number() {
    take('-');
    if (!take('0')) TRY(digits());
    if (take('.')) TRY(digits());
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      TRY(digits());
    }
    return {};
  }

  Result<void> array(JsonNode* node, int depth) {
    node->kind = JsonNodeKind::array;
    ++at_;
    skip_space();
    if (take(']')) return {};
    while (true) {
      TRY(value(&node->elements.emplace_back(), depth + 1));
      skip_space();
      if (take(']')) return {};
      if (!take(',')) return fault("a comma or ] is missing");
    }
  }

  Result<void> object(JsonNode* node, int depth) {
    node->kind = JsonNodeKind::object;
    ++at_;
    skip_space();
    if (take('}')) return {};
    while (true) {
      TRY(member(node, depth));
      skip_space();
      if (take('}')) return {};
      if (!take(',')) return fault("a comma or } is missing");
    }
  }

  Result<void> member(JsonNode* node, int depth) {
    skip_space();
    if (peek() != '"') return fault("the name of a member is missing");
    std::string name;
    TRY(string(&name));
    if (node->find(name) != nullptr)
      return fault(fmt::format("the member {} is there twice", name));
    skip_space();
    if (!take(':')) return fault("a colon is missing");
    JsonNode& added = node->members.emplace_back();
    added.name = std::move(name);
    return value(&added, depth + 1);
  }

  Result<void> string(std::string* out) {
    ++at_;
    while (!take('"')) {
      if (at_ == text_.size()) return fault("a string has no end");
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) return fault("a control character in a string");
      if (c == '\\') {
        ++at_;
        TRY(escape(out));
        continue;
      }
      const std::size_t bytes = first_character(text_.substr(at_)).bytes;
      if (bytes == 0) return fault("a string is not UTF-8");
      out->append(text_.substr(at_, bytes));
      at_ += bytes;
    }
    return {};
  }

  Result<void> escape(std::string* out) {
    std::string_view rest = text_.substr(at_);
    const JsonEscape escape = read_json_escape(&rest, out);
    at_ = text_.size() - rest.size();
    switch (escape) {
      case JsonEscape::good:
        return {};
      case JsonEscape::unknown:
        return fault("an escape that JSON does not have");
      case JsonEscape::short_digits:
        return fault("an escape of fewer digits");
      case JsonEscape::half_pair:
        return fault("half of a surrogate pair");
    }
    return {};
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

}  // namespace

const JsonNode* JsonNode::find(std::string_view member) const {
  const auto found = std::find_if(members.begin(), members.end(),
                                  [member](const JsonNode& each) { return each.name == member; });
  return found == members.end() ? nullptr : &*found;
}

std::string json_on_one_line(std::string_view json) {
  std::string line;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (!in_string && (c == ' ' || c == '\t' || c == '\r' || c == '\n')) continue;
    line.push_back(c);
    if (in_string && c == '\\') line.push_back(json[++i]);
    if (c == '"') in_string = !in_string;
  }
  return line;
}

Result<JsonNode> parse_json_document(std::string_view text) {
  return Parser(text).document();
}

}  // namespace stator
