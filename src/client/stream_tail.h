// Follows the changes of a table through the Streams API, as a consumer does: the records of a
// shard before those of its children.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stator {

// Asks an operation of DynamoDB ("DynamoDB_20120810.DescribeTable") and returns its JSON.
//   errors  expired_iterator: of GetRecords, the iterator is too old
using AskDynamo =
    std::function<Result<std::string>(std::string_view target, std::string_view body)>;

enum class TailFrom { latest, oldest };

// A resource of one thread.
class StreamTail {
 public:
  //   errors  those of `ask`; validation: the table has no stream
  static Result<std::unique_ptr<StreamTail>> open(AskDynamo ask, std::string_view table,
                                                  TailFrom from);

  StreamTail(const StreamTail&) = delete;
  StreamTail& operator=(const StreamTail&) = delete;

  // Hands out what is new, a record as GetRecords has it, in one line.
  //   errors  those of `ask`; internal: an answer that is none of DynamoDB's
  using Visit = std::function<void(std::string_view record_json)>;
  Result<void> poll(const Visit& visit);

  // Whether the stream is disabled and all of it was handed out.
  bool is_over() const { return reading_.empty(); }

 private:
  struct ShardName {
    std::string id;
    std::string parent;  // empty: none
    bool is_open = true;
  };
  struct Position {
    std::string shard;
    std::string begun_at;  // the type of its first iterator
    std::string iterator;  // empty: at the shard's end
    std::string last;      // the sequence number of the last record handed out; empty: none yet
  };

  StreamTail(AskDynamo ask, std::string arn) : ask_(std::move(ask)), arn_(std::move(arn)) {}
  Result<void> begin(TailFrom from);
  Result<std::vector<ShardName>> shards() const;
  Result<void> begin_children();
  Result<void> add(const std::string& shard, std::string_view iterator_type);
  Result<void> point(Position* position) const;
  Result<std::string> next_page(Position* position) const;
  Result<void> read(Position* position, const Visit& visit) const;

  const AskDynamo ask_;
  const std::string arn_;
  std::vector<Position> reading_;
  std::set<std::string, std::less<>> begun_;  // shards that are or were read, or are passed over
  std::set<std::string, std::less<>> done_;   // those of them that are at their end
};

}  // namespace stator
