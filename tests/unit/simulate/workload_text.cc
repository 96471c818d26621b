#include "workload_text.h"

#include <gtest/gtest.h>

#include "simulate/workload_reader.h"

namespace stator::testing_support {
namespace {

constexpr std::string_view kKeys = R"(
  "AttributeDefinitions": [
    {"AttributeName": "pk", "AttributeType": "S"}, {"AttributeName": "sk", "AttributeType": "N"}],
  "KeySchema": [
    {"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}])";

Result<SimulationReport> run(const std::string& text) {
  const Result<Workload> read = parse_workload(text);
  if (!read) return validation_error(read.error().message());
  return simulate(*read);
}

}  // namespace

std::string on_demand_table() {
  return R"({"create": {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST", )" +
         std::string(kKeys) + "}}";
}

std::string provisioned_table(int reads, int writes) {
  return R"({"create": {"TableName": "tab", "ProvisionedThroughput": {"ReadCapacityUnits": )" +
         std::to_string(reads) + R"(, "WriteCapacityUnits": )" + std::to_string(writes) + "}, " +
         std::string(kKeys) + "}}";
}

std::string workload(const std::string& table, const std::string& phases, int seed) {
  return R"({"seed": )" + std::to_string(seed) + R"(, "tables": [)" + table + "],\n\"phases\": [" +
         phases + "]}";
}

std::string phase(std::string_view duration, const std::string& load) {
  return R"({"duration": ")" + std::string(duration) + "\",\n\"loads\": [{\"table\": \"tab\",\n" +
         load + "}]}";
}

SimulationReport report_of(const std::string& text) {
  Result<SimulationReport> report = run(text);
  if (report) return *std::move(report);
  ADD_FAILURE() << report.error().message();
  return {};
}

std::string fault_of(const std::string& text) {
  const Result<SimulationReport> report = run(text);
  return report ? "no fault" : report.error().message();
}

}  // namespace stator::testing_support
