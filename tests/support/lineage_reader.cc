#include "lineage_reader.h"

namespace stator::support {

std::vector<Json> LineageReader::shards(const Ask& ask) const {
  std::vector<Json> shards;
  Json request = {{"StreamArn", arn_}};
  for (;;) {
    const Json page = ask("DescribeStream", request)["StreamDescription"];
    shards.insert(shards.end(), page["Shards"].begin(), page["Shards"].end());
    if (!page.contains("LastEvaluatedShardId")) return shards;
    request["ExclusiveStartShardId"] = page["LastEvaluatedShardId"];
  }
}

// A parent that was never seen is trimmed.
bool LineageReader::may_begin(const Json& shard) const {
  if (!shard.contains("ParentShardId")) return true;
  const auto parent = positions_.find(shard["ParentShardId"].get<std::string>());
  return parent == positions_.end() || parent->second.is_done;
}

std::vector<Json> LineageReader::read_new(const Ask& ask) {
  std::vector<Json> records;
  const std::vector<Json> listed = shards(ask);
  for (const Json& shard : listed) positions_.try_emplace(shard["ShardId"].get<std::string>());
  // Ids sort as shards came, so parents stand before their children.
  for (const Json& shard : listed) {
    const std::string id = shard["ShardId"];
    if (!positions_[id].is_done && may_begin(shard)) read_shard(ask, id, &records);
  }
  return records;
}

void LineageReader::read_shard(const Ask& ask, const std::string& id, std::vector<Json>* records) {
  Position& position = positions_[id];
  Json request = {{"StreamArn", arn_}, {"ShardId", id}, {"ShardIteratorType", "TRIM_HORIZON"}};
  if (!position.last.empty()) {
    request["ShardIteratorType"] = "AFTER_SEQUENCE_NUMBER";
    request["SequenceNumber"] = position.last;
  }
  Json iterator = ask("GetShardIterator", request)["ShardIterator"];
  for (;;) {
    const Json page = ask("GetRecords", {{"ShardIterator", iterator}});
    for (const Json& record : page["Records"]) {
      position.last = record["dynamodb"]["SequenceNumber"];
      records->push_back(record);
    }
    position.is_done = !page.contains("NextShardIterator");
    if (position.is_done || page["Records"].empty()) return;
    iterator = page["NextShardIterator"];
  }
}

void Replay::apply(const Json& record) {
  const Json& change = record["dynamodb"];
  const std::string key = change["Keys"].dump();
  const auto known = items_.find(key);
  const Json before = known == items_.end() ? Json() : known->second;
  const Json told = change.value("OldImage", Json());
  const std::string event = record["eventName"];
  const std::string expected = before.is_null()              ? "INSERT"
                               : change.contains("NewImage") ? "MODIFY"
                                                             : "REMOVE";
  const bool changes = told != change.value("NewImage", Json());
  if (before != told || event != expected || !changes) {
    faults_.push_back(event + " of " + key + " tells of " + told.dump() + ", it was " +
                      before.dump());
  }
  if (change.contains("NewImage")) {
    items_[key] = change["NewImage"];
  } else {
    items_.erase(key);
  }
}

}  // namespace stator::support
