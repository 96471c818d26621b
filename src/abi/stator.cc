// The C ABI: the C++ API as functions that neither throw nor hand out anything of C++.
#include "stator/stator.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <new>
#include <utility>

#include "base/time_text.h"
#include "server/clock_option.h"
#include "stator/functions.h"
#include "stator/server.h"

// In the order in which they end, from the last.
struct stator_database {
  std::shared_ptr<stator::ManualClock> manual_clock;  // null: the machine's
  std::unique_ptr<stator::Database> database;
  std::unique_ptr<stator::Functions> functions;
  std::atomic<stator::Functions*> controlled{nullptr};  // the same, once they have started
  std::unique_ptr<stator::Server> server;
};

struct stator_outcome {
  stator::HandlerResult result;
};

namespace stator {
namespace {

struct OwnedError : stator_error {
  explicit OwnedError(std::string text) : text_(std::move(text)) { message = text_.c_str(); }

 private:
  const std::string text_;
};

struct OwnedReply : stator_reply {
  explicit OwnedReply(Reply reply) : reply_(std::move(reply)) {
    status = reply_.status;
    body = reply_.body.c_str();
    body_bytes = reply_.body.size();
  }

 private:
  const Reply reply_;
};

// Is not freed: where there is no memory for an error, there is this one.
stator_error no_memory{"out of memory"};

stator_error* failed(std::string why) {
  return new OwnedError(std::move(why));
}

// One of the places where foreign exceptions end.
template <typename Work>
stator_error* guarded(Work work) noexcept {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return &no_memory;
  } catch (const std::exception& exception) {
    return new (std::nothrow) OwnedError(exception.what());
  }
}

template <typename Work>
stator_reply* replied(Work work) noexcept {
  try {
    return new OwnedReply(work());
  } catch (const std::exception&) {
    return nullptr;
  }
}

std::string_view text_or(const char* text, std::string_view absent) {
  return text == nullptr ? absent : std::string_view(text);
}

// Callers that were built with another size know fewer fields, or more.
Result<stator_options> known_options(const stator_options* options) {
  stator_options known{};
  if (options == nullptr) return known;
  if (options->size < sizeof options->size) {
    return Error(ErrorCode::validation,
                 "the size of stator_options is not set: .size = sizeof(stator_options)");
  }
  std::memcpy(&known, options, std::min(options->size, sizeof known));
  return known;
}

Result<std::unique_ptr<stator_database>> open(const stator_options* said) {
  const stator_options options = TRY(known_options(said));
  auto opened = std::make_unique<stator_database>();
  const std::shared_ptr<Clock> clock = TRY(parse_clock(text_or(options.clock, "machine")));
  opened->manual_clock = std::dynamic_pointer_cast<ManualClock>(clock);
  OpenResult result = Database::open(
      {.directory = std::string(text_or(options.directory, "")),
       .durability = options.is_power_durable != 0 ? Durability::power : Durability::process,
       .clock = clock,
       .seed = options.seed});
  if (!result.database) return Error(ErrorCode::internal, result.error);
  opened->database = std::move(result.database);
  return opened;
}

Handler handler_of(const stator_handler& handler) {
  return [handle = handler.handle, context = handler.context](std::string_view event) {
    const std::string text(event);
    stator_outcome outcome;
    handle(context, text.c_str(), text.size(), &outcome);
    return std::move(outcome.result);
  };
}

// One of the places where foreign exceptions end: what there is no memory for is a failure, whose
// word needs none.
template <typename Say>
void say(stator_outcome* outcome, const Say& what) noexcept try {
  what(&outcome->result);
} catch (const std::bad_alloc&) {
  outcome->result.error_type = "Error";
}

ControlCall control_call(std::string_view method, std::string_view path, std::string_view json) {
  const std::size_t mark = std::min(path.find('?'), path.size());
  return {.method = method,
          .path = path.substr(0, mark),
          .body = json,
          .query = path.substr(std::min(mark + 1, path.size()))};
}

void control(const stator_database& database, const ControlCall& call, Reply* reply) {
  Functions* const functions = database.controlled.load();
  if (functions != nullptr) return functions->control(call, reply);
  database.database->control(call, reply);
}

}  // namespace
}  // namespace stator

using namespace stator;

int32_t stator_abi_version(void) {
  return STATOR_ABI_VERSION;
}

const char* stator_version(void) {
  return version().data();
}

void stator_free_error(stator_error* error) {
  if (error != &no_memory) delete static_cast<OwnedError*>(error);
}

stator_error* stator_open(const stator_options* options, stator_database** database) {
  *database = nullptr;
  return guarded([&]() -> stator_error* {
    Result<std::unique_ptr<stator_database>> opened = open(options);
    if (!opened) return failed(opened.error().message());
    *database = opened->release();
    return nullptr;
  });
}

void stator_close(stator_database* database) {
  // Or what waits because of them would be waited for.
  if (database != nullptr) database->database->remove_faults();
  delete database;
}

stator_reply* stator_call(stator_database* database, const char* operation, const char* json,
                          size_t json_bytes) {
  return replied([&] { return database->database->call(operation, {json, json_bytes}); });
}

stator_reply* stator_control(stator_database* database, const char* method, const char* path,
                             const char* json) {
  return replied([&] {
    Reply reply;
    control(*database, control_call(method, path, text_or(json, "")), &reply);
    return reply;
  });
}

void stator_free_reply(stator_reply* reply) {
  delete static_cast<OwnedReply*>(reply);
}

stator_error* stator_serve(stator_database* database, uint16_t port, const char** endpoint) {
  return guarded([&]() -> stator_error* {
    if (database->server) return failed("serves already on " + database->server->endpoint());
    ServerResult started = Server::start(database->database.get(),
                                         {.port = port, .functions = database->functions.get()});
    if (!started.server) return failed(std::move(started.error));
    database->server = std::move(started.server);
    *endpoint = database->server->endpoint().c_str();
    return nullptr;
  });
}

void stator_answer(stator_outcome* outcome, const char* json) {
  say(outcome, [&](HandlerResult* result) { result->answer = json; });
}

void stator_fail(stator_outcome* outcome, const char* type, const char* message) {
  say(outcome, [&](HandlerResult* result) {
    result->error_type = *type == '\0' ? "Error" : type;
    result->error_message = message;
  });
}

stator_error* stator_on_change(stator_database* database, const char* json,
                               const stator_handler* handlers, size_t handler_count) {
  return guarded([&]() -> stator_error* {
    if (database->functions) return failed("handlers are there already");
    if (database->server) return failed("handlers come before the database is served");
    FunctionsOptions options{.file = json};
    for (size_t i = 0; i < handler_count; ++i) {
      options.handlers.emplace(handlers[i].name, handler_of(handlers[i]));
    }
    FunctionsResult started = Functions::start(database->database.get(), std::move(options));
    if (!started.functions) return failed(std::move(started.error));
    database->functions = std::move(started.functions);
    database->controlled = database->functions.get();
    return nullptr;
  });
}

stator_error* stator_advance_clock(stator_database* database, int64_t milliseconds) {
  return guarded([&]() -> stator_error* {
    ManualClock* const clock = database->manual_clock.get();
    if (clock == nullptr) return failed("the clock is the machine's, which nobody moves");
    if (milliseconds < 0) return failed("a clock is not moved back");
    const std::chrono::milliseconds by(milliseconds);
    // Not every number of milliseconds is one of microseconds.
    const auto most = std::chrono::floor<std::chrono::milliseconds>(kTimeMax - clock->now());
    if (by > most || !clock->advance(by)) return failed("no clock goes beyond the year 9999");
    return nullptr;
  });
}
