// serializability_tests [--seed N] [--operations N] [--plant KIND]
//   Clients on threads of their own run random transactions and single operations on a few items;
//   then their history must have an order. With --plant they cheat, and must be found out.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <thread>

#include "checker.h"
#include "client.h"

namespace stator::serializability {
namespace {

struct Options {
  std::uint64_t seed = 1;
  int operations = 1500;  // of each client
  std::string plant;
};

constexpr int kClients = 4;

Plant plant_of(const std::string& name) {
  if (name == "lost-writes") return Plant::lost_writes;
  if (name == "torn-writes") return Plant::torn_writes;
  if (name == "torn-reads") return Plant::torn_reads;
  if (name == "late-reads") return Plant::late_reads;
  return Plant::none;
}

std::unique_ptr<Database> open_database() {
  DatabaseOptions options;
  options.capacity = CapacityMode::off;
  OpenResult opened = Database::open(options);
  if (!opened.database) throw std::runtime_error(opened.error);
  return std::move(opened.database);
}

void call(Database* database, const std::string& operation, const nlohmann::json& request) {
  const Reply reply = database->call(operation, request.dump());
  if (reply.status != 200) throw std::runtime_error(operation + ": " + reply.body);
}

void create_items(Database* database) {
  using Json = nlohmann::json;
  call(database, "CreateTable",
       {{"TableName", kTable},
        {"KeySchema", Json::array({{{"AttributeName", "pk"}, {"KeyType", "HASH"}}})},
        {"AttributeDefinitions", Json::array({{{"AttributeName", "pk"}, {"AttributeType", "S"}}})},
        {"BillingMode", "PAY_PER_REQUEST"}});
  for (int item = 0; item < kItems; ++item) {
    Json put = {{"TableName", kTable}, {"Item", key_of(item)}};
    put["Item"]["h"] = {{"L", Json::array()}};
    call(database, "PutItem", put);
  }
}

// Some transactions and writes are held for a moment, so that others meet them.
void add_holds(Database* database, std::uint64_t seed) {
  for (const char* operation :
       {"TransactWriteItems", "TransactGetItems", "UpdateItem", "PutItem", "DeleteItem"}) {
    FaultRule rule;
    rule.operation = operation;
    rule.probability = 0.2;
    rule.seed = seed;
    rule.hold = std::chrono::milliseconds(1);
    if (!database->add_fault(rule).error.empty()) throw std::runtime_error("no fault");
  }
}

void run_clients(std::vector<Client>* clients, int operations) {
  std::vector<std::thread> threads;
  for (Client& client : *clients) {
    threads.emplace_back([&client, operations] {
      for (int i = 0; i < operations; ++i) client.run_once();
    });
  }
  for (std::thread& thread : threads) thread.join();
}

History run_history(const Options& options) {
  const std::unique_ptr<Database> database = open_database();
  create_items(database.get());
  add_holds(database.get(), options.seed);
  std::atomic<std::uint64_t> clock{1};
  std::vector<Client> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back(database.get(), &clock, i + 1,
                         options.seed * kClients + static_cast<std::uint64_t>(i),
                         plant_of(options.plant));
  }
  run_clients(&clients, options.operations);
  database->remove_faults();
  History history;
  for (const Client& client : clients) {
    const auto& operations = client.operations();
    history.operations.insert(history.operations.end(), operations.begin(), operations.end());
    history.failed.insert(history.failed.end(), client.failed().begin(), client.failed().end());
  }
  Client reader(database.get(), &clock, 0, 1, Plant::none);
  for (int item = 0; item < kItems; ++item) history.final[item] = reader.read_item(item).value();
  return history;
}

// How often each operation is in it, after "client N: ".
std::map<std::string, int> counts_of(const History& history) {
  std::map<std::string, int> counts;
  for (const Operation& operation : history.operations) {
    const std::size_t begin = operation.name.find(": ") + 2;
    ++counts[operation.name.substr(begin, operation.name.find(' ', begin) - begin)];
  }
  return counts;
}

int report(const History& history, const std::vector<std::string>& found, bool is_planted) {
  std::cout << history.operations.size() << " operations, " << history.failed.size()
            << " writes refused\n";
  for (const auto& [name, count] : counts_of(history)) std::cout << name << " " << count << "\n";
  for (const std::string& fault : found) std::cout << fault << "\n";
  if (history.operations.empty() || history.failed.empty()) {
    std::cout << "nothing met anything\n";
    return is_planted ? static_cast<int>(found.empty()) : 1;
  }
  return found.empty() == is_planted ? 1 : 0;
}

int run(int argument_count, char** arguments) {
  Options options;
  CLI::App app("whether histories of transactions have an order", "serializability_tests");
  app.add_option("--seed", options.seed, "What the clients draw from");
  app.add_option("--operations", options.operations, "Of each client");
  app.add_option("--plant", options.plant, "How the clients cheat")
      ->check(CLI::IsMember({"lost-writes", "torn-writes", "torn-reads", "late-reads"}));
  CLI11_PARSE(app, argument_count, arguments);
  const History history = run_history(options);
  return report(history, check(history), !options.plant.empty());
}

}  // namespace
}  // namespace stator::serializability

int main(int argument_count, char** arguments) {
  return stator::serializability::run(argument_count, arguments);
}
