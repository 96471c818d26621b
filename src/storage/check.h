// Recomputes what follows from the items of all tables, and compares it with what is stored.
#pragma once

#include "base/result.h"
#include "stator/check_report.h"
#include "storage/store.h"

namespace stator {

// Reads one state of a store, its catalog included, row by row; may run while others write. What
// streams hold is looked at by check_streams (streams/stream_check.h).
//   items          are well-formed and lie under the key that they make
//   indexes        each item that belongs to one has its row there, and each row is exactly that of
//                  such an item; an index that is not built yet may lack rows
//   expiry         each item that can expire has its row, and each row is that of such an item;
//   while
//                  the rows are made some may be missing
//   collections    their sizes are those of their items and entries
//   keyspaces      no number serves twice or is still to be given away
// Tables and indexes that are being deleted are left out, and rows of no table are no problem: the
// next open erases them.
//   errors  internal: the store cannot be read
Result<CheckReport> check_store(const StoreView& view);

}  // namespace stator
