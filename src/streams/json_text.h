// JSON in, one value after the other: filter patterns, and what handlers answer. It keeps what the
// reader of requests (src/api) does not: numbers as they are written, and values as raw text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stator {

enum class JsonTextKind { object, array, string, number, boolean, null, none };

// Reads a text forward, strictly (RFC 8259). A resource of one thread; the text outlives it. After
// the first thing that is wrong, or nested too deep, every call returns nothing and ok() is false.
class JsonText {
 public:
  explicit JsonText(std::string_view text)
      : start_(text.data()), at_(start_), end_(at_ + text.size()) {}
  JsonText(const JsonText&) = delete;
  JsonText& operator=(const JsonText&) = delete;

  // Of the value that comes next.
  JsonTextKind kind();

  // Each reads the next value, which must be of that kind.
  std::string string();
  std::string_view number();  // as it is written
  bool boolean();
  void null();

  // Reads over the next value and returns its text.
  std::string_view skip();

  bool ok() const { return ok_; }
  // How far it was read: where it is wrong, when it is.
  std::size_t position() const { return static_cast<std::size_t>(at_ - start_); }
  // Whether the text was one value, all of it read, and nothing follows.
  bool finish();

  // The members of an object:  for (JsonText::Members m(&json); m.next();) use(m.name(), ..);
  class Members {
   public:
    explicit Members(JsonText* json) : json_(json) { json->open('{'); }
    Members(const Members&) = delete;
    Members& operator=(const Members&) = delete;
    ~Members() { --json_->depth_; }
    // Moves to the next member; its value must be read before the call after.
    bool next();
    const std::string& name() const { return name_; }

   private:
    JsonText* const json_;
    bool started_ = false;
    std::string name_;
  };

  // The elements of an array, in the same way.
  class Elements {
   public:
    explicit Elements(JsonText* json) : json_(json) { json->open('['); }
    Elements(const Elements&) = delete;
    Elements& operator=(const Elements&) = delete;
    ~Elements() { --json_->depth_; }
    bool next();

   private:
    JsonText* const json_;
    bool started_ = false;
  };

 private:
  void skip_space();
  bool take(char c);
  bool take_word(std::string_view word);
  void expect(bool holds) { ok_ = ok_ && holds; }
  void open(char bracket);
  bool next_in(char closing, bool* started);
  bool take_digits();
  void escape(std::string* out);
  void character(std::string* out);
  void skip_value();

  const char* const start_;
  const char* at_;
  const char* const end_;
  int depth_ = 0;
  bool ok_ = true;
};

}  // namespace stator
