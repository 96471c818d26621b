#include "storage/catalog.h"

#include <charconv>
#include <set>

#include "base/bytes.h"
#include "model/item.h"
#include "storage/definition_bytes.h"
#include "storage/row_key.h"

namespace stator {
namespace {

constexpr std::uint32_t kCatalogKeyspace = 0;

std::string catalog_key(std::string_view kind) {
  std::string key;
  append_u32_be(kCatalogKeyspace, &key);
  key.append(kind);
  return key;
}

std::string definition_key(std::string_view space, std::string_view name) {
  std::string key = catalog_key("T");
  key.append(space).push_back('\0');
  key.append(name);
  return key;
}

std::uint32_t load_u32_be(std::string_view bytes) {
  return __builtin_bswap32(load_u32_le(bytes.data()));
}

// Calls `use(keyspace, statistics)` for a table and for each of its indexes.
template <typename Use>
void for_each_statistics(const Table& table, const Use& use) {
  use(table.definition.keyspace, table.statistics.get());
  for (std::size_t i = 0; i < table.index_statistics.size(); ++i) {
    use(table.definition.indexes[i].keyspace, table.index_statistics[i].get());
  }
}

// Statistics of all tables and indexes: keyspace -> [items, bytes].
std::string encode_statistics(const Catalog::Tables& tables) {
  std::string bytes;
  ItemWriter item(&bytes);
  const auto add = [&](std::uint32_t keyspace, const TableStatistics* statistics) {
    item.add(std::to_string(keyspace));
    ListWriter figures(&bytes);
    for (const std::int64_t figure : {statistics->items.load(), statistics->bytes.load()}) {
      figures.add();
      append_number(*parse_number(std::to_string(figure)), &bytes);
    }
    figures.finish();
  };
  for (const auto& [name, table] : tables) for_each_statistics(*table, add);
  item.finish();
  return bytes;
}

// The table with statistics: those of `before` for what was there, fresh ones for the rest.
std::shared_ptr<const Table> with_statistics(TableDefinition definition, const Table* before) {
  std::map<std::uint32_t, std::shared_ptr<TableStatistics>> known;
  if (before != nullptr) {
    known[before->definition.keyspace] = before->statistics;
    for (std::size_t i = 0; i < before->index_statistics.size(); ++i) {
      known[before->definition.indexes[i].keyspace] = before->index_statistics[i];
    }
  }
  const auto of = [&](std::uint32_t keyspace) {
    auto& statistics = known[keyspace];
    if (statistics == nullptr) statistics = std::make_shared<TableStatistics>();
    return statistics;
  };
  Table table{.definition = std::move(definition), .statistics = {}, .index_statistics = {}};
  const bool continues =
      before != nullptr && before->definition.keyspace == table.definition.keyspace;
  table.requests = continues ? before->requests : std::make_shared<RequestCounters>();
  table.expiry = continues ? before->expiry : std::make_shared<ExpiryProgress>();
  table.statistics = of(table.definition.keyspace);
  for (const IndexDefinition& index : table.definition.indexes) {
    table.index_statistics.push_back(of(index.keyspace));
  }
  return std::make_shared<const Table>(std::move(table));
}

// Gives every part of a table that has no keyspace one of its own; returns the next free one.
std::uint32_t assign_keyspaces(std::uint32_t next, TableDefinition* table) {
  const auto assign = [&next](std::uint32_t* keyspace) {
    if (*keyspace == 0) *keyspace = next++;
  };
  assign(&table->keyspace);
  bool has_local = false;
  for (IndexDefinition& index : table->indexes) {
    assign(&index.keyspace);
    has_local |= index.kind == IndexKind::local;
  }
  if (has_local) assign(&table->collections_keyspace);
  if (table->stream && table->stream->keyspace == 0) {
    table->stream->keyspace = kLogKeyspaces | next++;
  }
  if (table->time_to_live && table->time_to_live->enabled) assign(&table->time_to_live->keyspace);
  return next;
}

Result<void> count_rows(const Store& store, std::uint32_t keyspace, TableStatistics* statistics) {
  RowCursor rows = store.scan({.first = keyspace_start(keyspace), .end = keyspace_end(keyspace)});
  for (; rows.valid(); rows.next()) {
    const ItemView item = TRY(ItemView::parse(rows.value()));
    statistics->items += 1;
    statistics->bytes += static_cast<std::int64_t>(item.logical_size());
  }
  return rows.finished();
}

// Those whose rows are to stay.
void add_keyspaces(const TableDefinition& table, std::set<std::uint32_t>* known) {
  if (table.transition.status == TableStatus::deleting) return;
  known->insert(table.keyspace);
  if (table.has_local_indexes()) known->insert(table.collections_keyspace);
  if (table.has_expiry_rows()) known->insert(table.time_to_live->keyspace);
  for (const IndexDefinition& index : table.indexes) {
    if (!index.is_deleted()) known->insert(index.keyspace);
  }
}

// Where the rows of a table and of what belongs to it lie; not those of its stream.
void append_ranges(const TableDefinition& table, std::vector<RowRange>* ranges) {
  const auto add = [ranges](std::uint32_t keyspace) {
    ranges->push_back({.first = keyspace_start(keyspace), .end = keyspace_end(keyspace)});
  };
  add(table.keyspace);
  if (table.has_local_indexes()) add(table.collections_keyspace);
  if (table.has_expiry_rows()) add(table.time_to_live->keyspace);
  for (const IndexDefinition& index : table.indexes) add(index.keyspace);
}

// A stream outlives its table.
Result<void> add_stream_keyspaces(const StoreView& view, std::set<std::uint32_t>* known) {
  RowCursor streams = scan_stream_definitions(view);
  for (; streams.valid(); streams.next()) known->insert(keyspace_of_stream(streams.key()));
  return streams.finished();
}

std::int64_t figure(const ListView& figures, std::size_t index) {
  const auto value = figures.find(index);
  std::int64_t result = 0;
  if (!value || value->type() != AttributeType::N) return result;
  std::string text;
  append_number_text(value->number(), &text);
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

}  // namespace

const Table* Catalog::find(std::string_view space, std::string_view name, TimePoint now) const {
  const auto found = tables_.find(std::pair(space, name));
  if (found == tables_.end() || !found->second->definition.status_at(now)) return nullptr;
  return found->second.get();
}

const Table* Catalog::find_same(std::string_view space, std::string_view name,
                                std::uint32_t keyspace) const {
  const auto found = tables_.find(std::pair(space, name));
  if (found == tables_.end()) return nullptr;
  return found->second->definition.keyspace == keyspace ? found->second.get() : nullptr;
}

std::vector<std::string_view> Catalog::names(std::string_view space, std::string_view after,
                                             std::size_t limit, TimePoint now) const {
  std::vector<std::string_view> names;
  for (auto at = tables_.upper_bound(std::pair(space, after));
       at != tables_.end() && at->first.first == space && names.size() < limit; ++at) {
    if (at->second->definition.status_at(now)) names.push_back(at->first.second);
  }
  return names;
}

std::size_t Catalog::count(std::string_view space, TimePoint now) const {
  return names(space, {}, SIZE_MAX, now).size();
}

RowCursor scan_definitions(const StoreView& view) {
  const std::string first = catalog_key("T");
  return view.scan({.first = first, .end = after_prefix(first)});
}

std::string stream_definition_key(std::uint32_t keyspace) {
  std::string key = catalog_key("R");
  append_u32_be(keyspace, &key);
  return key;
}

RowCursor scan_stream_definitions(const StoreView& view) {
  const std::string first = catalog_key("R");
  return view.scan({.first = first, .end = after_prefix(first)});
}

std::uint32_t keyspace_of_stream(std::string_view row_key) {
  const std::size_t start = kKeyspaceBytes + 1;
  return row_key.size() == start + 4 ? load_u32_be(row_key.substr(start)) : 0;
}

Result<std::uint32_t> next_keyspace(const StoreView& view) {
  std::string next;
  if (TRY(view.get(catalog_key("N"), &next)) && next.size() == 4) return load_u32_be(next);
  return 1;
}

Result<std::unique_ptr<CatalogStore>> CatalogStore::open(Store* store) {
  std::unique_ptr<CatalogStore> catalog(new CatalogStore(store));
  TRY(catalog->load());
  return catalog;
}

Result<void> CatalogStore::load() {
  auto catalog = std::make_unique<Catalog>();
  TRY(load_definitions(catalog.get()));
  {
    const MutexLock lock(&change_mu_);
    next_keyspace_ = TRY(next_keyspace(store_->view()));
  }
  TRY(erase_orphans(*catalog));
  TRY(load_statistics(*catalog));
  publish(std::move(catalog));
  return {};
}

Result<void> CatalogStore::load_definitions(Catalog* catalog) {
  const StoreView view = store_->view();
  RowCursor rows = scan_definitions(view);
  for (; rows.valid(); rows.next()) {
    TableDefinition definition = TRY(decode_definition(rows.value()));
    auto name = std::pair(definition.space, definition.name);
    catalog->tables_[std::move(name)] = with_statistics(std::move(definition), nullptr);
  }
  return rows.finished();
}

// Rows of a table whose deletion was cut short by a crash, or written while it ran.
Result<void> CatalogStore::erase_orphans(const Catalog& catalog) {
  std::set<std::uint32_t> known;
  for (const auto& [name, table] : catalog.tables_) add_keyspaces(table->definition, &known);
  TRY(add_stream_keyspaces(store_->view(), &known));
  TRY(erase_orphans(kCatalogKeyspace + 1, known));
  return erase_orphans(kLogKeyspaces, known);
}

Result<void> CatalogStore::erase_orphans(std::uint32_t first,
                                         const std::set<std::uint32_t>& known) {
  std::string at = keyspace_start(first);
  while (true) {
    RowCursor rows = store_->scan({.first = at, .end = {}});
    TRY(rows.finished());
    if (!rows.valid()) return {};
    const std::uint32_t keyspace = load_u32_be(rows.key());
    at = keyspace_end(keyspace);
    if (!known.contains(keyspace)) TRY(store_->erase_range(keyspace_start(keyspace), at));
  }
}

Result<void> CatalogStore::load_statistics(const Catalog& catalog) {
  std::string bytes;
  const std::string key = catalog_key("S");
  if (!TRY(store_->get(key, &bytes))) return recount(catalog);
  const ItemView kept = TRY(ItemView::parse(bytes));
  const auto load = [&](std::uint32_t keyspace, TableStatistics* statistics) {
    const auto figures = kept.find(std::to_string(keyspace));
    if (!figures || figures->type() != AttributeType::L) return;
    statistics->items = figure(figures->list(), 0);
    statistics->bytes = figure(figures->list(), 1);
  };
  for (const auto& [name, table] : catalog.tables_) for_each_statistics(*table, load);
  const RowWrite used_up{.key = key, .value = {}, .erase = true};
  return store_->commit({&used_up, 1});
}

Result<void> CatalogStore::recount(const Catalog& catalog) {
  Result<void> counted;
  const auto count = [&](std::uint32_t keyspace, TableStatistics* statistics) {
    if (counted) counted = count_rows(*store_, keyspace, statistics);
  };
  for (const auto& [name, table] : catalog.tables_) for_each_statistics(*table, count);
  return counted;
}

CatalogStore::~CatalogStore() {
  const CatalogSnapshot catalog = snapshot();
  if (catalog == nullptr) return;  // it could not be opened
  const std::string key = catalog_key("S");
  const std::string value = encode_statistics(catalog->tables_);
  const RowWrite write{.key = key, .value = value};
  // If this fails the next open counts again.
  if (const Result<void> kept = store_->commit({&write, 1}); !kept) return;
}

CatalogSnapshot CatalogStore::snapshot() const {
  const MutexLock lock(&mu_);
  return snapshot_;
}

void CatalogStore::publish(std::unique_ptr<const Catalog> catalog) {
  const std::uint64_t generation = readers_->begin();
  CatalogSnapshot published(catalog.release(),
                            [readers = readers_, generation](const Catalog* ended) {
                              delete ended;
                              readers->end(generation);
                            });
  const MutexLock lock(&mu_);
  snapshot_.swap(published);
  generation_ = generation;
  changes_.fetch_add(1, std::memory_order_release);
}

bool CatalogStore::has_older_readers() const {
  const MutexLock lock(&mu_);
  return !readers_->is_newest(generation_);
}

void CatalogStore::wait_for_older_readers() const {
  std::uint64_t generation = 0;
  {
    const MutexLock lock(&mu_);
    generation = generation_;
  }
  readers_->wait_until_newest(generation);
}

Result<std::shared_ptr<const Table>> CatalogStore::put(const Decide& decide) {
  const MutexLock lock(&change_mu_);
  const CatalogSnapshot before = snapshot();
  TableDefinition definition = TRY(decide(*before));
  auto after = std::make_unique<Catalog>(*before);
  auto& slot = after->tables_[std::pair(definition.space, definition.name)];
  const std::uint32_t next_keyspace = assign_keyspaces(next_keyspace_, &definition);

  const std::string key = definition_key(definition.space, definition.name);
  std::string value;
  append_definition(definition, &value);
  std::string next;
  append_u32_be(next_keyspace, &next);
  const std::string next_key = catalog_key("N");
  const RowWrite rows[] = {{.key = key, .value = value}, {.key = next_key, .value = next}};
  TRY(store_->commit(rows));

  next_keyspace_ = next_keyspace;
  slot = with_statistics(std::move(definition), slot.get());
  std::shared_ptr<const Table> table = slot;
  publish(std::move(after));
  return table;
}

Result<void> CatalogStore::erase_rows(std::uint32_t keyspace) {
  return store_->erase_range(keyspace_start(keyspace), keyspace_end(keyspace));
}

Result<void> CatalogStore::clear() {
  const MutexLock lock(&change_mu_);
  const CatalogSnapshot before = snapshot();
  if (before->tables().empty()) return {};
  std::vector<RowRange> ranges;
  std::vector<std::string> keys;
  for (const auto& [name, table] : before->tables()) {
    append_ranges(table->definition, &ranges);
    keys.push_back(definition_key(table->definition.space, table->definition.name));
  }
  std::vector<RowWrite> gone;
  for (const std::string& key : keys) gone.push_back({.key = key, .value = {}, .erase = true});
  TRY(store_->erase_ranges(ranges, gone));
  publish(std::make_unique<const Catalog>());
  return {};
}

Result<void> CatalogStore::erase(const TableDefinition& definition, TimePoint now) {
  std::vector<RowRange> ranges;
  append_ranges(definition, &ranges);
  TRY(store_->erase_ranges(ranges, {}));
  if (definition.status_at(now)) return {};
  const MutexLock lock(&change_mu_);
  auto after = std::make_unique<Catalog>(*snapshot());
  const auto found = after->tables_.find(std::pair(definition.space, definition.name));
  if (found == after->tables_.end() || found->second->definition.keyspace != definition.keyspace) {
    return {};
  }
  const std::string key = definition_key(definition.space, definition.name);
  const RowWrite gone{.key = key, .value = {}, .erase = true};
  TRY(store_->commit({&gone, 1}));
  after->tables_.erase(found);
  publish(std::move(after));
  return {};
}

}  // namespace stator
