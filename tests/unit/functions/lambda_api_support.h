// Lambda's API over memory.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "functions/lambda_api.h"
#include "memory_rows.h"
#include "memory_source.h"
#include "scripted_invoker.h"

namespace stator::testing_support {

using nlohmann::json;

inline constexpr char kMappings[] = "/2015-03-31/event-source-mappings/";
inline constexpr char kFunctions[] = "/2015-03-31/functions/";

class LambdaApiTest : public testing::Test {
 protected:
  // The answer; its status is 0 while there is none.
  LambdaReply call(std::string_view method, const std::string& path, const std::string& body = "",
                   LambdaCall more = {}) {
    more.method = method;
    const std::size_t question = std::min(path.find('?'), path.size());
    more.path = std::string_view(path).substr(0, question);
    if (question < path.size()) more.query = std::string_view(path).substr(question + 1);
    more.body = body;
    const auto held = std::make_shared<LambdaReply>(LambdaReply{.status = 0});
    api.answer(more, [held](LambdaReply reply) { *held = std::move(reply); });
    later = held;
    return *held;
  }
  LambdaReply call_locally(std::string_view method, const std::string& path,
                           const std::string& body) {
    return call(method, path, body, {.is_local = true});
  }

  static std::string header(const LambdaReply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers) {
      if (key == name) return value;
    }
    return "";
  }
  // "404 ResourceNotFoundException: text"
  static std::string fault(const LambdaReply& reply) {
    if (header(reply, "x-amzn-ErrorType").empty()) return std::to_string(reply.status);
    const json body = json::parse(reply.body);
    EXPECT_EQ(body["Type"], reply.status < 500 ? "User" : "Service");
    return std::to_string(reply.status) + " " + header(reply, "x-amzn-ErrorType") + ": " +
           body["Message"].get<std::string>();
  }

  void make_function(const std::string& name = "f") {
    const LambdaReply reply = call("POST", kFunctions, function_request({{"FunctionName", name}}));
    EXPECT_EQ(reply.status, 201) << reply.body;
  }
  static std::string function_request(const json& more) {
    json request = {{"FunctionName", "f"},
                    {"Role", "arn:aws:iam::000000000000:role/r"},
                    {"Code", {{"ImageUri", "http://h:1/"}}}};
    request.update(more);
    return request.dump();
  }
  json mapping_request(json more = json::object()) {
    json request = {{"EventSourceArn", arn}, {"FunctionName", "f"}, {"StartingPosition", "LATEST"}};
    request.update(more);
    return request;
  }
  json make_mapping(json more = json::object()) {
    const LambdaReply reply = call("POST", kMappings, mapping_request(std::move(more)).dump());
    EXPECT_EQ(reply.status, 202) << reply.body;
    return json::parse(reply.body);
  }
  // As the delivery does when a mapping runs.
  void settle(const std::string& uuid, MappingState state) {
    ASSERT_TRUE(registry->change_mapping(uuid, [state](EventSourceMapping* mapping) {
      mapping->state = state;
      return Result<void>();
    }));
  }

  MemoryRows rows;
  MemorySource source;
  const std::string arn = source.enable("t");
  const ManualClock clock{kStart};
  const std::unique_ptr<Registry> registry = *Registry::open(&rows, [] {});
  std::vector<std::string> log;  // before the function, which answers to its end
  const std::shared_ptr<ScriptedInvoker> function = std::make_shared<ScriptedInvoker>();
  FunctionInvokers invokers{*registry, [this](const LambdaFunction&) { return function; }};
  LambdaApi api{{.registry = *registry,
                 .invokers = invokers,
                 .source = source,
                 .clock = clock,
                 .log = [this](const FunctionLogLine& line) { log.emplace_back(line.text); },
                 .seed = 1}};
  std::shared_ptr<LambdaReply> later;
};

}  // namespace stator::testing_support
