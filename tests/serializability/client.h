// A client that runs random operations and notes what it saw.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "history.h"
#include "stator/database.h"

namespace stator::serializability {

// What a client that cheats says of itself.
enum class Plant {
  none,
  lost_writes,  // what was written meanwhile is overwritten
  torn_writes,  // two updates are one transaction
  torn_reads,   // two gets are one transaction
  late_reads,   // what was read before is the present
};

// Most operations meet at a few items, which stand far from each other among the rest: a read of
// all takes long enough for writes to commit between one of these and the next.
inline constexpr int kHotItems = 5;
inline constexpr int kItems = 60;
inline constexpr int kHotItemsApart = kItems / kHotItems;

inline constexpr const char* kTable = "items";

// A resource of one thread.
class Client {
 public:
  //   clock  counts the begins and ends of all clients
  Client(Database* database, std::atomic<std::uint64_t>* clock, int number, std::uint64_t seed,
         Plant plant);

  // Runs one random operation; throws std::runtime_error on an answer that cannot be.
  void run_once();

  // The list of an item, now; nothing while it is deleted.
  std::optional<List> read_item(int item);

  const std::vector<Operation>& operations() const { return operations_; }
  const std::vector<Element>& failed() const { return failed_; }

 private:
  using Json = nlohmann::json;

  void get_one();
  void get_together();
  void query_one();
  void scan_all();
  void get_batch();
  void append_one();
  void append_together();
  void put_one();
  void delete_one();

  int below(int bound) { return static_cast<int>(random_() % static_cast<unsigned>(bound)); }
  int any_item() { return below(8) == 0 ? below(kItems) : below(kHotItems) * kHotItemsApart; }
  std::vector<int> some_items();
  std::vector<int> all_items();
  Element next_element();
  Operation begin(std::string name);
  void end(Operation operation);
  void fail(const Operation& operation);
  // Reads that are no transaction: each item by itself.
  void end_each(const Operation& operation, const Json& items);
  Json put_request(int item, const List& list) const;
  // The reply, or nothing where the operation met another.
  std::optional<Json> ask(const std::string& name, const Json& request);

  Database& database_;
  std::atomic<std::uint64_t>& clock_;
  const int number_;
  std::mt19937_64 random_;
  const Plant plant_;
  std::uint64_t elements_ = 0;
  std::map<int, List> known_;  // as seen last
  std::map<int, List> old_;    // of late reads
  std::vector<Operation> operations_;
  std::vector<Element> failed_;
};

nlohmann::json key_of(int item);

}  // namespace stator::serializability
