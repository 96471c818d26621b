// Update expressions: SET, REMOVE, ADD and DELETE over the bytes of an item.
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

struct UpdateAction;

// A value; what it points at lives in the request's arena.
struct Update {
  std::span<const UpdateAction* const> actions;  // in textual order
  std::span<const UpdateAction* const> by_path;  // in path order
  std::span<const DocumentPath> paths;           // their targets in path order, as of a Projection
  std::span<const DocumentPath> kept;            // those of `paths` that are not REMOVEd

  // Whether it creates an item that is missing: any SET or ADD does; REMOVE and DELETE alone do
  // not.
  bool creates_item = false;
};

//   errors  validation, in the order and with the texts of DynamoDB
Result<Update> parse_update(std::string_view text, Placeholders* placeholders, Arena* arena);

// Appends to `out` the item after the update. Every operand and path refers to the item before it.
//   before  the stored attributes, or for a missing item just its key attributes; not in `out`
//   exists  whether the item was stored: REMOVE of any path of a missing item does nothing
//   out     the view is good until the buffer changes; unchanged when there is an error
//   errors  validation (run-time, without prefix): invalid document path, missing attribute,
//           operand of a wrong type, numbers out of range, values that cannot fit into an item
Result<ItemView> apply_update(const Update& update, const MapView& before, bool exists,
                              std::string* out);

}  // namespace stator
