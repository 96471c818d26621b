// What the binary says and does when it cannot start, and how it ends when it is asked to.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "http_client.h"
#include "server_process.h"

namespace stator::crash {
namespace {

constexpr std::chrono::seconds kEndsWithin{1};

// Every file below a directory with its bytes; every directory with nothing.
std::map<std::string, std::string> contents(const std::string& directory) {
  std::map<std::string, std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes;
    if (entry.is_regular_file()) bytes.assign(std::istreambuf_iterator<char>(file), {});
    found[entry.path().string()] = bytes;
  }
  return found;
}

class StartTest : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove_all(directory_); }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  void write_file(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(directory_);
    std::ofstream(directory_ + "/" + name) << text;
  }

  // Exit status 2 and one line on stderr in which `reason` stands.
  static void expect_refusal(const std::vector<std::string>& arguments, const std::string& reason) {
    const Ending ending = ServerProcess(arguments).wait();
    EXPECT_EQ(ending.exit_status, 2);
    EXPECT_NE(ending.error_text.find(reason), std::string::npos) << ending.error_text;
    EXPECT_TRUE(ending.error_text.ends_with('\n'));
    EXPECT_EQ(ending.error_text.find('\n'), ending.error_text.size() - 1) << ending.error_text;
  }

  void expect_refusal_of_directory(const std::string& reason) const {
    const auto before = contents(directory_);
    expect_refusal({"--port", "0", "--data", directory_}, reason);
    EXPECT_EQ(contents(directory_), before);
  }

  const std::string directory_ = testing::TempDir() + "stator-start-" + std::to_string(::getpid());
};

TEST_F(StartTest, APortInUseIsRefusedBeforeTheDirectoryIsTouched) {
  ServerProcess other({"--port", "0"});
  expect_refusal({"--port", other.wait_until_ready(), "--data", directory_}, "in use");
  EXPECT_FALSE(std::filesystem::exists(directory_));
}

TEST_F(StartTest, ADirectoryOfANewerFormatIsRefused) {
  write_file("STATOR", "stator format 3\n");
  expect_refusal_of_directory("newer");
}

TEST_F(StartTest, ADirectoryOfSomebodyElseIsRefused) {
  write_file("holiday.jpg", "not a photograph");
  expect_refusal_of_directory(directory_);
}

TEST_F(StartTest, ADamagedMarkerIsRefused) {
  write_file("STATOR", "\x01\x02");
  expect_refusal_of_directory(directory_);
}

TEST_F(StartTest, AFileIsNoDirectory) {
  write_file("file", "");
  const std::string file = directory_ + "/file";
  expect_refusal({"--port", "0", "--data", file}, file);
}

TEST_F(StartTest, ADirectoryHasOneServer) {
  ServerProcess first({"--port", "0", "--data", directory_});
  const std::string port = first.wait_until_ready();
  expect_refusal_of_directory(directory_);
  support::HttpClient client("127.0.0.1", port);
  EXPECT_EQ(client.call("ListTables", "{}").status, 200);
}

class EndTest : public StartTest, public testing::WithParamInterface<int> {};

TEST_P(EndTest, ASignalEndsTheServerWithinASecondAlsoWithClients) {
  ServerProcess server({"--port", "0", "--data", directory_});
  support::HttpClient client("127.0.0.1", server.wait_until_ready());
  EXPECT_EQ(client.call("ListTables", "{}").status, 200);
  const Ending ending = server.end_with(GetParam());
  EXPECT_EQ(ending.exit_status, 0) << ending.error_text;
  EXPECT_LT(ending.took, kEndsWithin);
}

TEST_P(EndTest, TheDirectoryOpensAgainAfterASignal) {
  ServerProcess first({"--port", "0", "--data", directory_});
  first.wait_until_ready();
  EXPECT_EQ(first.end_with(GetParam()).exit_status, 0);
  ServerProcess second({"--port", "0", "--data", directory_});
  second.wait_until_ready();
  EXPECT_EQ(second.end_with(GetParam()).exit_status, 0);
}

INSTANTIATE_TEST_SUITE_P(Signals, EndTest, testing::Values(SIGTERM, SIGINT));

}  // namespace
}  // namespace stator::crash
