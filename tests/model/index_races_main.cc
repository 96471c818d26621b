// index_races [--seed N] [--writes N] [--directory DIR]
//   Several threads write a table, others query its indexes, and one adds and removes indexes
//   meanwhile. In the end every index must be what its table says. The seed is printed; which
//   thread comes first is not in it. Exit status 1: something was not as it must be.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <random>
#include <thread>

#include "expect.h"
#include "index_changes.h"
#include "index_races.h"

namespace stator::plain {
namespace {

constexpr std::uint64_t kWriters = 3;
constexpr std::uint64_t kReaders = 2;

struct Options {
  std::uint64_t seed = 0;
  std::size_t writes = 2500;
  std::string directory;
};

void load_items(World* world, NamedTable* table) {
  Json request = {{"TableName", table->first}, {"ConsistentRead", true}};
  for (;;) {
    Success reply(world->call("Scan", request));
    for (const Json& json : reply.take("Items")) {
      Item item = item_of(json);
      const KeyValues key = table->second.key_of(item);
      expect(table->second.items.emplace(key, std::move(item)).second, "an item twice");
    }
    request["ExclusiveStartKey"] = reply.take("LastEvaluatedKey");
    if (request["ExclusiveStartKey"].is_null()) return;
  }
}

// Every index has exactly what follows from the items.
void expect_indexes_of_table(Endpoint* endpoint, NamedTable table, std::uint64_t seed) {
  World world(endpoint, "", seed);
  load_items(&world, &table);
  table.second.building = "any";
  expect_index_entries(&world, &table);
  Success reply(world.call("DescribeTable", {{"TableName", table.first}}));
  expect_indexes(table.second, reply.take("Table"));
  expect_no_problems(endpoint);
}

// The indexes that came and stayed.
std::vector<Index> run_threads(const Options& options, Race* race) {
  std::vector<Index> there;
  std::vector<std::thread> others;
  for (std::uint64_t i = 0; i < kReaders; ++i) {
    others.emplace_back([&, i] { query_indexes(race, options.seed + 100 + i); });
  }
  others.emplace_back([&] { there = add_and_remove_indexes(race, options.seed + 200); });
  std::vector<std::thread> writers;
  for (std::uint64_t i = 0; i < kWriters; ++i) {
    writers.emplace_back([&, i] { write_items(race, options.seed + i, options.writes); });
  }
  for (std::thread& writer : writers) writer.join();
  race->stopping = true;
  for (std::thread& other : others) other.join();
  return there;
}

int run(const Options& options) {
  std::cout << "seed " << options.seed << ", writes " << options.writes << "\n";
  if (!options.directory.empty()) std::filesystem::remove_all(options.directory);
  Endpoint endpoint(options.directory);
  Race race(&endpoint);
  NamedTable table = race_table();
  Random random(options.seed);
  prepare(&race, table, &random);
  const std::vector<Index> there = run_threads(options, &race);
  if (!race.fault().empty()) throw Mismatch(race.fault());
  table.second.indexes.insert(table.second.indexes.end(), there.begin(), there.end());
  expect_indexes_of_table(&endpoint, std::move(table), options.seed);
  return 0;
}

int run_command(int argument_count, char** arguments) {
  Options options;
  CLI::App app("threads that write, read and index one table", "index_races");
  app.add_option("--seed", options.seed, "What all choices follow from (default: a new one)");
  app.add_option("--writes", options.writes, "How many, in each thread that writes");
  app.add_option("--directory", options.directory, "Made anew (default: in memory)");
  CLI11_PARSE(app, argument_count, arguments);
  if (app.count("--seed") == 0) options.seed = std::random_device()();
  return run(options);
}

}  // namespace
}  // namespace stator::plain

int main(int argument_count, char** arguments) {
  try {
    return stator::plain::run_command(argument_count, arguments);
  } catch (const std::exception& failure) {
    std::cerr << "index_races: " << failure.what() << "\n";
    return 1;
  }
}
