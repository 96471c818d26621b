#include "api/ops/read_source.h"

#include <algorithm>

#include "api/keys.h"
#include "storage/index_row.h"

namespace stator {
namespace {

bool has_all(const KeySchema& schema, const MapView& key) {
  const auto fits = [&](const KeyAttribute& attribute) {
    const auto value = key.find(attribute.name);
    return value && value->type() == attribute.type;
  };
  return std::all_of(schema.partition.begin(), schema.partition.end(), fits) &&
         std::all_of(schema.sort.begin(), schema.sort.end(), fits);
}

}  // namespace

std::string ReadSource::unprojected(std::span<const std::string_view> attributes) const {
  std::string names;
  for (auto at = attributes.begin(); at != attributes.end(); ++at) {
    if (projects(*at) || std::find(attributes.begin(), at, *at) != at) continue;
    names.append(names.empty() ? "" : ", ").append(*at);
  }
  return names;
}

bool ReadSource::is_key_shape(const MapView& key) const {
  for (MapView::Cursor c(key); c.next();) {
    if (!is_key_attribute(table_, index_, c.name())) return false;
  }
  return has_all(table_.key, key) && (index_ == nullptr || has_all(index_->key, key));
}

Result<void> ReadSource::check_key_values(const MapView& key) const {
  TRY(stator::check_key_values(table_.key, key));
  if (index_ == nullptr) return {};
  return stator::check_key_values(index_->key, key);
}

Result<void> ReadSource::check_key(const MapView& key) const {
  if (!is_key_shape(key)) {
    return validation_error("The provided key element does not match the schema");
  }
  return check_key_values(key);
}

void ReadSource::append_row_key(const MapView& key, std::string* out) const {
  if (index_ == nullptr) return append_table_row_key(table_, key, out);
  append_index_row_key(table_, *index_, key, out);
}

Result<ReadSource> find_source(const Context& context, const TableAccess& table,
                               const ItemRequest& request) {
  const TableDefinition& definition = table.definition();
  if (!request.index_name) return ReadSource(definition);
  const std::string name(*request.index_name);
  const IndexDefinition* const index = definition.find_index(name, context.now);
  if (index == nullptr) {
    return validation_error("The table does not have the specified index: " + name);
  }
  if (index->is_deleted() || index->status_at(context.now) == TableStatus::creating) {
    return validation_error("Cannot read from backfilling global secondary index: " + name);
  }
  if (index->kind == IndexKind::global && request.consistent_read) {
    return validation_error("Consistent reads are not supported on global secondary indexes");
  }
  return ReadSource(definition, index);
}

Result<void> check_filter_projected(const ReadSource& source, const Condition& filter) {
  const std::string names = source.unprojected(filter.attributes());
  if (names.empty()) return {};
  return validation_error("One or more parameter values were invalid: Secondary index " +
                          source.index()->name +
                          " does not project one or more filter attributes: [" + names + "]");
}

}  // namespace stator
