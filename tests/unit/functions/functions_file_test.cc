#include "functions/functions_file.h"

#include <gtest/gtest.h>

namespace stator {
namespace {

std::string fault(std::string_view json) {
  const Result<FunctionsFile> file = parse_functions_file(json);
  return file ? "" : file.error().message();
}

constexpr std::string_view kFile = R"({
  "functions": [{"name": "audit", "url": "http://127.0.0.1:9001/2015-03-31/functions/audit/invocations"},
                {"name": "totals", "command": ["node", "totals.mjs"], "timeout": "30s",
                 "directory": "/srv", "concurrency": 2, "environment": {"LEVEL": "info"}}],
  "mappings": [{"table": "Orders", "function": "totals", "StartingPosition": "LATEST",
                "BatchSize": 10, "BisectBatchOnFunctionError": true}],
  "destinations": {"arn:aws:sqs:us-east-1:000000000000:failed": "file:failed.jsonl"}
})";

TEST(FunctionsFile, IsRead) {
  const Result<FunctionsFile> file = parse_functions_file(kFile);
  ASSERT_TRUE(file.has_value()) << file.error().message();
  ASSERT_EQ(file->functions.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<UrlCode>(file->functions[0].code));
  const LambdaFunction& totals = file->functions[1];
  EXPECT_EQ(std::get<ProgramCode>(totals.code),
            (ProgramCode{.command = {"node", "totals.mjs"}, .directory = "/srv"}));
  EXPECT_EQ(totals.timeout, std::chrono::seconds(30));
  EXPECT_EQ(totals.concurrency, 2U);
  EXPECT_EQ(totals.environment.at("LEVEL"), "info");
  EXPECT_EQ(totals.origin, Origin::file);
  ASSERT_EQ(file->mappings.size(), 1U);
  const EventSourceMapping& mapping = file->mappings[0];
  EXPECT_EQ(mapping.table, "Orders");
  EXPECT_EQ(mapping.starting_position, StartingPosition::latest);
  EXPECT_EQ(mapping.configuration.batch_size, 10);
  EXPECT_TRUE(mapping.configuration.bisects_batch);
  EXPECT_EQ(mapping.uuid.size(), 36U);
  EXPECT_EQ(file->destinations.at("arn:aws:sqs:us-east-1:000000000000:failed"),
            "file:failed.jsonl");
}

TEST(FunctionsFile, GivesAMappingTheSameIdEveryTime) {
  const auto id = [](const char* json) { return parse_functions_file(json)->mappings[0].uuid; };
  EXPECT_EQ(id(R"({"mappings": [{"table": "a", "function": "f"}]})"),
            id(R"({"mappings": [{"table": "a", "function": "f", "BatchSize": 5}]})"));
  EXPECT_NE(id(R"({"mappings": [{"table": "a", "function": "f"}]})"),
            id(R"({"mappings": [{"table": "b", "function": "f"}]})"));
}

TEST(FunctionsFile, NamesTheLineThatIsNoJson) {
  EXPECT_EQ(fault("{\n\"functions\": [\n}"), "line 3: this is no JSON");
  EXPECT_EQ(fault("{\n\"functions\": [{\"name\": \"f\",\n \"url\": nope}]}"),
            "line 3: this is no JSON");
  EXPECT_EQ(fault("{}\n{"), "line 2: this is no JSON");
  EXPECT_EQ(fault("\n[]"), "line 2: this is no JSON object");
  EXPECT_EQ(fault("5"), "line 1: this is no JSON object");
  EXPECT_EQ(fault(" "), "line 1: this is no JSON");
}

TEST(FunctionsFile, NamesTheMemberThatIsWrong) {
  EXPECT_EQ(fault(R"({"function": []})"), "function: is not known");
  EXPECT_EQ(fault(R"({"functions": {}})"), "functions: is no list");
  EXPECT_EQ(fault(R"({"functions": [{"name": "a b", "url": "http://x"}]})"),
            "functions[0].name: is no name of a function: \"a b\"");
  EXPECT_EQ(fault(R"({"functions": [{"name": "f"}]})"),
            "functions[0]: has either \"url\" or \"command\"");
  EXPECT_EQ(fault(R"({"functions": [{"name": "f", "url": "https://x"}]})"),
            "functions[0].url: is no URL that begins with http://");
  EXPECT_EQ(fault(R"({"functions": [{"name": "f", "command": []}]})"),
            "functions[0].command: names no program");
  EXPECT_EQ(fault(R"({"functions": [{"name": "f", "urls": "x"}]})"),
            "functions[0].urls: is not known");
  EXPECT_EQ(fault(R"({"functions": [{"name": "f", "command": ["x"], "concurrency": 0}]})"),
            "functions[0].concurrency: is not between 1 and 100");
  EXPECT_TRUE(fault(R"({"functions": [{"name": "f", "command": ["x"], "timeout": "3"}]})")
                  .starts_with("functions[0].timeout: not a duration"));
  EXPECT_EQ(fault(R"({"functions": [{"name": "f", "url": "http://x"},
                                    {"name": "f", "url": "http://x"}]})"),
            "functions[1].name: is there twice: \"f\"");
  EXPECT_EQ(fault(R"({"mappings": [{"function": "f"}]})"), "mappings[0].table: is missing");
  EXPECT_EQ(fault(R"({"mappings": [{"table": "t", "function": "f", "BatchSize": "x"}]})"),
            "mappings[0].BatchSize: STRING_VALUE can not be converted to an Integer");
  EXPECT_TRUE(
      fault(R"({"mappings": [{"table": "t", "function": "f", "BatchSize": 0}]})")
          .starts_with("mappings[0]: 1 validation error detected: Value '0' at 'batchSize'"));
  EXPECT_EQ(fault(R"({"mappings": [{"table": "t", "function": "f", "Batchsize": 1}]})"),
            "mappings[0].Batchsize: is not known");
  EXPECT_EQ(fault(R"({"mappings": [{"table": "t", "function": "f",
                       "FilterCriteria": {"Filter": [{"Pattern": "{}"}]}}]})"),
            "mappings[0].FilterCriteria.Filter: is not known");
  EXPECT_EQ(fault(R"({"mappings": [{"table": "t", "function": "f",
                       "DestinationConfig": {"OnFailur": {"Destination": "file:x"}}}]})"),
            "mappings[0].DestinationConfig.OnFailur: is not known");
}

TEST(FunctionsFile, TakesDestinationsForArnsOnly) {
  const std::string queue = "arn:aws:sqs:us-east-1:000000000000:q";
  EXPECT_EQ(fault(R"({"destinations": {")" + queue + R"(": "somewhere"}})"),
            "destinations." + queue + ": is neither file:PATH nor a URL that begins with http://");
  EXPECT_EQ(fault(R"({"destinations": {"x": "file:y"}})"),
            "destinations.x: is no ARN of SQS, SNS or S3");
  EXPECT_EQ(fault(R"({"destinations": {"arn:aws:s3:::bucket": "file:y"}})"), "");
}

TEST(FunctionsFile, SaysEverythingOnce) {
  EXPECT_EQ(fault(R"({"mappings": [], "functions": [], "mappings": []})"),
            "mappings: is there twice");
  EXPECT_EQ(fault(R"({"functions": [{"name": "f", "url": "http://x"},
                                    {"name": "g", "name": "h", "url": "http://x"}]})"),
            "functions[1].name: is there twice");
  EXPECT_EQ(fault(R"({"functions": [{"name": "f", "command": ["x"],
                                     "environment": {"A": "1", "A": "2"}}]})"),
            "functions[0].environment.A: is there twice");
}

}  // namespace
}  // namespace stator
