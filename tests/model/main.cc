// model_tests [--seed N] [--operations N] [--directory DIR] [--threads N] [--trace]
//   Runs random operations against a database and against a plain map, and compares every reply.
//   Prints the seed; the same seed and number of operations repeat the run. On a directory it
//   closes and opens the database again now and then. Each thread has tables of its own, and all
//   count in one item. Exit status 1: a reply was not what the map says.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <optional>
#include <random>
#include <thread>

#include "expect.h"
#include "expiry.h"
#include "operations.h"

namespace stator::plain {
namespace {

struct Options {
  std::uint64_t seed = 0;
  std::uint64_t operations = 2000;
  std::string directory;
  unsigned threads = 1;
  bool trace = false;
};

struct Weighted {
  unsigned weight;
  void (*run)(World*);
};

constexpr std::array<Weighted, 23> kOperations = {{{200, put_item},
                                                   {150, get_item},
                                                   {400, update_item},
                                                   {80, delete_item},
                                                   {20, use_wrong_key},
                                                   {200, query},
                                                   {40, scan},
                                                   {60, batch_write_item},
                                                   {60, batch_get_item},
                                                   {80, transact_write_items},
                                                   {50, transact_get_items},
                                                   {150, query_index},
                                                   {30, scan_index},
                                                   {12, change_indexes},
                                                   {3, change_wrong_index},
                                                   {15, read_stream},
                                                   {8, change_stream},
                                                   {25, change_expiry},
                                                   {25, let_time_pass},
                                                   {5, create_table},
                                                   {4, delete_table},
                                                   {5, describe_tables},
                                                   {10, use_missing_table}}};
constexpr std::size_t kReopenEvery = 150;
constexpr const char* kCounterTable = "counters";

void run_one(World* world) {
  unsigned total = 0;
  for (const Weighted& operation : kOperations) total += operation.weight;
  std::size_t drawn = world->random.below(total);
  for (const Weighted& operation : kOperations) {
    if (drawn < operation.weight) return operation.run(world);
    drawn -= operation.weight;
  }
}

// The item that all threads count in.
Json counter_request() {
  return {{"TableName", kCounterTable}, {"Key", {{"pk", {{"S", "all"}}}}}};
}

void create_counter(Endpoint* endpoint) {
  const Json request = {
      {"TableName", kCounterTable},
      {"KeySchema", Json::array({{{"AttributeName", "pk"}, {"KeyType", "HASH"}}})},
      {"AttributeDefinitions", Json::array({{{"AttributeName", "pk"}, {"AttributeType", "S"}}})},
      {"BillingMode", "PAY_PER_REQUEST"},
      {"StreamSpecification", {{"StreamEnabled", true}, {"StreamViewType", "NEW_AND_OLD_IMAGES"}}}};
  expect(endpoint->call("CreateTable", request).status == 200, "cannot create " + request.dump());
}

void count_one(World* world) {
  Json request = counter_request();
  request["UpdateExpression"] = "ADD n :one";
  request["ExpressionAttributeValues"] = {{":one", {{"N", "1"}}}};
  const Answer answer = world->endpoint.call("UpdateItem", request);
  expect(answer.status == 200, "cannot count: " + answer.body.dump());
}

void expect_count(Endpoint* endpoint, std::uint64_t count) {
  const Answer answer = endpoint->call("GetItem", counter_request());
  expect(answer.body["Item"]["n"]["N"] == std::to_string(count),
         "expected a count of " + std::to_string(count) + ", got " + answer.body.dump());
}

// Each count has its record, and they stand in the order of the counts.
void expect_counts_in_stream(Endpoint* endpoint, StreamFollower* follower, std::uint64_t count) {
  const std::size_t read = read_on(asker(endpoint), follower);
  expect(read == count,
         "expected " + std::to_string(count) + " records of counts, got " + std::to_string(read));
}

// What was put when it had expired already is gone as well.
void reopen(World* world) {
  if (world->endpoint.is_in_memory()) return;
  expect_expiry(world, [world] { world->endpoint.reopen(); });
}

// Runs one thread's share and returns what went wrong.
std::optional<std::string> run_share(const Options& options, Endpoint* endpoint, unsigned thread) {
  World world(endpoint, "t" + std::to_string(thread) + "-", options.seed + thread);
  world.moves_clock = options.threads == 1;
  std::uint64_t done = 0;
  try {
    while (world.tables.empty()) create_table(&world);
    for (; done < options.operations; ++done) {
      run_one(&world);
      count_one(&world);
      if (options.trace) std::cout << done << ": " << world.last_exchange << "\n";
      if (options.threads == 1 && world.random.below(kReopenEvery) == 0) reopen(&world);
    }
    expect_everything(&world);
    expect_streams(&world);
    return std::nullopt;
  } catch (const std::exception& failure) {
    return "thread " + std::to_string(thread) + ", operation " + std::to_string(done) + ": " +
           failure.what() + "\n" + world.last_exchange;
  }
}

std::vector<std::string> run_threads(const Options& options, Endpoint* endpoint) {
  std::vector<std::optional<std::string>> results(options.threads);
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < options.threads; ++i) {
    threads.emplace_back([&, i] { results[i] = run_share(options, endpoint, i); });
  }
  results[0] = run_share(options, endpoint, 0);
  for (std::thread& thread : threads) thread.join();
  std::vector<std::string> faults;
  for (const auto& result : results) {
    if (result) faults.push_back(*result);
  }
  return faults;
}

// Throws std::exception when the database cannot be used at all.
int run(const Options& options) {
  std::cout << "seed " << options.seed << ", operations " << options.operations << ", "
            << (options.directory.empty() ? "in memory" : options.directory) << "\n";
  Endpoint endpoint(options.directory);
  create_counter(&endpoint);
  StreamFollower counts = follow_stream(asker(&endpoint), kCounterTable);
  const std::vector<std::string> faults = run_threads(options, &endpoint);
  for (const std::string& fault : faults) std::cerr << fault << "\n";
  if (!faults.empty()) return 1;
  expect_count(&endpoint, options.threads * options.operations);
  expect_counts_in_stream(&endpoint, &counts, options.threads * options.operations);
  expect_no_problems(&endpoint);
  return 0;
}

int run_command(int argument_count, char** arguments) {
  Options options;
  bool fresh = false;
  CLI::App app("random operations against a database and against a plain map", "model_tests");
  app.add_option("--seed", options.seed, "What all choices follow from (default: a new one)");
  app.add_option("--operations", options.operations, "How many, in each thread");
  app.add_option("--directory", options.directory, "Where the database lives (default: memory)");
  app.add_option("--threads", options.threads, "How many run at a time")->check(CLI::Range(1, 64));
  app.add_flag("--fresh", fresh, "Remove the directory first");
  app.add_flag("--trace", options.trace, "Print the last exchange of every operation");
  CLI11_PARSE(app, argument_count, arguments);
  if (app.count("--seed") == 0) options.seed = std::random_device()();
  if (fresh) std::filesystem::remove_all(options.directory);
  return run(options);
}

}  // namespace
}  // namespace stator::plain

int main(int argument_count, char** arguments) {
  try {
    return stator::plain::run_command(argument_count, arguments);
  } catch (const std::exception& failure) {
    std::cerr << "model_tests: " << failure.what() << "\n";
    return 1;
  }
}
