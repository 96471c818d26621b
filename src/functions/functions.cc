// The embedding API of functions.
#include "stator/functions.h"

#include <future>
#include <utility>

#include "api/control.h"
#include "api/database_engine.h"
#include "api/table_access.h"
#include "functions/function_metrics.h"
#include "functions/function_service.h"
#include "functions/store_rows.h"
#include "functions/store_source.h"

namespace stator {
namespace {

constexpr std::string_view kFailuresPath = "/_stator/failures";
constexpr std::string_view kMetricsPath = "/metrics";
constexpr std::string_view kResetPath = "/_stator/reset";

// How often a clock that is no machine's is looked at, whoever moves it.
constexpr std::chrono::milliseconds kLookAtClockEvery{20};

}  // namespace

class Functions::State {
 public:
  State(Database* the_database, Engine* engine)
      : database(*the_database),
        isolation(engine->isolation),
        rows(engine->store.get()),
        source(engine) {}

  Result<void> start(FunctionsOptions options, const Engine& engine);
  void show_failures(Reply* reply) const;

  Database& database;
  const Isolation isolation;
  StoreFunctionRows rows;
  StoreRecordSource source;
  std::unique_ptr<FunctionService> service;  // before the two, which it uses to its end
};

Result<void> Functions::State::start(FunctionsOptions options, const Engine& engine) {
  FunctionsFile file;
  if (!options.file.empty()) file = TRY(parse_functions_file(options.file));
  FunctionServiceParts parts{.rows = rows,
                             .source = source,
                             .clock = *engine.clock,
                             .log = std::move(options.log),
                             .seed = options.seed,
                             .file = std::move(file),
                             .handlers = std::move(options.handlers),
                             .failure_handlers = std::move(options.failure_handlers),
                             .look_at_clock_every = {}};
  if (dynamic_cast<const SystemClock*>(engine.clock.get()) == nullptr) {
    parts.look_at_clock_every = kLookAtClockEvery;
  }
  service = TRY(FunctionService::start(std::move(parts)));
  return {};
}

void Functions::State::show_failures(Reply* reply) const {
  const Result<std::vector<std::string>> documents = service->failures();
  if (!documents) return refuse_control(500, documents.error().message(), reply);
  reply->status = 200;
  reply->body = R"({"failures":[)";
  for (const std::string& document : *documents) {
    if (&document != &documents->front()) reply->body += ',';
    reply->body += document;
  }
  reply->body += "]}";
}

FunctionsResult Functions::start(Database* database, FunctionsOptions options) {
  Engine& engine = DatabaseEngine::of(*database);
  auto state = std::make_unique<State>(database, &engine);
  const Result<void> started = state->start(std::move(options), engine);
  if (!started) return {nullptr, started.error().message()};
  return {std::unique_ptr<Functions>(new Functions(std::move(state))), ""};
}

Functions::Functions(std::unique_ptr<State> state) : state_(std::move(state)) {}
Functions::~Functions() = default;

bool Functions::is_lambda_path(std::string_view path) {
  return LambdaApi::is_for(path);
}

void Functions::call(const LambdaCall& call, AnswerLambda done) {
  if (state_->isolation == Isolation::shared) {
    return state_->service->answer(call, std::move(done));
  }
  const std::string space =
      isolated_space({.access_key = call.access_key, .region = call.region, .space = {}});
  LambdaCall isolated = call;
  isolated.space = space;
  state_->service->answer(isolated, std::move(done));
}

LambdaReply Functions::call(const LambdaCall& asked) {
  std::promise<LambdaReply> answered;
  call(asked, [&answered](LambdaReply reply) { answered.set_value(std::move(reply)); });
  return answered.get_future().get();
}

void Functions::control(const ControlCall& call, Reply* reply) {
  if (call.path == kFailuresPath) {
    if (call.method != "GET") return refuse_control(405, "not a method of this path", reply);
    return state_->show_failures(reply);
  }
  state_->database.control(call, reply);
  if (reply->status != 200) return;
  if (call.path == kMetricsPath) {
    append_function_metrics(state_->service->metrics(), &reply->body);
  } else if (call.path == kResetPath) {
    const Result<void> done = state_->service->reset();
    if (!done) refuse_control(500, done.error().message(), reply);
  }
}

}  // namespace stator
