#include "streams/stream_check.h"

#include <xxhash.h>

#include <string>
#include <unordered_map>

#include "storage/catalog.h"
#include "storage/definition_bytes.h"
#include "storage/index_row.h"
#include "storage/row_key.h"
#include "streams/sequence_number.h"
#include "streams/stream_bytes.h"
#include "streams/stream_record.h"
#include "streams/stream_rows.h"

namespace stator {
namespace {

void add_problem(std::string text, CheckReport* report) {
  if (report->problem_count++ < CheckReport::kProblemsMax) {
    report->problems.push_back(std::move(text));
  }
}

bool gives(const Shard& shard, std::uint64_t number) {
  return number >= first_record_of(shard.generation) &&
         number < first_record_of(shard.generation + 1);
}

std::string name_of(const Stream& stream) {
  return "table " + (stream.space.empty() ? "" : stream.space + "/") + stream.table + ", stream " +
         stream_label(stream.created);
}

// One stream, and the table whose changes it takes.
class StreamCheck {
 public:
  //   table  null where the stream takes no changes any more
  StreamCheck(const StoreView& view, const Stream& stream, const TableDefinition* table,
              CheckReport* report)
      : view_(view), stream_(stream), table_(table), report_(*report) {}

  // Shards are numbered parent before child, so the records of an item come in their order.
  Result<void> run() {
    RowCursor rows = view_.scan(
        {.first = keyspace_start(stream_.keyspace), .end = keyspace_end(stream_.keyspace)});
    for (; rows.valid(); rows.next()) {
      ++report_.stream_records;
      const std::string_view fault = fault_of(rows.key(), rows.value());
      if (!fault.empty()) note(rows.key(), fault);
    }
    TRY(rows.finished());
    if (table_ == nullptr) return {};
    for (const auto& [item, last] : last_) TRY(check_item(last));
    return {};
  }

 private:
  struct Last {
    RecordKey key;
    ChangeKind kind = ChangeKind::insert;
  };

  // What is wrong with a record; empty: nothing.
  std::string_view fault_of(std::string_view row_key, std::string_view value) {
    const std::optional<RecordKey> key = parse_record_key(row_key);
    if (!key) return "the row's key is not that of a record";
    const Shard* const shard = stream_.shards.find(key->place.shard);
    if (shard == nullptr) return "the record is in no shard";
    if (!gives(*shard, key->number)) return "the record's number is not one of its shard";
    const Result<StreamRecordView> record = parse_stream_record(value);
    if (!record) return "the record is damaged";
    if (key->number <= shard->trimmed) return {};
    return fault_of_change(*key, *record);
  }

  std::string_view fault_of_change(const RecordKey& key, const StreamRecordView& record) {
    const std::string_view item = record.keys.bytes();
    const auto [last, is_first] = last_.try_emplace(XXH3_64bits(item.data(), item.size()));
    const bool was_there = !is_first && last->second.kind != ChangeKind::remove;
    last->second.key = key;
    last->second.kind = record.kind;
    if (is_first) return {};
    if (was_there && record.kind == ChangeKind::insert) return "it inserts an item that is there";
    if (!was_there && record.kind != ChangeKind::insert) return "it changes an item that is gone";
    return {};
  }

  Result<void> check_item(const Last& last) {
    std::string row_key;
    append_record_key(last.key.place, last.key.number, &row_key);
    std::string bytes;
    if (!TRY(view_.get(row_key, &bytes))) return {};
    const StreamRecordView record = TRY(parse_stream_record(bytes));
    std::string item_key;
    append_table_row_key(*table_, record.keys.attributes(), &item_key);
    std::string item;
    const bool is_there = TRY(view_.get(item_key, &item));
    if (is_there != (record.kind != ChangeKind::remove)) {
      note(row_key, is_there ? "it removes an item that is there" : "its item is not there");
    } else if (is_there && record.new_image && record.new_image->bytes() != item) {
      note(row_key, "its item has changed since without a record");
    }
    return {};
  }

  void note(std::string_view row_key, std::string_view fault) {
    const std::optional<RecordKey> key = parse_record_key(row_key);
    std::string text = name_of(stream_);
    if (key) {
      text += ", record ";
      append_sequence_number(key->number, key->place.shard, &text);
    }
    add_problem(text + ": " + std::string(fault), &report_);
  }

  const StoreView& view_;
  const Stream& stream_;
  const TableDefinition* const table_;
  CheckReport& report_;
  std::unordered_map<std::uint64_t, Last> last_;  // the last record of each item, by a hash of it
};

// The tables whose changes a stream takes, by the keyspace of the stream.
Result<std::unordered_map<std::uint32_t, TableDefinition>> tables_with_streams(
    const StoreView& view) {
  std::unordered_map<std::uint32_t, TableDefinition> tables;
  RowCursor definitions = scan_definitions(view);
  for (; definitions.valid(); definitions.next()) {
    Result<TableDefinition> table = decode_definition(definitions.value());
    if (!table || !table->has_stream()) continue;
    const std::uint32_t keyspace = table->stream->keyspace;
    tables.emplace(keyspace, *std::move(table));
  }
  TRY(definitions.finished());
  return tables;
}

}  // namespace

Result<void> check_streams(const StoreView& view, CheckReport* report) {
  const auto tables = TRY(tables_with_streams(view));
  RowCursor rows = scan_stream_definitions(view);
  for (; rows.valid(); rows.next()) {
    const Result<Stream> stream = decode_stream(rows.value());
    if (!stream) {
      add_problem("stream " + std::to_string(keyspace_of_stream(rows.key())) +
                      ": its definition is damaged",
                  report);
      continue;
    }
    const auto table = tables.find(stream->keyspace);
    const bool is_fed = table != tables.end() && !stream->end;
    TRY(StreamCheck(view, *stream, is_fed ? &table->second : nullptr, report).run());
  }
  return rows.finished();
}

}  // namespace stator
