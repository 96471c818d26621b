// All of a delivery but its thread, with a function that a test ends by hand.
#pragma once

#include <gtest/gtest.h>

#include "functions/delivery_engine.h"
#include "memory_rows.h"
#include "memory_source.h"
#include "scripted_invoker.h"

namespace stator::testing_support {

// Takes everything where somebody says so.
class TestPoster final : public HttpPoster {
 public:
  void post(HttpPost post, std::function<void(HttpAnswer)> done) override {
    if (!takes) {
      return done({.end = HttpEnd::unreachable, .status = 0, .function_error = {}, .body = {}});
    }
    posted.push_back(std::move(post.body));
    done({.end = HttpEnd::answered, .status = 200, .function_error = {}, .body = {}});
  }

  bool takes = false;
  std::vector<std::string> posted;
};

inline constexpr char kUuid[] = "11111111-1111-4111-8111-111111111111";

// A restart forgets what is not kept.
class TestDelivery {
 public:
  TestDelivery() { start(); }

  void start() {
    engine.reset();
    registry = *Registry::open(&rows, [] {});
    failures = *KeptFailures::open(&rows);
    function = std::make_shared<ScriptedInvoker>();
    invokers = std::make_unique<FunctionInvokers>(*registry, [this](const LambdaFunction& made) {
      return made.name == "f" ? function : std::make_shared<ScriptedInvoker>();
    });
    destinations = std::make_unique<FailureDestinations>(FailureDestinations::Parts{
        .places = {}, .handlers = {}, .poster = poster, .kept = *failures, .log = log});
    engine = std::make_unique<DeliveryEngine>(
        DeliveryParts{.registry = *registry,
                      .source = source,
                      .invokers = *invokers,
                      .destinations = *destinations,
                      .completions = std::make_shared<Completions>([] {}),
                      .log = log},
        1);
  }

  void add_function() {
    LambdaFunction added;
    added.name = "f";
    added.code = UrlCode{"http://localhost/f"};
    ASSERT_TRUE(registry->put_function(added, Registry::Put::replace));
  }

  void add_mapping(MappingConfiguration configuration = {}, const std::string& table = "t",
                   StartingPosition position = StartingPosition::trim_horizon) {
    add_function();
    EventSourceMapping mapping;
    mapping.uuid = kUuid;
    const SourceStream stream = *source.stream_of("us-east-1", table);
    mapping.stream_arn = stream.arn;
    mapping.starting_position = position;
    mapping.region = "us-east-1";
    mapping.function = "f";
    mapping.configuration = std::move(configuration);
    mapping.created = kStart;
    const bool begins_late = position == StartingPosition::latest;
    ASSERT_TRUE(registry->add_mapping(
        mapping, begins_late ? latest_checkpoints_of(source, stream) : DeliveryCheckpoints()));
  }

  void step() { engine->step(now); }
  void end() {
    function->end();
    step();
  }
  void fail() {
    function->fail();
    step();
  }
  void change(const std::function<void(EventSourceMapping*)>& how) {
    ASSERT_TRUE(registry->change_mapping(kUuid, [&how](EventSourceMapping* mapping) {
      how(mapping);
      return Result<void>();
    }));
    step();
  }
  std::string_view state() const { return name_of(registry->mapping(kUuid)->state); }
  DeliveryMetrics metrics() const { return engine->metrics().at(0).metrics; }
  const FunctionCounters& counters() const { return *invokers->counters().at("f"); }

  std::vector<std::string> warnings;  // "message|text"
  const FunctionLog log = [this](const FunctionLogLine& line) {
    if (line.level != FunctionLogLine::Level::warn) return;
    warnings.push_back(std::string(line.message) + "|" + std::string(line.text));
  };
  MemoryRows rows;
  MemorySource source;
  TestPoster poster;
  TimePoint now = kStart;
  std::unique_ptr<Registry> registry;
  std::unique_ptr<KeptFailures> failures;
  std::shared_ptr<ScriptedInvoker> function;
  std::unique_ptr<FunctionInvokers> invokers;
  std::unique_ptr<FailureDestinations> destinations;
  std::unique_ptr<DeliveryEngine> engine;
};

}  // namespace stator::testing_support
