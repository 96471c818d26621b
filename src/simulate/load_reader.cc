#include "simulate/load_reader.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "simulate/retry_client.h"

namespace stator {
namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 4> kDistributionNames = {"uniform", "zipf", "sequential",
                                                                "hot"};
constexpr std::array<std::string_view, 2> kArrivalNames = {"even", "poisson"};
constexpr std::array<std::string_view, 2> kConsistencyNames = {"eventual", "strong"};
constexpr std::array<std::string_view, 4> kRetryNames = {"none", "standard", "standard_before_2026",
                                                         "legacy"};
constexpr std::array<ClientSetup, 4> kRetries = {kNoRetries, kStandardRetries,
                                                 kStandardRetriesBefore2026, kLegacyRetries};

constexpr double kWeightMax = 1'000'000;
constexpr double kExponentMax = 10;
constexpr double kAttemptsMax = 1'000'000;
constexpr std::chrono::milliseconds kWaitMax = 1h;
constexpr std::size_t kSetsMax = 32;

template <std::size_t N>
auto choice_of(const std::array<std::string_view, N>& names) {
  return [&names](const FileValue& value) { return read_choice(value, names); };
}

auto number_in(NumberRange range) {
  return [range](const FileValue& value) { return read_number(value, range); };
}

auto count_in(NumberRange range) {
  return [range](const FileValue& value) { return read_count(value, range); };
}

auto duration_to(std::chrono::milliseconds most) {
  return [most](const FileValue& value) { return read_duration(value, most); };
}

// A member that only goes with something else.
Result<void> refuse(ObjectFields* fields, std::string_view name, std::string_view what) {
  const std::optional<FileValue> found = fields->take(name);
  if (!found) return {};
  return found->fault(what);
}

Result<void> read_zipf(ObjectFields* fields, KeyChoice* choice) {
  if (choice->distribution != KeyDistribution::zipf) {
    return refuse(fields, "exponent", "goes with the distribution zipf only");
  }
  return fields->read("exponent", &choice->exponent, number_in({0.01, kExponentMax}));
}

Result<void> read_hot(ObjectFields* fields, KeyChoice* choice) {
  if (choice->distribution != KeyDistribution::hot) {
    TRY(refuse(fields, "hot_share", "goes with the distribution hot only"));
    return refuse(fields, "hot_keys", "goes with the distribution hot only");
  }
  TRY(fields->read("hot_share", &choice->hot_share, number_in({0, 1})));
  return fields->read("hot_keys", &choice->hot_keys,
                      count_in({1, static_cast<double>(choice->keys)}));
}

Result<void> read_operations(ObjectFields* fields, Load* load) {
  const std::optional<FileValue> one = fields->take("operation");
  const std::optional<FileValue> several = fields->take("operations");
  if (one.has_value() == several.has_value()) {
    return fields->value().fault("must have one of the members operation and operations");
  }
  if (one) {
    load->weights[TRY(read_choice(*one, kLoadOperationNames))] = 1;
    return {};
  }
  ObjectFields weights = TRY(ObjectFields::of(*several));
  double sum = 0;
  for (std::size_t i = 0; i < kLoadOperations; ++i) {
    TRY(weights.read(kLoadOperationNames[i], &load->weights[i], number_in({0, kWeightMax})));
    sum += load->weights[i];
  }
  TRY(weights.finish());
  if (sum == 0) return several->fault("must give some operation a weight");
  return {};
}

Result<Rate> read_rate(const FileValue& value) {
  const NumberRange range{0, kRateMax};
  if (value.node->kind != JsonNodeKind::object) {
    const double rate = TRY(read_number(value, range));
    return Rate{rate, rate};
  }
  ObjectFields fields = TRY(ObjectFields::of(value));
  Rate rate;
  rate.from = TRY(read_number(TRY(fields.require("from")), range));
  rate.to = TRY(read_number(TRY(fields.require("to")), range));
  TRY(fields.finish());
  return rate;
}

Result<void> read_pace(ObjectFields* fields, Load* load) {
  const std::optional<FileValue> rate = fields->take("rate");
  const std::optional<FileValue> workers = fields->take("workers");
  if (rate.has_value() == workers.has_value()) {
    return fields->value().fault("must have one of the members rate and workers");
  }
  if (rate) {
    load->rate = TRY(read_rate(*rate));
    TRY(fields->read("arrivals", &load->arrivals, choice_of(kArrivalNames)));
    return refuse(fields, "latency", "goes with workers only");
  }
  load->workers.emplace();
  load->workers->workers = static_cast<std::uint32_t>(TRY(read_count(*workers, {1, kWorkersMax})));
  TRY(fields->read("latency", &load->workers->latency, duration_to(kWaitMax)));
  if (load->workers->latency == 0us) {
    return fields->take("latency")->fault("must be more than 0");
  }
  return refuse(fields, "arrivals", "goes with a rate only");
}

Result<ClientSetup> read_client(const FileValue& value) {
  ObjectFields fields = TRY(ObjectFields::of(value));
  const std::size_t retries = TRY(read_choice(TRY(fields.require("retries")), kRetryNames));
  ClientSetup client = kRetries[retries];
  if (retries == 0) {
    TRY(fields.finish());
    return client;
  }
  TRY(fields.read("attempts", &client.attempts, count_in({1, kAttemptsMax})));
  TRY(fields.read("base", &client.base, duration_to(kWaitMax)));
  TRY(fields.read("most", &client.most, duration_to(kWaitMax)));
  TRY(fields.read("jitter", &client.jitter, read_flag));
  TRY(fields.read("quota", &client.quota, count_in({0, kAttemptsMax})));
  TRY(fields.finish());
  return client;
}

Result<void> read_items(ObjectFields* fields, Load* load) {
  TRY(fields->read("bytes", &load->bytes, read_bytes));
  const std::optional<FileValue> sets = fields->take("sets");
  if (!sets) return {};
  if (!load->has(LoadOperation::update_item)) return sets->fault("goes with UpdateItem only");
  for (const FileValue& name : TRY(read_list(*sets, kSetsMax))) {
    load->sets.push_back(TRY(read_text(name)));
  }
  return {};
}

Result<void> read_reads(ObjectFields* fields, Load* load) {
  TRY(fields->read("consistency", &load->consistency, choice_of(kConsistencyNames)));
  const std::optional<FileValue> limit = fields->take("limit");
  if (limit) {
    if (!load->has(LoadOperation::query)) return limit->fault("goes with Query only");
    load->limit = static_cast<std::uint32_t>(TRY(read_count(*limit, {1, kKeysMax})));
  }
  const std::optional<FileValue> index = fields->take("index");
  if (!index) return {};
  load->index = TRY(read_text(*index));
  for (std::size_t i = 0; i < kLoadOperations; ++i) {
    if (static_cast<LoadOperation>(i) != LoadOperation::query && load->weights[i] > 0) {
      return index->fault("goes with Query only: an index has no other operation");
    }
  }
  return {};
}

}  // namespace

Result<KeyChoice> read_key_choice(const FileValue& value) {
  ObjectFields fields = TRY(ObjectFields::of(value));
  KeyChoice choice;
  choice.keys =
      static_cast<std::uint32_t>(TRY(read_count(TRY(fields.require("keys")), {1, kKeysMax})));
  TRY(fields.read("first", &choice.first, count_in({0, kKeysMax})));
  TRY(fields.read("distribution", &choice.distribution, choice_of(kDistributionNames)));
  TRY(read_zipf(&fields, &choice));
  TRY(read_hot(&fields, &choice));
  TRY(fields.finish());
  return choice;
}

Result<BytesRange> read_bytes(const FileValue& value) {
  const NumberRange range{1, static_cast<double>(kItemBytesMax)};
  BytesRange bytes;
  if (value.node->kind != JsonNodeKind::object) {
    bytes.from = bytes.to = static_cast<std::uint32_t>(TRY(read_count(value, range)));
    return bytes;
  }
  ObjectFields fields = TRY(ObjectFields::of(value));
  bytes.from = static_cast<std::uint32_t>(TRY(read_count(TRY(fields.require("from")), range)));
  bytes.to = static_cast<std::uint32_t>(TRY(read_count(TRY(fields.require("to")), range)));
  TRY(fields.finish());
  if (bytes.from > bytes.to) return value.fault("from must not be above to");
  return bytes;
}

Result<Load> read_load(const FileValue& value) {
  ObjectFields fields = TRY(ObjectFields::of(value));
  Load load;
  load.place = value.place();
  TRY(fields.read("name", &load.name, read_text));
  load.table = TRY(read_text(TRY(fields.require("table"))));
  TRY(read_operations(&fields, &load));
  TRY(read_pace(&fields, &load));
  load.partition_key = TRY(read_key_choice(TRY(fields.require("partition_key"))));
  if (const auto sort_key = fields.take("sort_key")) {
    load.sort_key = TRY(read_key_choice(*sort_key));
  }
  TRY(read_items(&fields, &load));
  TRY(read_reads(&fields, &load));
  TRY(fields.read("client", &load.client, read_client));
  TRY(fields.finish());
  return load;
}

}  // namespace stator
