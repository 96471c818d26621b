#include "world.h"

#include <iterator>

namespace stator::plain {
namespace {

constexpr std::size_t kShownBytesMax = 20'000;

std::string shown(const std::string& text) {
  return text.size() <= kShownBytesMax ? text : text.substr(0, kShownBytesMax) + "...";
}

// As good as any.
constexpr TimePoint kStart = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);

std::unique_ptr<Database> open(const std::string& directory, std::shared_ptr<Clock> clock) {
  DatabaseOptions options;
  options.directory = directory;
  options.seed = 1;
  options.capacity = CapacityMode::off;  // the model knows nothing of buckets
  options.clock = std::move(clock);
  OpenResult opened = Database::open(options);
  if (!opened.database) throw std::runtime_error(opened.error);
  return std::move(opened.database);
}

Item draw_item(World* world, const Table& table, const KeyValues& key) {
  Item item;
  for (std::size_t i = world->random.below(7); i > 0; --i) {
    item[world->values.attribute_name()] = world->values.value();
  }
  if (world->random.chance(50)) item[kExpiryAttribute] = draw_expiry(world);
  if (world->random.chance(4)) item["bulk"] = world->values.bulk();
  for (const auto& [name, type] : table.index_keys()) {
    if (world->random.chance(75)) {
      item[name] = world->values.index_key(type);
    } else if (!world->random.chance(20)) {
      item.erase(name);
    }
  }
  for (const auto& [name, value] : table.key_of(key)) item[name] = value;
  return item;
}

}  // namespace

Endpoint::Endpoint(std::string directory)
    : directory_(std::move(directory)),
      clock_(std::make_shared<ManualClock>(kStart)),
      database_(open(directory_, clock_)) {}

Answer Endpoint::call(const std::string& operation, const std::string& json) {
  const Reply reply = database_->call(operation, json);
  return {.status = reply.status, .body = Json::parse(reply.body)};
}

void Endpoint::reopen() {
  if (directory_.empty()) return;
  database_.reset();
  database_ = open(directory_, clock_);
}

Answer World::call(const std::string& operation, const Json& request) {
  const std::string text = shuffled_text(request, &random);
  last_exchange = operation + " " + shown(text);
  Answer answer = endpoint.call(operation, text);
  last_exchange += "\n-> " + std::to_string(answer.status) + " " + shown(answer.body.dump());
  return answer;
}

NamedTable& any_table(World* world) {
  const std::size_t position = world->random.below(world->tables.size());
  return *std::next(world->tables.begin(), static_cast<std::ptrdiff_t>(position));
}

KeyValues any_key(World* world, const Table& table) {
  if (table.items.empty() || world->random.chance(40)) return world->values.key(table);
  const std::size_t position = world->random.below(table.items.size());
  return std::next(table.items.begin(), static_cast<std::ptrdiff_t>(position))->first;
}

void prefer_attributes(World* world, const Table& table, const Item* item) {
  Item attributes;
  if (item != nullptr) attributes = *item;
  std::erase_if(attributes, [&](const auto& member) { return table.is_key(member.first); });
  world->expressions.prefer(std::move(attributes));
  world->expressions.keep_whole(table.index_keys());
}

Item any_item(World* world, const Table& table, const KeyValues& key) {
  Item item = draw_item(world, table, key);
  while (!violations(table, nullptr, item).empty() && !world->random.chance(25)) {
    item = draw_item(world, table, key);
  }
  return item;
}

}  // namespace stator::plain
