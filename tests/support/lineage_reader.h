// A consumer of one stream as the Kinesis adapters are: it walks the lineage of shards, a parent to
// its end before its children, and remembers where it stopped.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace stator::support {

using Json = nlohmann::json;

// Sends one request and returns the reply's body.
//   errors  throws
using Ask = std::function<Json(const std::string& operation, const Json& request)>;

// A resource of one thread.
class LineageReader {
 public:
  explicit LineageReader(std::string stream_arn) : arn_(std::move(stream_arn)) {}

  // The records that are new since the last call; those of one item in their order.
  std::vector<Json> read_new(const Ask& ask);

 private:
  struct Position {
    std::string last;  // sequence number; empty: none was read
    bool is_done = false;
  };

  std::vector<Json> shards(const Ask& ask) const;
  bool may_begin(const Json& shard) const;
  void read_shard(const Ask& ask, const std::string& id, std::vector<Json>* records);

  const std::string arn_;
  std::map<std::string, Position> positions_;
};

// A table as its change records say. A value.
class Replay {
 public:
  // What was there when the stream was enabled.
  void start_with(const Json& key, const Json& item) { items_[key.dump()] = item; }

  // Of a stream with NEW_AND_OLD_IMAGES. What does not follow from what came before is a fault.
  void apply(const Json& record);

  const std::map<std::string, Json>& items() const { return items_; }  // by their keys, as text
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  std::map<std::string, Json> items_;
  std::vector<std::string> faults_;
};

}  // namespace stator::support
