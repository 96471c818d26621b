// Compares change records with the shards that they stand in and with the items that they lead to.
#pragma once

#include "base/result.h"
#include "stator/check_report.h"
#include "storage/store.h"

namespace stator {

// Reads one state of a store, row by row; may run while others write.
//   records   are well-formed, and stand in a shard that there is, under a number that it gives
//   changes   of one item follow from each other: what is inserted was not there, what is modified
//             or removed was
//   items     are as the last record of theirs left them, in a table whose stream is enabled
// Adds to the report. It holds a few bytes of memory for each item that has records.
//   errors  internal: the store cannot be read
Result<void> check_streams(const StoreView& view, CheckReport* report);

}  // namespace stator
