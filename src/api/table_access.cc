#include "api/table_access.h"

#include "api/arn.h"
#include "api/request/text_patterns.h"
#include "base/region.h"

namespace stator {
namespace {

constexpr std::string_view kArnStart = "arn:";

Error not_found() {
  return Error(ErrorCode::resource_not_found, "Requested resource not found");
}

}  // namespace

Result<NamedTable> parse_table_name(std::string_view name_or_arn, std::string_view region) {
  if (!name_or_arn.starts_with(kArnStart)) return NamedTable{.name = name_or_arn};
  constexpr std::string_view kTable = "table/";
  const std::optional<ArnView> arn = parse_arn(name_or_arn);
  if (!arn || arn->service != "dynamodb" || !arn->resource.starts_with(kTable) ||
      !is_name(arn->resource.substr(kTable.size()))) {
    return validation_error("Invalid TableArn: Invalid ResourceArn provided as input " +
                            std::string(name_or_arn));
  }
  if (arn->region != region) {
    return validation_error("1 validation error detected: Invalid AWS region in '" +
                            std::string(name_or_arn) + "'");
  }
  return NamedTable{
      .name = arn->resource.substr(kTable.size()),
      .is_elsewhere = arn->account != kAccount || arn->partition != arn_partition(region)};
}

const Table* find_named(const Catalog& catalog, const NamedTable& named, const Context& context) {
  if (named.is_elsewhere) return nullptr;
  return catalog.find(space_of(context.call.caller), named.name, context.now);
}

Result<TableAccess> find_table(const Context& context, std::string_view name_or_arn) {
  TableAccess access{.catalog = context.engine.catalog->snapshot(), .name = name_or_arn};
  const NamedTable named = TRY(parse_table_name(name_or_arn, context.call.caller.region));
  access.table = find_named(*access.catalog, named, context);
  if (access.table == nullptr) return not_found();
  const TableStatus status = *access.definition().status_at(context.now);
  if (status == TableStatus::creating || status == TableStatus::deleting) return not_found();
  context.scratch.notes.add_table(access.table->requests);
  return access;
}

void note_table(const Context& context, std::string_view name_or_arn) {
  const auto noted = find_table(context, name_or_arn);
  static_cast<void>(noted);
}

std::string isolated_space(const Caller& caller) {
  return qualified_name(caller.access_key, caller.region);
}

QualifiedName parse_qualified_name(std::string_view text) {
  const std::size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return {.space = {}, .name = text};
  return {.space = text.substr(0, slash), .name = text.substr(slash + 1)};
}

std::string qualified_name(std::string_view space, std::string_view name) {
  std::string text(space);
  if (!text.empty()) text.push_back('/');
  return text.append(name);
}

}  // namespace stator
