#include "api/request/listing_request.h"

#include <algorithm>
#include <iterator>

#include "api/request/shape_reader.h"

namespace stator {
namespace {

constexpr std::string_view kTexts[] = {"TableArn", "NextToken", "ExclusiveStartGlobalTableName",
                                       "RegionName"};
constexpr std::string_view kIntegers[] = {"MaxResults", "PageSize", "Limit"};

template <typename Names>
bool is_one_of(std::string_view name, const Names& names) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

}  // namespace

Result<void> read_listing_request(std::string_view json, JsonReader* reader) {
  JsonMembers members = TRY(reader->open(json));
  const auto read = [](std::string_view name, JsonValue* value) -> Result<void> {
    if (is_one_of(name, kTexts)) {
      TRY(value->string());
      return {};
    }
    if (is_one_of(name, kIntegers)) {
      TRY(value->integer());
      return {};
    }
    return value->skip();
  };
  TRY(read_structure(&members, read));
  return reader->finish();
}

}  // namespace stator
