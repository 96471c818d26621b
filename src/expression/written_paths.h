// Where what an update wrote stands in the item that it made.
#pragma once

#include <span>

#include "base/arena.h"
#include "expression/document_path.h"
#include "expression/update.h"
#include "model/value.h"

namespace stator {

// The kept paths of the update, in their order, with the indexes that elements of lists have after
// it: what is removed lets others move up, and what is set behind the end is appended.
//   before  the attributes before the update, to which its paths refer
std::span<const DocumentPath> written_paths(const Update& update, const MapView& before,
                                            Arena* arena);

}  // namespace stator
