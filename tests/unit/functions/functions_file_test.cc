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
                 "directory": "/", "concurrency": 2, "environment": {"LEVEL": "info"}}],
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
            (ProgramCode{.command = {"node", "totals.mjs"}, .directory = "/"}));
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
  EXPECT_EQ(id(R"({"mappings": [{"table": "tab", "function": "f"}]})"),
            id(R"({"mappings": [{"table": "tab", "function": "f", "BatchSize": 5}]})"));
  EXPECT_NE(id(R"({"mappings": [{"table": "tab", "function": "f"}]})"),
            id(R"({"mappings": [{"table": "other", "function": "f"}]})"));
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
  EXPECT_EQ(fault(R"({"mappings": [{"table": "tab", "function": "f", "BatchSize": "x"}]})"),
            "mappings[0].BatchSize: STRING_VALUE can not be converted to an Integer");
  EXPECT_TRUE(
      fault(R"({"mappings": [{"table": "tab", "function": "f", "BatchSize": 0}]})")
          .starts_with("mappings[0]: 1 validation error detected: Value '0' at 'batchSize'"));
  EXPECT_EQ(fault(R"({"mappings": [{"table": "tab", "function": "f", "Batchsize": 1}]})"),
            "mappings[0].Batchsize: is not known");
  EXPECT_EQ(fault(R"({"mappings": [{"table": "tab", "function": "f",
                       "FilterCriteria": {"Filter": [{"Pattern": "{}"}]}}]})"),
            "mappings[0].FilterCriteria.Filter: is not known");
  EXPECT_EQ(fault(R"({"mappings": [{"table": "tab", "function": "f",
                       "DestinationConfig": {"OnFailur": {"Destination": "file:x"}}}]})"),
            "mappings[0].DestinationConfig.OnFailur: is not known");
}

std::string mapping_fault(const std::string& members) {
  return fault(R"({"mappings": [{"function": "f", )" + members + "}]}");
}

TEST(FunctionsFile, RefusesWhatCanNeverBe) {
  EXPECT_EQ(fault(R"({"functions": [{"name": "f", "command": ["x"], "directory": "/no/such"}]})"),
            "functions[0].directory: is no directory: \"/no/such\"");
  for (const std::string table :
       {"a b", "ab", "k/Tab", "/us-east-1/Tab", "k/us-east-1/a/Tab", "/"}) {
    EXPECT_EQ(mapping_fault("\"table\": \"" + table + "\""),
              "mappings[0].table: is no name of a table: \"" + table + "\"");
  }
  EXPECT_EQ(mapping_fault(R"("table": "tab", "region": "a b")"),
            "mappings[0].region: is no region: \"a b\"");
  EXPECT_EQ(mapping_fault(R"("table": "tab", "region": "local")"), "");
  EXPECT_EQ(mapping_fault(
                R"("table": "tab", "DestinationConfig": {"OnFailure": {"Destination": "zzz"}})"),
            "mappings[0].DestinationConfig.OnFailure.Destination: is no ARN of SQS, SNS or S3, no "
            "file:PATH, no handler:NAME and no URL that begins with http://: \"zzz\"");
  for (const std::string place :
       {"", "file:x", "handler:h", "http://h/", "arn:aws:sqs:us-east-1:000000000000:q"}) {
    EXPECT_EQ(
        mapping_fault(R"("table": "tab", "DestinationConfig": {"OnFailure": {"Destination": ")" +
                      place + "\"}}"),
        "");
  }
}

TEST(FunctionsFile, TakesTheRegionOfATableFromItsName) {
  const auto region = [](const std::string& members) {
    return parse_functions_file(R"({"mappings": [{"function": "f", )" + members + "}]}")
        ->mappings[0]
        .region;
  };
  EXPECT_EQ(region(R"("table": "tab")"), "us-east-1");
  EXPECT_EQ(region(R"("table": "key/eu-west-1/tab")"), "eu-west-1");
  EXPECT_EQ(region(R"("table": "key/eu-west-1/tab", "region": "eu-west-1")"), "eu-west-1");
  EXPECT_EQ(mapping_fault(R"("table": "key/eu-west-1/tab", "region": "us-east-1")"),
            "mappings[0].region: is not that of the table: \"us-east-1\"");
}

TEST(FunctionsFile, NamesTheMemberInsideAMemberThatIsOfAnotherType) {
  EXPECT_EQ(mapping_fault(
                R"("table": "tab", "FilterCriteria": {"Filters": [{}, {"Pattern": {"a": 1}}]})"),
            "mappings[0].FilterCriteria.Filters[1].Pattern: Start of structure or map found where "
            "not expected.");
  EXPECT_EQ(mapping_fault(R"("table": "tab", "FilterCriteria": {"Filters": ["x"]})"),
            "mappings[0].FilterCriteria.Filters[0]: STRING_VALUE can not be converted to a "
            "structure");
  EXPECT_EQ(mapping_fault(R"("table": "tab", "FilterCriteria": {"Filters": "x"})"),
            "mappings[0].FilterCriteria.Filters: STRING_VALUE can not be converted to a List");
  EXPECT_EQ(mapping_fault(R"("table": "tab", "DestinationConfig": {"OnFailure": "x"})"),
            "mappings[0].DestinationConfig.OnFailure: STRING_VALUE can not be converted to a "
            "structure");
}

TEST(FunctionsFile, TakesDestinationsForArnsOnly) {
  const std::string queue = "arn:aws:sqs:us-east-1:000000000000:q";
  EXPECT_EQ(fault(R"({"destinations": {")" + queue + R"(": "somewhere"}})"),
            "destinations." + queue + ": is neither file:PATH nor a URL that begins with http://");
  EXPECT_EQ(fault(R"({"destinations": {"x": "file:y"}})"),
            "destinations.x: is no ARN of SQS, SNS or S3");
  EXPECT_EQ(fault(R"({"destinations": {"arn:aws:s3:::bucket": "file:y"}})"), "");
}

TEST(FunctionsFile, RefusesTwoNamesThatMayMeanOneTable) {
  const auto with = [](const std::string& other) {
    return fault(R"({"mappings": [{"table": "tab", "function": "f"}, )" + other + "]}");
  };
  EXPECT_EQ(with(R"({"table": "k/us-east-1/tab", "function": "f"})"),
            "mappings[1].table: \"tab\" may mean the same table in two mappings of the function: "
            "write KEY/REGION/ in front of both");
  EXPECT_EQ(with(R"({"table": "k/us-east-1/tab", "function": "g"})"), "");
  EXPECT_EQ(with(R"({"table": "k/eu-west-1/tab", "function": "f"})"), "");
  EXPECT_EQ(with(R"({"table": "k/us-east-1/other", "function": "f"})"), "");
  EXPECT_EQ(with(R"({"table": "tab", "region": "eu-west-1", "function": "f"})"), "");
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
