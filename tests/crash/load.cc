#include "load.h"

#include <stdexcept>

namespace stator::crash {
namespace {

Json parsed(const std::string& operation, int status, const std::string& body) {
  if (status != 200) throw std::logic_error(operation + " was refused: " + body);
  return Json::parse(body);
}

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

}  // namespace

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

void Tally::count() {
  const std::lock_guard lock(mu_);
  if (left_ > 0) --left_;
  changed_.notify_all();
}

void Tally::writer_ended(const std::string& fault) {
  const std::lock_guard lock(mu_);
  --running_;
  if (!fault.empty()) faults_ += fault + "\n";
  changed_.notify_all();
}

void Tally::wait_for_goal() {
  std::unique_lock lock(mu_);
  changed_.wait(lock, [&] { return left_ == 0 || running_ == 0; });
}

std::string Tally::faults() {
  const std::lock_guard lock(mu_);
  return faults_;
}

std::vector<std::thread> start_load(std::vector<Writer>* writers, const std::string& port,
                                    Tally* tally) {
  std::vector<std::thread> threads;
  for (Writer& writer : *writers) {
    threads.emplace_back(write_until_the_end, &writer, port, tally);
  }
  return threads;
}

}  // namespace stator::crash
