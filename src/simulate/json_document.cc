#include "simulate/json_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace stator {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

void append_utf8(std::uint32_t code, std::string* out) {
  const auto put = [out](std::uint32_t byte) { out->push_back(static_cast<char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
}

// What a letter behind a backslash stands for; 0: no such escape.
char simple_escape(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

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
    if (!is_digit(peek())) return fault("not a value");
    while (is_digit(peek())) ++at_;
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
      const char c = text_[at_++];
      if (static_cast<unsigned char>(c) < 0x20) return fault("a control character in a string");
      if (c != '\\') {
        out->push_back(c);
      } else {
        TRY(escape(out));
      }
    }
    return {};
  }

  Result<void> escape(std::string* out) {
    const char letter = peek();
    if (const char meant = simple_escape(letter); meant != 0) {
      ++at_;
      out->push_back(meant);
      return {};
    }
    if (!take('u')) return fault("an escape that JSON does not have");
    std::uint32_t code = TRY(hex4());
    if (code >= 0xDC00 && code < 0xE000) return fault("half of a surrogate pair");
    if (code >= 0xD800 && code < 0xDC00) {
      if (!take('\\') || !take('u')) return fault("half of a surrogate pair");
      const std::uint32_t low = TRY(hex4());
      if (low < 0xDC00 || low >= 0xE000) return fault("half of a surrogate pair");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(code, out);
    return {};
  }

  Result<std::uint32_t> hex4() {
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = peek();
      const char lower = static_cast<char>(c | 0x20);
      if (!is_digit(c) && (lower < 'a' || lower > 'f')) return fault("an escape of fewer digits");
      code = code * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
      ++at_;
    }
    return code;
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
