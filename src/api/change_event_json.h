// Change records as JSON: for GetRecords, and as handlers get them.
#pragma once

#include "api/json_writer.h"
#include "streams/change_event.h"

namespace stator {

// One element of "Records" of GetRecords.
void append_stream_record_json(const ChangeEventView& event, JsonWriter* json);

// One element of "Records" of the event that a handler gets: it names its stream, and its
// userIdentity is written in lower case.
void append_handler_record_json(const ChangeEventView& event, JsonWriter* json);

}  // namespace stator
