// The report of a simulation for programs: one long table, a figure in each row.
//
//   file    := header row*                      RFC 4180: CRLF, fields with , " or line ends quoted
//   header  := section,phase,load,table,index,direction,partition,key,second,seconds,measure,value
//
// A row says that `measure` was `value` in the `seconds` from `second` on, of what the other
// columns name; they are empty where they say nothing.
//
//   section    what the figures are of, the columns that name it, the measures
//   requests   all requests
//              requests, succeeded, given_up, throttled_attempts, retries
//   load       a load during a phase: phase, load, table, index
//              the same, and wait_mean_ms, wait_p50_ms, wait_p99_ms, wait_max_ms
//   phase      a table or index during a phase: phase, table, index, direction
//              offered_, consumed_, throttled_ and peak_consumed_units_per_second
//   units      a table or index: table, index, direction
//              offered_units, consumed_units, throttled_units, and the attempts that were refused
//              for each of AWS's ThrottlingReasons, under its name
//   partition  a partition: table, index, direction, partition
//              consumed_units, throttled_units (by the partition's own limit)
//   lineage    a partition's life: table, index, partition, key (where it begins, if in a
//   collection)
//              first, end (shares of the hash space), parent
//   split      a partition that was cut at `second`: table, index, partition (the parent), key
//   (where)
//              heat, growth or settings, the value is the first child; the other has the next
//              number
//   hot_key    a key over the whole simulation: table, index, key
//              used_collection_units, used_item_units, throttled_collection_attempts,
//              throttled_item_attempts, and each of them with _error: by how much less it may be
//   needs      what it takes to throttle nothing: table, index, direction, key (the hottest)
//              verdict.<name> with the value 1, and the members of NeedsReport (report_data.h)
//
// Rows of a second whose value is 0 are left out of `requests`, `units` and `partition`.
#pragma once

#include <string>

#include "simulate/report_data.h"

namespace stator {

// Appends the table. A name, title or key in it that a spreadsheet would take for a formula (it
// begins with = + - @, a tab or a line end) has a ' before it.
void write_csv_report(const SimulationReport& report, std::string* out);

}  // namespace stator
