// Functions and mappings as bytes on disk.
//
//   function := format:u8 (1) origin:u8 kind:u8 name url command directory environment
//               timeout_ms:u64be concurrency:u64be role runtime handler description memory:u64be
//               package image modified:time revision
//   mapping  := format:u8 (3) origin:u8 state:u8 position:u8 enabled:u8 uuid stream table region
//               function batch:u64be window:u64be factor:u64be age:u64be retries:u64be
//               tumbling:u64be bisects:u8 response types filters on_failure created:time
//               modified:time transition_reason kms_key_arn metrics log_level space
//               in format 1 nothing follows `modified`, in format 2 nothing `log_level`
//   kind     := 1 in process | 2 URL | 3 program
//   command, response types, filters, metrics := count:u32le text*
//   environment := count:u32le (name value)*
//   What has no type is a text, see streams/byte_reader.h; negative integers are two's complement.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "functions/event_source_mapping.h"
#include "functions/function.h"

namespace stator {

void append_function(const LambdaFunction& function, std::string* out);
void append_mapping(const EventSourceMapping& mapping, std::string* out);

//   errors  internal: damaged, or of a newer format
Result<LambdaFunction> decode_function(std::string_view bytes);
Result<EventSourceMapping> decode_mapping(std::string_view bytes);

}  // namespace stator
