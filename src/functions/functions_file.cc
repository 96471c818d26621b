#include "functions/functions_file.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <utility>

#include "api/request/text_patterns.h"
#include "api/table_access.h"
#include "base/duration.h"
#include "base/url.h"
#include "functions/json_fields.h"
#include "functions/mapping_request.h"

namespace stator {
namespace {

Error wrong(std::string_view path, std::string_view why) {
  return validation_error(std::string(path).append(": ").append(why));
}

// An error in a value, with the place of the value.
Error at(std::string_view path, const Error& error) {
  return wrong(path, error.message());
}

#define TRY_AT(path, ...)                         \
  __extension__({                                 \
    auto tried = (__VA_ARGS__);                   \
    if (!tried) return at((path), tried.error()); \
    ::stator::internal::unwrap(std::move(tried)); \
  })

// A UUID of version 8 (RFC 9562) that is always the same for one text.
std::string uuid_of(std::string_view text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  const std::uint64_t high = (hash.high64 & 0xFFFFFFFFFFFF0FFFU) | 0x8000U;
  const std::uint64_t low = (hash.low64 >> 2) | 0x8000000000000000U;
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xFFFF,
                     high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFFU);
}

struct FileFunction {
  std::string name;
  std::optional<std::string> url;
  std::optional<std::vector<std::string>> command;
  std::string directory;
  std::optional<std::string> timeout;
  std::map<std::string, std::string> environment;
  std::optional<std::int64_t> concurrency;
};

constexpr JsonField<FileFunction> kFunctionFields[] = {
    {"name", read_into<FileFunction, &FileFunction::name, read_json_string>},
    {"url", read_into<FileFunction, &FileFunction::url, read_json_string>},
    {"command", read_into<FileFunction, &FileFunction::command, read_json_strings>},
    {"directory", read_into<FileFunction, &FileFunction::directory, read_json_string>},
    {"timeout", read_into<FileFunction, &FileFunction::timeout, read_json_string>},
    {"environment", read_into<FileFunction, &FileFunction::environment, read_json_string_map>},
    {"concurrency", read_into<FileFunction, &FileFunction::concurrency, read_json_integer>},
};

Result<void> set_code(FileFunction&& asked, const std::string& path, LambdaFunction* function) {
  if (asked.url.has_value() == asked.command.has_value()) {
    return wrong(path, "has either \"url\" or \"command\"");
  }
  if (asked.url) {
    if (!parse_url(*asked.url)) return wrong(path + ".url", "is no URL that begins with http://");
    function->code = UrlCode{*std::move(asked.url)};
    return {};
  }
  if (asked.command->empty() || asked.command->front().empty()) {
    return wrong(path + ".command", "names no program");
  }
  std::error_code error;
  if (!asked.directory.empty() && !std::filesystem::is_directory(asked.directory, error)) {
    return wrong(path + ".directory", "is no directory: \"" + asked.directory + "\"");
  }
  function->code = ProgramCode{*std::move(asked.command), std::move(asked.directory)};
  return {};
}

Result<LambdaFunction> checked_function(FileFunction asked, const std::string& path) {
  const FunctionNameView name = parse_function_name(asked.name);
  if (!is_function_name(asked.name) || name.name != asked.name) {
    return wrong(path + ".name", "is no name of a function: \"" + asked.name + "\"");
  }
  LambdaFunction function;
  function.name = asked.name;
  function.origin = Origin::file;
  if (asked.timeout) {
    function.timeout =
        TRY_AT(path + ".timeout", parse_duration(*asked.timeout, kFunctionTimeoutMax));
    if (function.timeout.count() == 0) return wrong(path + ".timeout", "is 0");
  }
  if (asked.concurrency) {
    constexpr auto kMost = static_cast<std::int64_t>(kFunctionConcurrencyMax);
    if (*asked.concurrency < 1 || *asked.concurrency > kMost) {
      return wrong(path + ".concurrency", "is not between 1 and " + std::to_string(kMost));
    }
    function.concurrency = static_cast<std::size_t>(*asked.concurrency);
  }
  function.environment = asked.environment;
  TRY(set_code(std::move(asked), path, &function));
  return function;
}

struct FileMapping {
  MappingRequest request;
  std::string table;
  std::string function;
  std::optional<std::string> region;
};

constexpr JsonField<FileMapping> kMappingFields[] = {
    {"table", read_into<FileMapping, &FileMapping::table, read_json_string>},
    {"function", read_into<FileMapping, &FileMapping::function, read_json_string>},
    {"region", read_into<FileMapping, &FileMapping::region, read_json_string>},
};

Result<StartingPosition> starting_position(const MappingRequest& request, const std::string& path) {
  const std::string asked = request.starting_position.value_or("TRIM_HORIZON");
  if (asked == "TRIM_HORIZON") return StartingPosition::trim_horizon;
  if (asked == "LATEST") return StartingPosition::latest;
  return wrong(path + ".StartingPosition", "is neither TRIM_HORIZON nor LATEST");
}

bool is_table_name(std::string_view text) {
  return text.size() >= kTableNameBytesMin && text.size() <= kTableNameBytesMax && is_name(text);
}

// Clients may name any, "local" for one.
bool is_region_name(std::string_view text) {
  return is_name(text) && text.find_first_of("._") == std::string_view::npos;
}

// "Orders" or "KEY/REGION/Orders"
Result<void> check_table(const std::string& table, const std::string& path) {
  if (table.empty()) return wrong(path, "is missing");
  const auto [space, name] = parse_qualified_name(table);
  const std::size_t slash = space.find('/');
  const bool is_space = slash != 0 && slash != std::string_view::npos && slash == space.rfind('/');
  const bool is_whole = name.size() == table.size();
  if (is_table_name(name) && (is_whole || is_space)) return {};
  return wrong(path, "is no name of a table: \"" + table + "\"");
}

// That of a table "KEY/REGION/NAME" is in its name.
Result<std::string> region_of(const FileMapping& asked, const std::string& path) {
  const std::string_view space = parse_qualified_name(asked.table).space;
  const std::string_view of_table =
      space.empty() ? "us-east-1" : space.substr(space.rfind('/') + 1);
  const std::string region = asked.region.value_or(std::string(of_table));
  if (!is_region_name(region)) return wrong(path, "is no region: \"" + region + "\"");
  if (space.empty() || region == of_table) return region;
  return wrong(path, "is not that of the table: \"" + region + "\"");
}

// An ARN, or a place; one that is empty is none.
Result<void> check_on_failure(const MappingRequest& request, const std::string& path) {
  const std::string destination = request.on_failure.value_or("");
  if (destination.empty() || is_destination_arn(destination) || is_destination_place(destination)) {
    return {};
  }
  return wrong(path + ".DestinationConfig.OnFailure.Destination",
               "is no ARN of SQS, SNS or S3, no file:PATH, no handler:NAME and no URL that begins "
               "with http://: \"" +
                   destination + "\"");
}

Result<EventSourceMapping> checked_mapping(const FileMapping& asked, const std::string& path) {
  TRY(check_table(asked.table, path + ".table"));
  if (asked.function.empty()) return wrong(path + ".function", "is missing");
  if (asked.request.event_source_arn || asked.request.function_name) {
    return wrong(path, "names its stream by \"table\" and its function by \"function\"");
  }
  EventSourceMapping mapping;
  mapping.starting_position = TRY(starting_position(asked.request, path));
  TRY_AT(path, check_mapping_constraints(asked.request));
  TRY_AT(path, check_mapping_parameters(asked.request));
  TRY(check_on_failure(asked.request, path));
  mapping.region = TRY(region_of(asked, path + ".region"));
  mapping.uuid = uuid_of(asked.function + "\n" + mapping.region + "\n" + asked.table);
  mapping.table = asked.table;
  mapping.function = asked.function;
  mapping.enabled = asked.request.enabled.value_or(true);
  mapping.origin = Origin::file;
  apply_mapping_request(asked.request, &mapping.configuration);
  return mapping;
}

// Reads an object whose members are all known; `read` says whether it knows one.
template <typename Read>
Result<void> read_object(JsonText* json, const std::string& path, const Read& read) {
  TRY_AT(path, expect_json_object(json));
  for (JsonText::Members member(json); member.next();) {
    const std::string place = path.empty() ? member.name() : path + "." + member.name();
    if (!TRY(read(member.name(), place))) return wrong(place, "is not known");
  }
  return {};
}

// Reads a list; `read` reads one element.
template <typename Read>
Result<void> read_list(JsonText* json, const std::string& path, const Read& read) {
  if (json->kind() != JsonTextKind::array) return wrong(path, "is no list");
  std::size_t index = 0;
  for (JsonText::Elements element(json); element.next(); ++index) {
    TRY(read(path + "[" + std::to_string(index) + "]"));
  }
  return {};
}

Result<void> read_function(JsonText* json, const std::string& path, FunctionsFile* file) {
  FileFunction asked;
  TRY(read_object(json, path, [&](std::string_view name, const std::string& place) -> Result<bool> {
    return TRY_AT(place, read_field<FileFunction>(kFunctionFields, name, json, &asked));
  }));
  LambdaFunction function = TRY(checked_function(std::move(asked), path));
  const bool is_second =
      std::any_of(file->functions.begin(), file->functions.end(),
                  [&function](const LambdaFunction& other) { return other.name == function.name; });
  if (is_second) return wrong(path + ".name", "is there twice: \"" + function.name + "\"");
  file->functions.push_back(std::move(function));
  return {};
}

// "Orders" is the first of that name in its region, which may be "KEY/REGION/Orders".
bool may_be_one(const EventSourceMapping& a, const EventSourceMapping& b) {
  const QualifiedName one = parse_qualified_name(a.table);
  const QualifiedName other = parse_qualified_name(b.table);
  return a.function == b.function && a.region == b.region && one.name == other.name &&
         one.space.empty() != other.space.empty();
}

Result<void> read_mapping(JsonText* json, const std::string& path, FunctionsFile* file) {
  FileMapping asked;
  TRY(read_object(json, path, [&](std::string_view name, const std::string& place) -> Result<bool> {
    if (TRY_AT(place, read_field<FileMapping>(kMappingFields, name, json, &asked))) return true;
    const Result<bool> read = read_mapping_member(name, json, &asked.request);
    const std::string& inside = asked.request.wrong_member;
    if (!read) return at(inside.empty() ? place : path + "." + inside, read.error());
    return *read;
  }));
  const std::string& unknown = asked.request.unknown_member;
  if (!unknown.empty()) return wrong(path + "." + unknown, "is not known");
  EventSourceMapping mapping = TRY(checked_mapping(asked, path));
  const bool is_second = std::any_of(
      file->mappings.begin(), file->mappings.end(),
      [&mapping](const EventSourceMapping& other) { return other.uuid == mapping.uuid; });
  if (is_second) return wrong(path, "is there twice: the same table and function");
  const bool is_unclear = std::any_of(
      file->mappings.begin(), file->mappings.end(),
      [&mapping](const EventSourceMapping& other) { return may_be_one(mapping, other); });
  if (is_unclear) {
    return wrong(path + ".table", "\"" + std::string(parse_qualified_name(mapping.table).name) +
                                      "\" may mean the same table in two mappings of the "
                                      "function: write KEY/REGION/ in front of both");
  }
  file->mappings.push_back(std::move(mapping));
  return {};
}

Result<void> read_destinations(JsonText* json, const std::string& path, FunctionsFile* file) {
  return read_object(
      json, path, [&](std::string_view name, const std::string& place) -> Result<bool> {
        if (!is_destination_arn(name)) return wrong(place, "is no ARN of SQS, SNS or S3");
        std::string target = TRY_AT(place, read_json_string(json));
        if (!is_destination_place(target)) {
          return wrong(place, "is neither file:PATH nor a URL that begins with http://");
        }
        file->destinations[std::string(name)] = std::move(target);
        return true;
      });
}

Result<void> read_file(JsonText* json, FunctionsFile* file) {
  return read_object(
      json, "", [&](std::string_view name, const std::string& place) -> Result<bool> {
        if (name == "functions") {
          TRY(read_list(json, place,
                        [&](const std::string& path) { return read_function(json, path, file); }));
        } else if (name == "mappings") {
          TRY(read_list(json, place,
                        [&](const std::string& path) { return read_mapping(json, path, file); }));
        } else if (name == "destinations") {
          TRY(read_destinations(json, place, file));
        } else {
          return false;
        }
        return true;
      });
}

#undef TRY_AT

// Refuses a member that stands twice in its object, wherever that is.
Result<void> check_members_once(JsonText* json, const std::string& path) {
  if (json->kind() == JsonTextKind::array) {
    std::size_t index = 0;
    for (JsonText::Elements element(json); element.next(); ++index) {
      TRY(check_members_once(json, path + "[" + std::to_string(index) + "]"));
    }
    return {};
  }
  if (json->kind() != JsonTextKind::object) {
    json->skip();
    return {};
  }
  std::set<std::string> names;
  for (JsonText::Members member(json); member.next();) {
    const std::string place = path.empty() ? member.name() : path + "." + member.name();
    if (!names.insert(member.name()).second) return wrong(place, "is there twice");
    TRY(check_members_once(json, place));
  }
  return {};
}

std::string line_of(std::string_view text, std::size_t position) {
  const std::string_view before = text.substr(0, position);
  return "line " + std::to_string(std::count(before.begin(), before.end(), '\n') + 1);
}

// Whether a text is JSON, an object, and says everything once.
Result<void> check_form(std::string_view text) {
  JsonText json(text);
  const JsonTextKind kind = json.kind();
  const std::size_t start = json.position();
  json.skip();
  if (!json.finish()) return wrong(line_of(text, json.position()), "this is no JSON");
  if (kind != JsonTextKind::object) return wrong(line_of(text, start), "this is no JSON object");
  JsonText again(text);
  return check_members_once(&again, "");
}

}  // namespace

Result<FunctionsFile> parse_functions_file(std::string_view text) {
  TRY(check_form(text));
  FunctionsFile file;
  JsonText json(text);
  TRY(read_file(&json, &file));
  return file;
}

}  // namespace stator
