// A client that writes without pause and keeps a journal.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>

#include "journal.h"

namespace stator::crash {

// Sends one request and returns the reply's body.
//   errors  throws std::runtime_error when no reply comes, and std::logic_error when the reply is
//           not a success
using Ask = std::function<Json(const std::string& operation, const Json& request)>;

// Of all items; the writers make and drop tables of other names.
inline constexpr const char* kItemTable = "items";

// Makes it with a local index of versions, a global one of groups, a stream of both images, and
// versions for times to live.
void create_item_table(const Ask& ask);

// KeySchema; without a sort key when `sort` is empty.
Json key_schema(const std::string& partition, const std::string& sort);
// An element of AttributeDefinitions.
Json definition(const std::string& attribute, const std::string& type);

// The name of an item, which follows from its key.
std::string name_of(const Json& key);

// The items that all pages of a Scan have, by name.
std::map<std::string, Json> scan(const Ask& ask, Json request);

// Everything that a database holds, under the names that writers give it.
std::map<std::string, Json> everything(const Ask& ask);

// What a writer sends.
enum class Writes { all, transactions };

// A resource of one thread.
class Writer {
 public:
  Writer(int number, std::uint64_t seed, Writes writes = Writes::all)
      : number_(number), random_(seed), writes_(writes) {}

  // Sends one random write.
  //   errors  as Ask
  void write_once(const Ask& ask);

  Journal& journal() { return journal_; }

 private:
  void put(const Ask& ask);
  void update(const Ask& ask);
  void erase(const Ask& ask);
  void write_batch(const Ask& ask);
  void transact(const Ask& ask);
  void finish_transaction(const Ask& ask);
  void repeat_transaction(const Ask& ask);
  void change_tables(const Ask& ask);

  std::size_t below(std::size_t bound) { return random_() % bound; }
  Json any_key();
  // Another version of the item.
  Json next_item(const Json& key);
  // Attributes that say which version they belong to.
  std::string next_fill();

  const int number_;  // no other writer has it
  std::mt19937_64 random_;
  Writes writes_;
  Journal journal_;
  std::uint64_t version_ = 0;

  // The last one, which is sent again: its token must be known whenever its writes are there.
  struct Transaction {
    Json request;
    std::map<std::string, Stored> writes;
    bool is_acknowledged = false;
  };
  std::optional<Transaction> transaction_;
};

}  // namespace stator::crash
