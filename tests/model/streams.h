// The streams of a run's tables: what their records say must be what the tables hold.
#pragma once

#include <map>
#include <string>

#include "lineage_reader.h"

namespace stator::plain {

struct World;

// Reads one stream from its start on. A resource of one thread.
struct StreamFollower {
  support::LineageReader reader;
  support::Replay replay;
};

// Sends requests to a database; a failure is a Mismatch.
class Endpoint;
support::Ask asker(Endpoint* endpoint);

// Begins to follow the stream that the table has, whose items are what a Scan says.
StreamFollower follow_stream(const support::Ask& ask, const std::string& table);

// Reads what is new; throws Mismatch when it does not follow from what was there.
//   returns  how many records it read
std::size_t read_on(const support::Ask& ask, StreamFollower* follower);

}  // namespace stator::plain
