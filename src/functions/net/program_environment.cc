#include "functions/net/program_environment.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

namespace stator {
namespace {

constexpr int kAccepted = 202;

RuntimeResponse accepted() {
  return {.status = kAccepted, .headers = {}, .body = R"({"status":"OK"})"};
}

RuntimeResponse refused(int status, std::string_view type, std::string_view text) {
  return {.status = status,
          .headers = {},
          .body = "{\"errorMessage\":\"" + std::string(text) + "\",\"errorType\":\"" +
                  std::string(type) + "\"}"};
}

// Programs compare their deadline with the machine's clock, whatever the database's clock says.
TimePoint machine_time() {
  return SystemClock().now();
}

std::vector<std::string> our_environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    variables.emplace_back(*variable);
  }
  return variables;
}

}  // namespace

ProgramEnvironment::ProgramEnvironment(boost::asio::io_context* context,
                                       const LambdaFunction& function, Owner owner)
    : context_(*context), function_(function), owner_(std::move(owner)), deadline_(*context) {}

void ProgramEnvironment::start() {
  state_ = State::starting;
  init_error_.clear();
  auto server =
      RuntimeServer::listen(&context_, [this](RuntimeRequest request, RespondToRuntime respond) {
        serve(std::move(request), std::move(respond));
      });
  if (!server) return fail_start("Runtime.StartError", server.error().message());
  server_ = *std::move(server);
  const auto& program = std::get<ProgramCode>(function_.code);
  auto child = ChildProcess::start(
      &context_,
      {.command = program.command,
       .directory = program.directory,
       .environment = runtime_environment(function_, our_environment(), server_->address())},
      [log = owner_.log, name = function_.name](std::string_view line) {
        log({.level = FunctionLogLine::Level::info,
             .message = "function output",
             .function = name,
             .text = line});
      },
      [this](const std::string& how) { on_exit(how); });
  if (!child) return fail_start("Runtime.StartError", child.error().message());
  child_ = *std::move(child);
  set_deadline(kInitTimeout, &ProgramEnvironment::on_init_timeout);
}

void ProgramEnvironment::give(Invocation invocation, InvocationDone done) {
  state_ = State::busy;
  running_ = Running{std::move(invocation), std::move(done), machine_time() + function_.timeout};
  set_deadline(function_.timeout, &ProgramEnvironment::on_deadline);
  hand_out(std::exchange(next_, nullptr));
}

void ProgramEnvironment::end() {
  if (running_) finish(not_invoked(running_->invocation, 503));
  shut_down();
}

void ProgramEnvironment::serve(RuntimeRequest request, RespondToRuntime respond) {
  const RuntimeCallView call = parse_runtime_call(request.method, request.target);
  switch (call.call) {
    case RuntimeCall::next:
      return on_next(std::move(respond));
    case RuntimeCall::response:
    case RuntimeCall::error:
      return on_answer(call, std::move(request), respond);
    case RuntimeCall::init_error:
      return on_init_error(std::move(request), respond);
    case RuntimeCall::unknown:
      return respond(refused(404, "NotFound", "No such call of the runtime API"));
  }
}

// One that has asked for an event has begun.
void ProgramEnvironment::on_init_error(RuntimeRequest request, const RespondToRuntime& respond) {
  if (state_ != State::starting) {
    return respond(refused(403, "InvalidStateTransition", "Transition from Ready to InitError"));
  }
  init_error_ = std::move(request.body);
  respond(accepted());
}

// A program that asks again while it has an event did not get it: the same one once more.
void ProgramEnvironment::on_next(RespondToRuntime respond) {
  if (running_) return hand_out(respond);
  ++deadlines_;
  failed_starts_ = 0;
  state_ = State::idle;
  next_ = std::move(respond);
  owner_.on_change();
}

void ProgramEnvironment::hand_out(const RespondToRuntime& respond) const {
  respond({.status = 200,
           .headers = invocation_headers(running_->invocation, running_->deadline),
           .body = running_->invocation.event});
}

void ProgramEnvironment::on_answer(const RuntimeCallView& call, RuntimeRequest request,
                                   const RespondToRuntime& respond) {
  if (!running_ || call.request_id != running_->invocation.request_id) {
    return respond(refused(400, "InvalidRequestID", "Invalid request ID"));
  }
  if (request.is_too_large) {
    respond(refused(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size"));
    return finish(answer_too_large(running_->invocation));
  }
  const bool failed = call.call == RuntimeCall::error;
  if (failed && request.body.empty()) {
    respond(accepted());
    return finish(invocation_failed(running_->invocation, "Runtime.Unknown",
                                    "The program says that it failed, and not why."));
  }
  InvocationResult result{
      .outcome = failed ? InvocationOutcome::function_error : InvocationOutcome::succeeded,
      .answer = std::move(request.body),
      .request_id = running_->invocation.request_id,
      .function_error = failed ? "Unhandled" : ""};
  respond(accepted());
  finish(std::move(result));
}

void ProgramEnvironment::set_deadline(std::chrono::milliseconds after,
                                      void (ProgramEnvironment::*passed)()) {
  deadline_.expires_after(after);
  deadline_.async_wait([weak = weak_from_this(), number = ++deadlines_,
                        passed](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self != nullptr && self->deadlines_ == number) (self.get()->*passed)();
  });
}

void ProgramEnvironment::on_init_timeout() {
  fail_start("Sandbox.Timedout", "the program did not ask for an event within " +
                                     std::to_string(kInitTimeout.count()) + " seconds");
}

void ProgramEnvironment::on_deadline() {
  InvocationResult timed_out = invocation_timed_out(running_->invocation, function_.timeout);
  shut_down();
  finish(std::move(timed_out));
  owner_.on_change();
}

void ProgramEnvironment::on_exit(const std::string& how) {
  if (state_ == State::starting) {
    const std::string text = "Runtime exited with error: " + how;
    return fail_start("Runtime.ExitError", init_error_.empty() ? text : init_error_);
  }
  owner_.log({.level = FunctionLogLine::Level::warn,
              .message = "a function's program has ended",
              .function = function_.name,
              .text = how});
  shut_down();
  if (running_) {
    finish(invocation_failed(running_->invocation, "Runtime.ExitError",
                             "RequestId: " + running_->invocation.request_id +
                                 " Error: Runtime exited with error: " + how));
  }
  owner_.on_change();
}

void ProgramEnvironment::fail_start(std::string_view type, std::string_view text) {
  shut_down();
  constexpr int kDoublingsMax = 20;
  const auto delay = kRestartDelay * (1 << std::min(failed_starts_++, kDoublingsMax));
  not_before_ = std::chrono::steady_clock::now() + std::min(delay, kRestartDelayMax);
  owner_.log({.level = FunctionLogLine::Level::warn,
              .message = "a function's program does not start",
              .function = function_.name,
              .text = text});
  owner_.on_failed_start(type, text);
  owner_.on_change();
}

void ProgramEnvironment::finish(InvocationResult result) {
  ++deadlines_;
  const Running ended = *std::exchange(running_, std::nullopt);
  ended.done(std::move(result));
}

void ProgramEnvironment::shut_down() {
  ++deadlines_;
  deadline_.cancel();
  state_ = State::down;
  next_ = nullptr;
  server_.reset();
  child_.reset();
}

}  // namespace stator
