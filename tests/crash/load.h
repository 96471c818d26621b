// Clients that write to a server until it dies.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "http_client.h"
#include "stator/database.h"
#include "writer.h"

namespace stator::crash {

Ask ask_server(support::HttpClient* client);
Ask ask_database(Database* database);

// Tells the killer when enough writes are acknowledged. Thread-safe.
class Tally {
 public:
  Tally(std::size_t goal, std::size_t writers) : left_(goal), running_(writers) {}

  void count();
  //   fault  empty: the server was gone
  void writer_ended(const std::string& fault);
  // Returns also when no writer is left.
  void wait_for_goal();
  // What went wrong, a line each.
  std::string faults();

 private:
  std::mutex mu_;
  std::condition_variable changed_;
  std::size_t left_;
  std::size_t running_;
  std::string faults_;
};

// A thread for each writer; they end when the server is gone.
std::vector<std::thread> start_load(std::vector<Writer>* writers, const std::string& port,
                                    Tally* tally);

}  // namespace stator::crash
