// URLs of functions and destinations.
//
//   url := "http://" host [":" port] ["/" path]      host: a name, an address, "[" IPv6 "]"
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stator {

// A value.
struct Url {
  std::string host;  // without brackets
  std::string port = "80";
  std::string target = "/";  // path and query
  bool operator==(const Url&) const = default;

  // "host:port" as the header Host has it.
  std::string authority() const;
};

// nullopt: not of that form.
std::optional<Url> parse_url(std::string_view text);

// "%3A" and the like taken apart; what is not of that form stays as it is.
std::string decode_percent(std::string_view text);

// The value of a parameter in a query, decoded; nullopt: it is not there.
std::optional<std::string> query_parameter(std::string_view query, std::string_view name);

}  // namespace stator
