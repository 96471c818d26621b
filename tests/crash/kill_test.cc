// Kills the server while clients write and looks at what the directory holds.
#include <gtest/gtest.h>

#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "crash_options.h"
#include "http_client.h"
#include "server_process.h"
#include "stator/database.h"
#include "writer.h"

namespace stator::crash {
namespace {

constexpr int kWriters = 4;
constexpr std::size_t kWritesOfRoundMax = 600;

// How a round ends.
enum class Death { during_load, during_start, during_stop };

Json parsed(const std::string& operation, int status, const std::string& body) {
  if (status != 200) throw std::logic_error(operation + " was refused: " + body);
  return Json::parse(body);
}

Ask ask_server(support::HttpClient* client) {
  return [client](const std::string& operation, const Json& request) {
    const support::HttpReply reply = client->call(operation, request.dump());
    return parsed(operation, reply.status, reply.body);
  };
}

Ask ask_database(Database* database) {
  return [database](const std::string& operation, const Json& request) {
    const Reply reply = database->call(operation, request.dump());
    return parsed(operation, reply.status, reply.body);
  };
}

// Tells the killer when enough writes are acknowledged. Thread-safe.
class Tally {
 public:
  explicit Tally(std::size_t goal) : left_(goal), running_(kWriters) {}

  void count() {
    const std::lock_guard lock(mu_);
    if (left_ > 0) --left_;
    changed_.notify_all();
  }
  void writer_ended(const std::string& fault) {
    const std::lock_guard lock(mu_);
    --running_;
    if (!fault.empty()) faults_ += fault + "\n";
    changed_.notify_all();
  }
  void wait_for_goal() {
    std::unique_lock lock(mu_);
    changed_.wait(lock, [&] { return left_ == 0 || running_ == 0; });
  }
  std::string faults() {
    const std::lock_guard lock(mu_);
    return faults_;
  }

 private:
  std::mutex mu_;
  std::condition_variable changed_;
  std::size_t left_;
  int running_;
  std::string faults_;
};

// Writes until the server is gone.
void write_until_the_end(Writer* writer, const std::string& port, Tally* tally) {
  support::HttpClient client("127.0.0.1", port);
  const Ask ask = ask_server(&client);
  try {
    for (;;) {
      writer->write_once(ask);
      tally->count();
    }
  } catch (const std::runtime_error&) {
    tally->writer_ended("");
  } catch (const std::exception& fault) {
    tally->writer_ended(fault.what());
  }
}

class KillTest : public testing::Test {
 protected:
  KillTest() : random_(options().seed) {
    for (int i = 0; i < kWriters; ++i) writers_.emplace_back(i, random_());
  }

  void SetUp() override {
    std::filesystem::remove_all(directory_);
    const OpenResult opened = open();
    ASSERT_TRUE(opened.database) << opened.error;
    create_item_table(ask_database(opened.database.get()));
  }
  void TearDown() override {
    if (!HasFailure()) std::filesystem::remove_all(directory_);
  }

  OpenResult open() const {
    DatabaseOptions database;
    database.directory = directory_;
    return Database::open(database);
  }

  void settle(const Ask& ask) {
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
  }

  std::vector<std::string> arguments() const {
    return {"--port", "0", "--data", directory_, "--log-level", "error"};
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
    Tally tally(1 + random_() % kWritesOfRoundMax);
    std::vector<std::thread> threads;
    for (Writer& writer : writers_) {
      threads.emplace_back(write_until_the_end, &writer, port, &tally);
    }
    tally.wait_for_goal();
    if (death == Death::during_stop) server->send_signal(SIGTERM);
    const Ending ending = server->end_with(SIGKILL);
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(tally.faults(), "");
    EXPECT_TRUE(ending.signal == SIGKILL || death == Death::during_stop) << ending.error_text;
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
};

TEST_F(KillTest, NothingAcknowledgedIsLostAndNothingIsHalfWritten) {
  for (int round = 0; round < options().rounds; ++round) {
    SCOPED_TRACE("seed " + std::to_string(options().seed) + ", round " + std::to_string(round));
    run_round(any_death());
    if (random_() % 2 == 0) settle_in_process();
    ASSERT_FALSE(HasFailure()) << "the directory is kept: " << directory_;
  }
  settle_in_process();
}

}  // namespace
}  // namespace stator::crash
