#include "base/url.h"

#include <algorithm>
#include <charconv>

namespace stator {
namespace {

constexpr std::string_view kScheme = "http://";

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port > 0 && port < 65'536;
}

// What no host and no target has: it would be more than one line of a request.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

// Takes the host off the front, brackets and all.
std::optional<std::string> take_host(std::string_view* authority) {
  if (!authority->starts_with('[')) {
    const std::string_view host = authority->substr(0, authority->find(':'));
    authority->remove_prefix(host.size());
    return std::string(host);
  }
  const std::size_t end = authority->find(']');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view host = authority->substr(1, end - 1);
  authority->remove_prefix(end + 1);
  return std::string(host);
}

}  // namespace

std::string Url::authority() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_v6 ? "[" + host + "]" : host) + ":" + port;
}

std::optional<Url> parse_url(std::string_view text) {
  if (!text.starts_with(kScheme) || !is_plain(text)) return std::nullopt;
  text.remove_prefix(kScheme.size());
  const std::size_t path = std::min(text.find_first_of("/?"), text.size());
  std::string_view authority = text.substr(0, path);
  Url url;
  std::optional<std::string> host = take_host(&authority);
  if (!host || host->empty() || host->find('@') != std::string::npos) return std::nullopt;
  url.host = *std::move(host);
  if (!authority.empty()) {
    if (authority[0] != ':' || !is_port(authority.substr(1))) return std::nullopt;
    url.port = authority.substr(1);
  }
  std::string_view target = text.substr(path);
  target = target.substr(0, target.find('#'));
  if (!target.empty()) url.target = (target[0] == '?' ? "/" : "") + std::string(target);
  return url;
}

std::string decode_percent(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const char* const digits = text.data() + i + 1;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
      decoded.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

std::optional<std::string> query_parameter(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (decode_percent(pair.substr(0, equals)) != name) continue;
    return decode_percent(equals == pair.size() ? std::string_view() : pair.substr(equals + 1));
  }
  return std::nullopt;
}

}  // namespace stator
