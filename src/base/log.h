// The one place where stator says what happens: lines on a file descriptor, for people or machines.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <variant>

#include "stator/clock.h"

namespace stator {

enum class LogLevel { error, warn, info, debug };

enum class LogFormat {
  human,  // 2026-01-02T03:04:05.678Z info  the message name=value name="two words"
  json,   // one object a line: time, level, message, then the fields
};

// A name and a value of one line. The name is ours; the value may be anything a client sent.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};

struct LogOptions {
  LogLevel level = LogLevel::info;
  LogFormat format = LogFormat::human;
  int file_descriptor = 2;
};

// A resource that owns nothing: the clock and the descriptor outlive it. Thread-safe; lines of
// several threads never mix. Failures to write are ignored: there is no one left to tell.
class Log {
 public:
  Log(const LogOptions& options, const Clock& clock) : options_(options), clock_(clock) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Whether lines of `level` are written; asked before the work of making one.
  bool enabled(LogLevel level) const { return level <= options_.level; }

  // Writes one line, or nothing below the level. Control characters in values are escaped.
  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields = {});

 private:
  const LogOptions options_;
  const Clock& clock_;
  std::mutex mu_;  // held while a line is written, so that a short write is finished in one piece
};

}  // namespace stator
