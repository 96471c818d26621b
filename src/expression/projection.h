// Projection expressions: which parts of an item a reply shows.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/arena.h"
#include "base/result.h"
#include "expression/document_path.h"
#include "expression/placeholders.h"
#include "model/item.h"

namespace stator {

// A value; the paths live in the request's arena, in path order, and none overlaps another. With
// names it is a list of columns: paths in any order, each of whose values stands at the top under
// the name in its place.
struct Projection {
  std::span<const DocumentPath> paths;
  std::span<const std::string_view> names = {};
};

//   errors  validation, in the order and with the texts of DynamoDB
Result<Projection> parse_projection(std::string_view text, Placeholders* placeholders,
                                    Arena* arena);

// The projection of whole attributes; names that are there twice count once.
Projection project_attributes(std::span<const std::string_view> names, Arena* arena);

// Appends an item that holds just what the paths select of `attributes`: missing paths are dropped,
// maps keep only selected keys, lists are compacted in ascending order of their indexes.
//   attributes  not in `out`
//   out         the view is good until the buffer changes
ItemView project(const Projection& projection, const MapView& attributes, std::string* out);

}  // namespace stator
