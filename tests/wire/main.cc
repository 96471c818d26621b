// wire_tests [--cases DIR] [--endpoint http://host:port] [GoogleTest's flags]
//   Registers every case of DIR/*.json as a test named <file>.<name of the case> and runs them, in
//   process or against a server.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "run_case.h"

namespace stator::wire {
namespace {

struct Options {
  std::string cases = STATOR_WIRE_CASES;
  std::string endpoint;  // empty: in process
};

constexpr std::string_view kFixtures = "tables";

// One per process: ctest runs a process per file.
CaseRunner* shared_runner = nullptr;

class WireTest : public testing::Test {
 public:
  explicit WireTest(const CaseText& text) : text_(text) {}

  void TestBody() override {
    if (!shared_runner->can_run(text_)) GTEST_SKIP() << "time cannot be moved there";
    std::string report;
    for (const std::string& line : shared_runner->run(text_)) report += "  " + line + "\n";
    EXPECT_TRUE(report.empty()) << text_.json.value("source", "") << "\n" << report;
  }

 private:
  const CaseText& text_;
};

Options parse_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string name = argv[i];
    if (i + 1 == argc) throw std::runtime_error(name + " needs a value");
    if (name == "--cases") {
      options.cases = argv[i + 1];
    } else if (name == "--endpoint") {
      options.endpoint = argv[i + 1];
    } else {
      throw std::runtime_error("there is no option " + name);
    }
  }
  return options;
}

std::vector<std::filesystem::path> case_files(const std::string& directory) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    const std::filesystem::path& path = entry.path();
    if (path.extension() == ".json" && path.stem() != kFixtures) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

void register_file(const std::filesystem::path& file) {
  // Lives as long as the process: the tests refer to their cases.
  static std::vector<std::unique_ptr<std::vector<CaseText>>> all;
  all.push_back(std::make_unique<std::vector<CaseText>>(load_cases(file.string())));
  const std::string suite = file.stem().string();
  for (const CaseText& text : *all.back()) {
    testing::RegisterTest(suite.c_str(), text.name.c_str(), nullptr, nullptr, file.c_str(), 0,
                          [&text]() -> WireTest* { return new WireTest(text); });
  }
}

std::unique_ptr<Target> open_target(const Options& options) {
  return options.endpoint.empty() ? open_database_target() : open_http_target(options.endpoint);
}

// Names sort in the order in which the tables are created.
std::string table_prefix() {
  return "wire-" + std::to_string(std::time(nullptr)) + "-" + std::to_string(::getpid()) + "-";
}

int run_all(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const Options options = parse_options(argc, argv);
  for (const std::filesystem::path& file : case_files(options.cases)) register_file(file);
  std::ifstream fixtures(std::filesystem::path(options.cases) / "tables.json");
  const std::unique_ptr<Target> target = open_target(options);
  CaseRunner runner(*target, Json::parse(fixtures), table_prefix());
  shared_runner = &runner;
  return RUN_ALL_TESTS();
}

}  // namespace
}  // namespace stator::wire

int main(int argc, char** argv) {
  try {
    return stator::wire::run_all(argc, argv);
  } catch (const std::exception& failure) {
    std::cerr << "wire_tests: " << failure.what() << "\n";
    return 2;
  }
}
