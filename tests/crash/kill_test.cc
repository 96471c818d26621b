// Kills the server while clients write and looks at what the directory holds.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>

#include "check_run.h"
#include "crash_options.h"
#include "lineage_reader.h"
#include "load.h"
#include "server_process.h"

namespace stator::crash {
namespace {

constexpr int kWriters = 4;
constexpr std::size_t kWritesOfRoundMax = 600;

// Short, so that shards have descendants.
constexpr std::chrono::milliseconds kRollover(700);

// How a round ends.
enum class Death { during_load, during_start, during_stop };

class KillTest : public testing::Test {
 protected:
  explicit KillTest(Writes writes = Writes::all) : random_(options().seed) {
    for (int i = 0; i < kWriters; ++i) writers_.emplace_back(i, random_(), writes);
  }

  void SetUp() override {
    std::filesystem::remove_all(directory_);
    const OpenResult opened = open();
    ASSERT_TRUE(opened.database) << opened.error;
    const Ask ask = ask_database(opened.database.get());
    create_item_table(ask);
    const Json described = ask("DescribeTable", {{"TableName", kItemTable}});
    reader_.emplace(described["Table"]["LatestStreamArn"].get<std::string>());
  }
  void TearDown() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  OpenResult open() const {
    DatabaseOptions database;
    database.directory = directory_;
    database.stream_rollover = kRollover;
    return Database::open(database);
  }

  // No write is without its change record and no record without its write.
  void settle_stream(const Ask& ask) {
    for (const Json& record : reader_->read_new(ask)) replay_.apply(record);
    for (const std::string& fault : replay_.faults()) ADD_FAILURE() << fault;
    std::map<std::string, Json> told;
    for (const auto& [key, item] : replay_.items()) told[name_of(item)] = item;
    EXPECT_EQ(told, scan(ask, {{"TableName", kItemTable}, {"ConsistentRead", true}}));
  }

  void settle(const Ask& ask) {
    settle_stream(ask);
    std::map<std::string, Json> found = everything(ask);
    for (Writer& writer : writers_) {
      for (const std::string& fault : writer.journal().settle(&found)) ADD_FAILURE() << fault;
    }
    for (const auto& [name, stored] : found) ADD_FAILURE() << "nobody wrote " << name;
  }

  void settle_in_process() {
    const OpenResult opened = open();
    ASSERT_TRUE(opened.database) << opened.error;
    settle(ask_database(opened.database.get()));
    const CheckResult checked = opened.database->check();
    EXPECT_EQ(checked.error, "");
    EXPECT_EQ(checked.report.problems, std::vector<std::string>());
  }

  std::vector<std::string> arguments() const {
    return {"--port",
            "0",
            "--data",
            directory_,
            "--log-level",
            "error",
            "--capacity",
            "off",
            "--stream-rollover",
            std::to_string(kRollover.count()) + "ms"};
  }

  void run_round(Death death) {
    ServerProcess server(arguments());
    if (death == Death::during_start) {
      server.end_with(SIGKILL);
      return;
    }
    const std::string port = server.wait_until_ready();
    support::HttpClient client("127.0.0.1", port);
    settle(ask_server(&client));
    run_load(&server, port, death);
  }

  void run_load(ServerProcess* server, const std::string& port, Death death) {
    Tally tally(1 + random_() % kWritesOfRoundMax, writers_.size());
    std::vector<std::thread> threads = start_load(&writers_, port, &tally);
    tally.wait_for_goal();
    if (death == Death::during_stop) server->send_signal(SIGTERM);
    const Ending ending = server->end_with(SIGKILL);
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(tally.faults(), "");
    EXPECT_TRUE(ending.signal == SIGKILL || death == Death::during_stop) << ending.error_text;
  }

  void run_rounds() {
    for (int round = 0; round < options().rounds; ++round) {
      SCOPED_TRACE("seed " + std::to_string(options().seed) + ", round " + std::to_string(round));
      run_round(any_death());
      if (random_() % 2 == 0) settle_in_process();
      ASSERT_FALSE(HasFailure()) << "the directory is kept: " << directory_;
    }
    settle_in_process();
    const CheckAnswer checked = run_check(directory_);
    EXPECT_EQ(checked.exit_status, 0) << checked.text;
  }

  Death any_death() {
    const auto choice = random_() % 10;
    return choice == 0   ? Death::during_start
           : choice == 1 ? Death::during_stop
                         : Death::during_load;
  }

  const std::string directory_ = testing::TempDir() + "stator-crash-" + std::to_string(::getpid());
  std::mt19937_64 random_;
  std::vector<Writer> writers_;
  std::optional<support::LineageReader> reader_;  // reads on where it was when the server died
  support::Replay replay_;
};

TEST_F(KillTest, NothingAcknowledgedIsLostAndNothingIsHalfWritten) {
  run_rounds();
}

class TransactionKillTest : public KillTest {
 protected:
  TransactionKillTest() : KillTest(Writes::transactions) {}
};

TEST_F(TransactionKillTest, TransactionsAreWholeAndTheirTokensKept) {
  run_rounds();
}

}  // namespace
}  // namespace stator::crash
