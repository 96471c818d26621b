// ARNs: "arn:" partition ":" service ":" region ":" account ":" resource.
#pragma once

#include <optional>
#include <string_view>

namespace stator {

// The parts of one. Refers to its text.
struct ArnView {
  std::string_view partition;  // aws, aws-cn, ..
  std::string_view service;
  std::string_view region;
  std::string_view account;
  std::string_view resource;  // all that follows

  // What stands behind "table/t/KIND/" in the resource; nothing where it is none of a table.
  std::optional<std::string_view> part_of_table(std::string_view kind) const;
};

// Nothing where the text is none.
std::optional<ArnView> parse_arn(std::string_view text);

}  // namespace stator
