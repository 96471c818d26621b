// What is wrong with a rule of faults: one that means nothing, or can never fire, is refused.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "stator/faults.h"

namespace stator {

//   errors  validation: the first thing that is wrong
Result<void> check_fault(const FaultRule& rule);

// A rule's key as the bytes of an item (model/item.h); empty where it has none.
//   errors  validation: not a JSON object of attributes
Result<std::string> parse_fault_key(const std::string& json);

// Those bytes as JSON.
std::string fault_key_json(std::string_view item);

}  // namespace stator
