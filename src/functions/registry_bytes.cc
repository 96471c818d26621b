#include "functions/registry_bytes.h"

#include "streams/byte_reader.h"

namespace stator {
namespace {

constexpr std::uint8_t kFunctionFormat = 1;
constexpr std::uint8_t kMappingFormat = 3;
constexpr std::uint8_t kSecondMappingFormat = 2;
constexpr std::uint8_t kFirstMappingFormat = 1;
constexpr std::uint8_t kInProcess = 1;
constexpr std::uint8_t kUrl = 2;
constexpr std::uint8_t kProgram = 3;

void append_integer(std::int64_t value, std::string* out) {
  append_u64_be(static_cast<std::uint64_t>(value), out);
}

void append_texts(const std::vector<std::string>& texts, std::string* out) {
  append_u32_le(static_cast<std::uint32_t>(texts.size()), out);
  for (const std::string& text : texts) append_text(text, out);
}

std::int64_t read_integer(ByteReader* reader) {
  return static_cast<std::int64_t>(reader->u64());
}

std::string read_text(ByteReader* reader) {
  return std::string(reader->text());
}

std::vector<std::string> read_texts(ByteReader* reader) {
  std::vector<std::string> texts;
  const std::uint32_t count = reader->u32();
  for (std::uint32_t i = 0; i < count && reader->ok(); ++i) texts.push_back(read_text(reader));
  return texts;
}

// The URL, command and directory are there whatever the kind is; those of others are empty.
void append_code(const LambdaFunction& function, std::string* out) {
  const auto* const url = std::get_if<UrlCode>(&function.code);
  const auto* const program = std::get_if<ProgramCode>(&function.code);
  append_u8(url != nullptr ? kUrl : program != nullptr ? kProgram : kInProcess, out);
  append_text(function.name, out);
  append_text(url != nullptr ? url->url : std::string(), out);
  append_texts(program != nullptr ? program->command : std::vector<std::string>(), out);
  append_text(program != nullptr ? program->directory : std::string(), out);
}

bool read_code(ByteReader* reader, LambdaFunction* function) {
  const std::uint8_t kind = reader->u8();
  function->name = read_text(reader);
  UrlCode url{read_text(reader)};
  ProgramCode program;
  program.command = read_texts(reader);
  program.directory = read_text(reader);
  if (kind == kUrl) function->code = std::move(url);
  if (kind == kProgram) function->code = std::move(program);
  return kind >= kInProcess && kind <= kProgram;
}

void append_labels(const FunctionLabels& labels, std::string* out) {
  append_text(labels.role, out);
  append_text(labels.runtime, out);
  append_text(labels.handler, out);
  append_text(labels.description, out);
  append_integer(labels.memory_mb, out);
  append_text(labels.package_type, out);
  append_text(labels.image_uri, out);
}

FunctionLabels read_labels(ByteReader* reader) {
  FunctionLabels labels;
  labels.role = read_text(reader);
  labels.runtime = read_text(reader);
  labels.handler = read_text(reader);
  labels.description = read_text(reader);
  labels.memory_mb = read_integer(reader);
  labels.package_type = read_text(reader);
  labels.image_uri = read_text(reader);
  return labels;
}

void append_configuration(const MappingConfiguration& configuration, std::string* out) {
  append_integer(configuration.batch_size, out);
  append_integer(configuration.batching_window_seconds, out);
  append_integer(configuration.parallelization_factor, out);
  append_integer(configuration.record_age_seconds_max, out);
  append_integer(configuration.retry_attempts_max, out);
  append_integer(configuration.tumbling_window_seconds, out);
  append_u8(configuration.bisects_batch ? 1 : 0, out);
  append_texts(configuration.response_types, out);
  append_texts(configuration.filters, out);
  append_text(configuration.on_failure, out);
}

MappingConfiguration read_configuration(ByteReader* reader) {
  MappingConfiguration configuration;
  configuration.batch_size = read_integer(reader);
  configuration.batching_window_seconds = read_integer(reader);
  configuration.parallelization_factor = read_integer(reader);
  configuration.record_age_seconds_max = read_integer(reader);
  configuration.retry_attempts_max = read_integer(reader);
  configuration.tumbling_window_seconds = read_integer(reader);
  configuration.bisects_batch = reader->u8() != 0;
  configuration.response_types = read_texts(reader);
  configuration.filters = read_texts(reader);
  configuration.on_failure = read_text(reader);
  return configuration;
}

// What the first format has not.
void read_second_format(ByteReader* reader, EventSourceMapping* mapping) {
  mapping->transition_reason = read_text(reader);
  mapping->configuration.kms_key_arn = read_text(reader);
  mapping->configuration.metrics = read_texts(reader);
  mapping->configuration.log_level = read_text(reader);
}

bool is_origin(std::uint8_t byte) {
  return byte >= static_cast<std::uint8_t>(Origin::api) &&
         byte <= static_cast<std::uint8_t>(Origin::embedder);
}

Error damaged(std::string_view what) {
  return Error(ErrorCode::internal, "the store holds " + std::string(what) + " that is damaged");
}

}  // namespace

void append_function(const LambdaFunction& function, std::string* out) {
  append_u8(kFunctionFormat, out);
  append_u8(static_cast<std::uint8_t>(function.origin), out);
  append_code(function, out);
  append_u32_le(static_cast<std::uint32_t>(function.environment.size()), out);
  for (const auto& [name, value] : function.environment) {
    append_text(name, out);
    append_text(value, out);
  }
  append_integer(function.timeout.count(), out);
  append_integer(static_cast<std::int64_t>(function.concurrency), out);
  append_labels(function.labels, out);
  append_time(function.modified, out);
  append_text(function.revision, out);
}

Result<LambdaFunction> decode_function(std::string_view bytes) {
  ByteReader reader(bytes);
  LambdaFunction function;
  const std::uint8_t format = reader.u8();
  const std::uint8_t origin = reader.u8();
  if (format != kFunctionFormat || !is_origin(origin) || !read_code(&reader, &function)) {
    return damaged("a function");
  }
  function.origin = static_cast<Origin>(origin);
  const std::uint32_t variables = reader.u32();
  for (std::uint32_t i = 0; i < variables && reader.ok(); ++i) {
    std::string name = read_text(&reader);
    function.environment[std::move(name)] = read_text(&reader);
  }
  function.timeout = std::chrono::milliseconds(read_integer(&reader));
  function.concurrency = static_cast<std::size_t>(read_integer(&reader));
  function.labels = read_labels(&reader);
  function.modified = reader.time();
  function.revision = read_text(&reader);
  if (!reader.complete() || function.concurrency == 0) return damaged("a function");
  return function;
}

void append_mapping(const EventSourceMapping& mapping, std::string* out) {
  append_u8(kMappingFormat, out);
  append_u8(static_cast<std::uint8_t>(mapping.origin), out);
  append_u8(static_cast<std::uint8_t>(mapping.state), out);
  append_u8(static_cast<std::uint8_t>(mapping.starting_position), out);
  append_u8(mapping.enabled ? 1 : 0, out);
  append_text(mapping.uuid, out);
  append_text(mapping.stream_arn, out);
  append_text(mapping.table, out);
  append_text(mapping.region, out);
  append_text(mapping.function, out);
  append_configuration(mapping.configuration, out);
  append_time(mapping.created, out);
  append_time(mapping.modified, out);
  append_text(mapping.transition_reason, out);
  append_text(mapping.configuration.kms_key_arn, out);
  append_texts(mapping.configuration.metrics, out);
  append_text(mapping.configuration.log_level, out);
  append_text(mapping.stream_space, out);
}

Result<EventSourceMapping> decode_mapping(std::string_view bytes) {
  ByteReader reader(bytes);
  EventSourceMapping mapping;
  const std::uint8_t format = reader.u8();
  const std::uint8_t origin = reader.u8();
  const std::uint8_t state = reader.u8();
  const std::uint8_t position = reader.u8();
  mapping.origin = static_cast<Origin>(origin);
  mapping.state = static_cast<MappingState>(state);
  mapping.starting_position = static_cast<StartingPosition>(position);
  mapping.enabled = reader.u8() != 0;
  mapping.uuid = read_text(&reader);
  mapping.stream_arn = read_text(&reader);
  mapping.table = read_text(&reader);
  mapping.region = read_text(&reader);
  mapping.function = read_text(&reader);
  mapping.configuration = read_configuration(&reader);
  mapping.created = reader.time();
  mapping.modified = reader.time();
  if (format >= kSecondMappingFormat) read_second_format(&reader, &mapping);
  if (format >= kMappingFormat) mapping.stream_space = read_text(&reader);
  const bool is_known = format >= kFirstMappingFormat && format <= kMappingFormat &&
                        is_origin(origin) && state >= 1 && state <= 7 &&
                        (position == 1 || position == 2);
  const bool is_usable =
      mapping.configuration.batch_size > 0 && mapping.configuration.parallelization_factor > 0;
  if (!is_known || !is_usable || !reader.complete()) return damaged("an event source mapping");
  return mapping;
}

}  // namespace stator
