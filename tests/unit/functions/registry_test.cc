#include "functions/registry.h"

#include <gtest/gtest.h>

#include "functions/registry_bytes.h"
#include "memory_rows.h"

namespace stator {
namespace {

using testing_support::MemoryRows;

constexpr TimePoint kNow{std::chrono::microseconds(1'700'000'000'123'456)};

LambdaFunction program() {
  LambdaFunction function;
  function.name = "totals";
  function.code = ProgramCode{.command = {"node", "totals.mjs"}, .directory = "/srv"};
  function.environment = {{"LEVEL", "info"}, {"EMPTY", ""}};
  function.timeout = std::chrono::seconds(30);
  function.concurrency = 7;
  function.labels = {.role = "arn:aws:iam::000000000000:role/r",
                     .runtime = "provided.al2023",
                     .handler = "index.handler",
                     .description = "d",
                     .memory_mb = 256,
                     .package_type = "Zip",
                     .image_uri = "program:node"};
  function.modified = kNow;
  function.revision = "r";
  return function;
}

std::string stream(const std::string& label) {
  return "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/" + label;
}

EventSourceMapping mapping(const std::string& uuid = "11111111-1111-4111-8111-111111111111") {
  EventSourceMapping mapping;
  mapping.uuid = uuid;
  mapping.stream_arn = "arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/x";
  mapping.stream_space = "key/us-east-1";
  mapping.region = "us-east-1";
  mapping.function = "totals";
  mapping.starting_position = StartingPosition::latest;
  mapping.configuration = {.batch_size = 7,
                           .batching_window_seconds = 5,
                           .parallelization_factor = 3,
                           .record_age_seconds_max = 60,
                           .retry_attempts_max = -1,
                           .tumbling_window_seconds = 30,
                           .bisects_batch = true,
                           .response_types = {"ReportBatchItemFailures"},
                           .filters = {"{}", "{\"a\":[1]}"},
                           .on_failure = "arn:aws:sqs:us-east-1:000000000000:q",
                           .kms_key_arn = "arn:aws:kms:us-east-1:000000000000:key/k",
                           .metrics = {"EventCount"},
                           .log_level = "INFO"};
  mapping.state = MappingState::updating;
  mapping.transition_reason = kFunctionIsGone;
  mapping.created = kNow;
  mapping.modified = kNow;
  return mapping;
}

std::unique_ptr<Registry> open(MemoryRows* rows) {
  auto registry = Registry::open(rows, [] {});
  EXPECT_TRUE(registry.has_value());
  return *std::move(registry);
}

TEST(RegistryBytes, GiveBackWhatWasWritten) {
  std::string bytes;
  append_function(program(), &bytes);
  EXPECT_EQ(*decode_function(bytes), program());
  LambdaFunction url;
  url.name = "audit";
  url.code = UrlCode{"http://h/"};
  bytes.clear();
  append_function(url, &bytes);
  EXPECT_EQ(*decode_function(bytes), url);
  bytes.clear();
  append_mapping(mapping(), &bytes);
  EXPECT_EQ(*decode_mapping(bytes), mapping());
}

TEST(RegistryBytes, AreReadInTheEarlierFormatsOfMappings) {
  EventSourceMapping first = mapping();
  first.stream_space = "";
  first.transition_reason = kUserAction;
  first.configuration.kms_key_arn = first.configuration.log_level = "";
  first.configuration.metrics = {};
  std::string bytes;
  append_mapping(first, &bytes);
  bytes[0] = 2;
  bytes.resize(bytes.size() - 4);
  EXPECT_EQ(*decode_mapping(bytes), first);
  bytes[0] = 1;
  bytes.resize(bytes.size() - kUserAction.size() - 4 * 4);
  EXPECT_EQ(*decode_mapping(bytes), first);
}

TEST(RegistryBytes, AreRefusedWhenTheyAreDamaged) {
  std::string function;
  append_function(program(), &function);
  for (std::size_t size = 0; size < function.size(); ++size) {
    EXPECT_FALSE(decode_function(std::string_view(function).substr(0, size)).has_value());
  }
  std::string bytes;
  append_mapping(mapping(), &bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_mapping(std::string_view(bytes).substr(0, size)).has_value());
  }
  bytes[0] = 9;  // a newer format
  EXPECT_FALSE(decode_mapping(bytes).has_value());
}

TEST(Registry, KeepsFunctionsMappingsAndCheckpointsOverARestart) {
  MemoryRows rows;
  {
    const auto registry = open(&rows);
    ASSERT_TRUE(registry->put_function(program(), Registry::Put::add));
    ASSERT_TRUE(registry->add_mapping(mapping(), {{7, {.done = 42}}}));
  }
  const auto registry = open(&rows);
  EXPECT_EQ(registry->function("totals"), program());
  EXPECT_EQ(registry->mappings(), std::vector{mapping()});
  EXPECT_EQ(*registry->checkpoints(mapping().uuid), (DeliveryCheckpoints{{7, {.done = 42}}}));
}

TEST(Registry, ForgetsFunctionsOfTheEmbedder) {
  MemoryRows rows;
  LambdaFunction function = program();
  function.origin = Origin::embedder;
  ASSERT_TRUE(open(&rows)->put_function(function, Registry::Put::add));
  EXPECT_EQ(open(&rows)->functions().size(), 0U);
}

TEST(Registry, RefusesASecondFunctionOfOneName) {
  MemoryRows rows;
  const auto registry = open(&rows);
  ASSERT_TRUE(registry->put_function(program(), Registry::Put::add));
  const auto second = registry->put_function(program(), Registry::Put::add);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code(), ErrorCode::resource_conflict);
  EXPECT_TRUE(registry->put_function(program(), Registry::Put::replace).has_value());
}

TEST(Registry, RefusesASecondMappingOfOneFunctionAndStream) {
  MemoryRows rows;
  const auto registry = open(&rows);
  ASSERT_TRUE(registry->add_mapping(mapping(), {}));
  const auto second = registry->add_mapping(mapping("22222222-2222-4222-8222-222222222222"), {});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(
      second.error().message(),
      "The event source arn (\" " + mapping().stream_arn +
          " \") and function (\" totals \") provided mapping already exists. Please update or "
          "delete the existing mapping with UUID " +
          mapping().uuid);
}

// A mapping of a table, on its stream of that label or on none.
EventSourceMapping of_table(const std::string& table, const std::string& label) {
  EventSourceMapping of_table = mapping("22222222-2222-4222-8222-222222222222");
  of_table.table = table;
  of_table.stream_space = "";
  of_table.stream_arn = label.empty() ? "" : stream(label);
  return of_table;
}

TEST(EventSourceMapping, OfATableDeliversTheSameAsOneOfAStreamThatItComesTo) {
  EventSourceMapping of_stream = mapping();
  of_stream.stream_arn = stream("2026-01-02T00:00:00.000");
  const auto is_same = [&of_stream](const EventSourceMapping& of_table) {
    EXPECT_EQ(deliver_the_same(of_table, of_stream), deliver_the_same(of_stream, of_table));
    return deliver_the_same(of_table, of_stream);
  };
  EXPECT_TRUE(is_same(of_table("t", ""))) << "it waits";
  EXPECT_TRUE(is_same(of_table("t", "2026-01-02T00:00:00.000")));
  EXPECT_TRUE(is_same(of_table("t", "2026-01-01T00:00:00.000")));
  EXPECT_FALSE(is_same(of_table("t", "2026-01-03T00:00:00.000"))) << "it is past it";
  EXPECT_FALSE(is_same(of_table("u", "")));
  EXPECT_TRUE(is_same(of_table("key/us-east-1/t", "")));
  EXPECT_FALSE(is_same(of_table("other/us-east-1/t", "")));
  EventSourceMapping elsewhere = of_table("t", "");
  elsewhere.region = "eu-west-1";
  EXPECT_FALSE(is_same(elsewhere));
  EventSourceMapping to_another = of_table("t", "");
  to_another.function = "audit";
  EXPECT_FALSE(is_same(to_another));
}

TEST(Registry, RefusesAFunctionThatOneOfTheStreamHas) {
  MemoryRows rows;
  const auto registry = open(&rows);
  ASSERT_TRUE(registry->add_mapping(mapping(), {}));
  EventSourceMapping other = mapping("33333333-3333-4333-8333-333333333333");
  other.function = "audit";
  ASSERT_TRUE(registry->add_mapping(other, {}));
  const auto changed =
      registry->change_mapping(other.uuid, [](EventSourceMapping* now) -> Result<void> {
        now->function = "totals";
        return {};
      });
  ASSERT_FALSE(changed.has_value());
  EXPECT_EQ(changed.error().code(), ErrorCode::resource_conflict);
}

TEST(Registry, PutsAMappingInThePlaceOfAnother) {
  MemoryRows rows;
  const EventSourceMapping in_place = of_table("t", "");
  {
    const auto registry = open(&rows);
    ASSERT_TRUE(registry->add_mapping(mapping(), {{7, {.done = 42}}}));
    ASSERT_TRUE(registry->replace_mapping(mapping().uuid, in_place));
    EXPECT_FALSE(registry->replace_mapping(mapping().uuid, in_place)) << "there is none";
  }
  const auto registry = open(&rows);
  ASSERT_EQ(registry->mappings().size(), 1U);
  EXPECT_EQ(registry->mapping(in_place.uuid)->stream_arn, mapping().stream_arn);
  EXPECT_EQ(registry->mapping(in_place.uuid)->stream_space, mapping().stream_space);
  EXPECT_EQ(*registry->checkpoints(in_place.uuid), (DeliveryCheckpoints{{7, {.done = 42}}}));
  EXPECT_EQ(rows.count(checkpoints_prefix(mapping().uuid)), 0U);
}

TEST(Registry, ChangesNothingWhenTheRowsCannotBeWritten) {
  MemoryRows rows;
  const auto registry = open(&rows);
  ASSERT_TRUE(registry->add_mapping(mapping(), {}));
  const std::uint64_t version = registry->version();
  rows.fails = true;
  EXPECT_FALSE(registry->put_function(program(), Registry::Put::add).has_value());
  EXPECT_FALSE(registry
                   ->change_mapping(mapping().uuid,
                                    [](EventSourceMapping* changed) -> Result<void> {
                                      changed->enabled = false;
                                      return {};
                                    })
                   .has_value());
  EXPECT_FALSE(registry->remove_mapping(mapping().uuid).has_value());
  EXPECT_EQ(registry->functions().size(), 0U);
  EXPECT_TRUE(registry->mapping(mapping().uuid)->enabled);
  EXPECT_EQ(registry->version(), version);
}

TEST(Registry, DoesNotOpenOnDamagedRows) {
  MemoryRows rows;
  const FunctionRow damaged{.key = mapping_key("x"), .value = "?"};
  ASSERT_TRUE(rows.commit({&damaged, 1}));
  EXPECT_FALSE(Registry::open(&rows, [] {}).has_value());
}

}  // namespace
}  // namespace stator
