// A Database for tests of the server, linked in place of the layer api. It answers with what it was
// asked, one line a fact, and to the operation "Bytes" with as many bytes as the body says. And
// Functions, which answer from a thread of their own; what is asked at /2015-03-31/hang they answer
// when they end.
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "stator/database.h"
#include "stator/functions.h"

namespace stator {

class Database::State {
 public:
  std::string storage;
};

OpenResult Database::open(DatabaseOptions options) {
  if (options.directory == "/unusable") return {nullptr, "cannot use the directory /unusable"};
  auto state = std::make_unique<State>();
  state->storage = options.directory.empty() ? "memory" : options.directory;
  return {std::unique_ptr<Database>(new Database(std::move(state))), ""};
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}

Database::~Database() = default;

Reply Database::call(std::string_view operation, std::string_view json) {
  Reply reply;
  call({.operation = operation, .body = json, .caller = {}}, &reply);
  return reply;
}

void Database::call(const Call& call, Reply* reply) {
  reply->status = call.refusal == nullptr ? 200 : 400;
  if (call.operation.ends_with(".Throw")) throw std::runtime_error("as told");
  if (call.operation.ends_with(".Bytes")) {
    reply->body.assign(std::strtoul(std::string(call.body).c_str(), nullptr, 10), 'x');
    return;
  }
  reply->body = "operation " + std::string(call.operation) + "\naccess_key " +
                std::string(call.caller.access_key) + "\nregion " +
                std::string(call.caller.region) + "\nhost " + std::string(call.host);
  if (call.readable_bytes < call.body.size() + kBodyPadding) reply->body += "\nno padding";
  if (call.refusal != nullptr) {
    reply->body += "\nrefusal " + std::string(call.refusal->type) + " " + call.refusal->message;
  }
  reply->body += "\nbody " + std::string(call.body);
}

void Database::control(const ControlCall& call, Reply* reply) {
  reply->status = call.query == "fail" ? 400 : 200;
  reply->body = "control " + std::string(call.method) + " " + std::string(call.path) + "\nquery " +
                std::string(call.query) + "\nbody " + std::string(call.body);
}

bool Database::may_wait() const {
  return false;
}

void Database::remove_faults() {}

std::string_view Database::storage() const {
  return state_->storage;
}

class Functions::State {
 public:
  std::mutex mu;
  std::vector<std::thread> threads;
  std::vector<AnswerLambda> hanging;
};

FunctionsResult Functions::start(Database*, FunctionsOptions) {
  return {std::unique_ptr<Functions>(new Functions(std::make_unique<State>())), ""};
}

Functions::Functions(std::unique_ptr<State> state) : state_(std::move(state)) {}

Functions::~Functions() {
  const std::lock_guard lock(state_->mu);
  for (std::thread& thread : state_->threads) thread.join();
  for (const AnswerLambda& done : state_->hanging) done({.status = 503});
}

bool Functions::is_lambda_path(std::string_view path) {
  return path.starts_with("/2015-03-31/");
}

void Functions::call(const LambdaCall& call, AnswerLambda done) {
  const std::lock_guard lock(state_->mu);
  if (call.path.ends_with("/hang")) {
    state_->hanging.push_back(std::move(done));
    return;
  }
  LambdaReply reply{.status = 202,
                    .headers = {{"X-Amz-Function-Error", "Handled"}},
                    .body = std::string(call.method) + " " + std::string(call.path) + " " +
                            std::string(call.query) + " " + std::string(call.invocation_type) +
                            std::string(call.log_type) + std::string(call.client_context) +
                            (call.is_local     ? " local "
                             : call.has_origin ? " page "
                                               : " remote ") +
                            std::string(call.body)};
  state_->threads.emplace_back([done = std::move(done), reply = std::move(reply)] { done(reply); });
}

void Functions::control(const ControlCall& call, Reply* reply) {
  reply->body = "functions " + std::string(call.path);
}

std::string_view version() {
  return "0.0.0";
}

}  // namespace stator
