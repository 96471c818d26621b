// The JSON of the wire tests. Members keep the order in which they were written, as the order of
// a request's members can be what a case is about.
#pragma once

#include <nlohmann/json.hpp>

namespace stator::wire {

using Json = nlohmann::ordered_json;

}  // namespace stator::wire
