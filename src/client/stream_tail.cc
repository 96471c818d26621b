#include "client/stream_tail.h"

#include <algorithm>
#include <utility>

#include "client/answer_reader.h"

namespace stator {
namespace {

constexpr std::string_view kDescribeTable = "DynamoDB_20120810.DescribeTable";
constexpr std::string_view kDescribeStream = "DynamoDBStreams_20120810.DescribeStream";
constexpr std::string_view kGetShardIterator = "DynamoDBStreams_20120810.GetShardIterator";
constexpr std::string_view kGetRecords = "DynamoDBStreams_20120810.GetRecords";

Result<std::string> stream_of(const AskDynamo& ask, std::string_view table) {
  const std::string answer = TRY(ask(kDescribeTable, "{\"TableName\":" + quoted(table) + "}"));
  std::string arn;
  JsonText json(answer);
  read_object(&json, [&](std::string_view name) {
    if (name != "Table") return false;
    read_object(&json, [&](std::string_view member) {
      return take_string(&json, member, "LatestStreamArn", &arn);
    });
    return true;
  });
  TRY(finish_answer(&json));
  if (!arn.empty()) return arn;
  return Error(ErrorCode::validation, "the table " + std::string(table) + " has no stream");
}

// {"dynamodb": {"SequenceNumber": ".."}}
std::string sequence_number_of(std::string_view record) {
  std::string number;
  JsonText json(record);
  read_object(&json, [&](std::string_view name) {
    if (name != "dynamodb") return false;
    read_object(&json, [&](std::string_view member) {
      return take_string(&json, member, "SequenceNumber", &number);
    });
    return true;
  });
  return number;
}

}  // namespace

Result<std::unique_ptr<StreamTail>> StreamTail::open(AskDynamo ask, std::string_view table,
                                                     TailFrom from) {
  std::string arn = TRY(stream_of(ask, table));
  std::unique_ptr<StreamTail> tail(new StreamTail(std::move(ask), std::move(arn)));
  TRY(tail->begin(from));
  return tail;
}

Result<void> StreamTail::begin(TailFrom from) {
  if (from == TailFrom::oldest) return begin_children();
  for (const ShardName& shard : TRY(shards())) {
    begun_.insert(shard.id);
    if (shard.is_open) {
      TRY(add(shard.id, "LATEST"));
    } else {
      done_.insert(shard.id);
    }
  }
  return {};
}

Result<std::vector<StreamTail::ShardName>> StreamTail::shards() const {
  std::vector<ShardName> shards;
  std::string last;
  do {
    const std::string from = last.empty() ? "" : ",\"ExclusiveStartShardId\":" + quoted(last);
    const std::string answer =
        TRY(ask_(kDescribeStream, "{\"StreamArn\":" + quoted(arn_) + from + "}"));
    last.clear();
    JsonText json(answer);
    const auto read_range = [&](ShardName* shard) {
      read_object(&json, [&](std::string_view name) {
        if (name == "EndingSequenceNumber") shard->is_open = false;
        return false;
      });
    };
    const auto read_shard = [&] {
      ShardName shard;
      read_object(&json, [&](std::string_view name) {
        if (name == "SequenceNumberRange") return read_range(&shard), true;
        return take_string(&json, name, "ShardId", &shard.id) ||
               take_string(&json, name, "ParentShardId", &shard.parent);
      });
      shards.push_back(std::move(shard));
    };
    read_object(&json, [&](std::string_view name) {
      if (name != "StreamDescription") return false;
      read_object(&json, [&](std::string_view member) {
        if (member == "Shards") return read_array(&json, read_shard), true;
        return take_string(&json, member, "LastEvaluatedShardId", &last);
      });
      return true;
    });
    TRY(finish_answer(&json));
  } while (!last.empty());
  return shards;
}

// A parent that is not listed any more is done.
Result<void> StreamTail::begin_children() {
  const std::vector<ShardName> listed = TRY(shards());
  const auto is_listed = [&listed](const std::string& id) {
    return std::any_of(listed.begin(), listed.end(),
                       [&id](const ShardName& shard) { return shard.id == id; });
  };
  for (const ShardName& shard : listed) {
    if (begun_.contains(shard.id)) continue;
    if (!shard.parent.empty() && !done_.contains(shard.parent) && is_listed(shard.parent)) continue;
    begun_.insert(shard.id);
    TRY(add(shard.id, "TRIM_HORIZON"));
  }
  return {};
}

Result<void> StreamTail::add(const std::string& shard, std::string_view iterator_type) {
  Position position{
      .shard = shard, .begun_at = std::string(iterator_type), .iterator = {}, .last = {}};
  TRY(point(&position));
  reading_.push_back(std::move(position));
  return {};
}

// Gets an iterator behind what was handed out.
Result<void> StreamTail::point(Position* position) const {
  std::string from = ",\"ShardIteratorType\":" + quoted(position->begun_at);
  if (!position->last.empty()) {
    from = ",\"ShardIteratorType\":\"AFTER_SEQUENCE_NUMBER\",\"SequenceNumber\":" +
           quoted(position->last);
  }
  const std::string answer =
      TRY(ask_(kGetShardIterator, "{\"StreamArn\":" + quoted(arn_) +
                                      ",\"ShardId\":" + quoted(position->shard) + from + "}"));
  JsonText json(answer);
  read_object(&json, [&](std::string_view name) {
    return take_string(&json, name, "ShardIterator", &position->iterator);
  });
  return finish_answer(&json);
}

// An iterator is too old after a quarter of an hour: of the server's clock, which may leap, or
// because this process was stopped.
Result<std::string> StreamTail::next_page(Position* position) const {
  const auto ask = [&] {
    return ask_(kGetRecords, "{\"ShardIterator\":" + quoted(position->iterator) + "}");
  };
  Result<std::string> answer = ask();
  if (answer || answer.error().code() != ErrorCode::expired_iterator) return answer;
  TRY(point(position));
  return ask();
}

// To the end of what is there now.
Result<void> StreamTail::read(Position* position, const Visit& visit) const {
  for (bool has_more = true; has_more && !position->iterator.empty();) {
    const std::string answer = TRY(next_page(position));
    has_more = false;
    position->iterator.clear();
    JsonText json(answer);
    read_object(&json, [&](std::string_view name) {
      if (name != "Records") {
        return take_string(&json, name, "NextShardIterator", &position->iterator);
      }
      read_array(&json, [&] {
        const std::string_view record = json.skip();
        visit(record);
        position->last = sequence_number_of(record);
        has_more = true;
      });
      return true;
    });
    TRY(finish_answer(&json));
  }
  return {};
}

Result<void> StreamTail::poll(const Visit& visit) {
  bool some_ended = true;
  while (some_ended) {
    some_ended = false;
    for (Position& position : reading_) {
      TRY(read(&position, visit));
      if (!position.iterator.empty()) continue;
      done_.insert(position.shard);
      some_ended = true;
    }
    if (!some_ended) continue;
    std::erase_if(reading_, [](const Position& position) { return position.iterator.empty(); });
    TRY(begin_children());
  }
  return {};
}

}  // namespace stator
