#include "base/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iterator>

#include "base/time_text.h"

namespace stator {

namespace {

constexpr std::string_view kLevelNames[] = {"error", "warn", "info", "debug"};

std::string_view name_of(LogLevel level) {
  return kLevelNames[static_cast<std::size_t>(level)];
}

bool is_plain(char c) {
  return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

// As a JSON string. Bytes above ASCII are written as U+0080..U+00FF: a client's bytes need not be
// UTF-8, and the line must be.
void append_quoted(std::string_view text, std::string* out) {
  out->push_back('"');
  for (const char c : text) {
    if (is_plain(c)) {
      out->push_back(c);
    } else if (c == '"' || c == '\\') {
      out->push_back('\\');
      out->push_back(c);
    } else {
      fmt::format_to(std::back_inserter(*out), "\\u{:04x}", static_cast<unsigned char>(c));
    }
  }
  out->push_back('"');
}

void append_bare_or_quoted(std::string_view text, std::string* out) {
  const bool bare = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_plain(c) && c != ' ' && c != '=';
  });
  if (bare) {
    out->append(text);
  } else {
    append_quoted(text, out);
  }
}

std::string human_line(TimePoint time, LogLevel level, std::string_view message,
                       std::initializer_list<LogField> fields) {
  std::string line;
  append_time_text(time, &line);
  fmt::format_to(std::back_inserter(line), " {:5} {}", name_of(level), message);
  for (const LogField& field : fields) {
    fmt::format_to(std::back_inserter(line), " {}=", field.name);
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      fmt::format_to(std::back_inserter(line), "{}", *number);
    } else {
      append_bare_or_quoted(std::get<std::string_view>(field.value), &line);
    }
  }
  line.push_back('\n');
  return line;
}

std::string json_line(TimePoint time, LogLevel level, std::string_view message,
                      std::initializer_list<LogField> fields) {
  std::string line = "{\"time\":\"";
  append_time_text(time, &line);
  fmt::format_to(std::back_inserter(line), "\",\"level\":\"{}\",\"message\":", name_of(level));
  append_quoted(message, &line);
  for (const LogField& field : fields) {
    fmt::format_to(std::back_inserter(line), ",\"{}\":", field.name);
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      fmt::format_to(std::back_inserter(line), "{}", *number);
    } else {
      append_quoted(std::get<std::string_view>(field.value), &line);
    }
  }
  line.append("}\n");
  return line;
}

void write_whole(int file_descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_descriptor, bytes.data(), bytes.size());
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void Log::write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  if (!enabled(level)) return;
  const TimePoint now = clock_.now();
  const std::string line = options_.format == LogFormat::json
                               ? json_line(now, level, message, fields)
                               : human_line(now, level, message, fields);
  const std::lock_guard lock(mu_);
  write_whole(options_.file_descriptor, line);
}

}  // namespace stator
