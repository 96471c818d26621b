#include "functions/url_invoker.h"

#include <optional>
#include <utility>

#include "streams/json_text.h"

namespace stator {
namespace {

constexpr int kTooManyRequests = 429;

bool is_gateway_error(int status) {
  return status >= 502 && status <= 504;
}

// The runtime interface emulator answers 200 to a function's error, without the header: it is known
// by its members.
bool is_error_document(std::string_view answer) {
  JsonText json(answer);
  if (json.kind() != JsonTextKind::object) return answer.starts_with("Task timed out after ");
  bool has_type = false;
  bool has_message = false;
  for (JsonText::Members member(&json); member.next();) {
    const bool is_text = json.kind() == JsonTextKind::string;
    has_type = has_type || (is_text && member.name() == "errorType");
    has_message = has_message || (is_text && member.name() == "errorMessage");
    json.skip();
  }
  return json.finish() && has_type && has_message;
}

InvocationResult answered(const Invocation& invocation, HttpAnswer answer) {
  const int status = answer.status;
  if (status == kTooManyRequests || is_gateway_error(status)) {
    return not_invoked(invocation, status);
  }
  if (status < 200 || status > 299) {
    InvocationResult failed = invocation_failed(
        invocation, "HttpError", "the URL answered with the status " + std::to_string(status));
    failed.status_code = status;
    return failed;
  }
  const bool failed = !answer.function_error.empty() || is_error_document(answer.body);
  InvocationResult result{
      .outcome = failed ? InvocationOutcome::function_error : InvocationOutcome::succeeded,
      .answer = std::move(answer.body),
      .request_id = invocation.request_id,
      .status_code = status,
      .function_error = std::move(answer.function_error)};
  if (failed && result.function_error.empty()) result.function_error = "Unhandled";
  return result;
}

}  // namespace

InvocationResult invocation_result_of(const Invocation& invocation, HttpAnswer answer,
                                      std::chrono::milliseconds timeout) {
  switch (answer.end) {
    case HttpEnd::unreachable:
      return not_invoked(invocation, 502);
    case HttpEnd::broken:
      return invocation_failed(invocation, "HttpError", "the URL gave no whole answer");
    case HttpEnd::timed_out:
      return invocation_timed_out(invocation, timeout);
    case HttpEnd::too_large:
      return answer_too_large(invocation);
    case HttpEnd::answered:
      break;
  }
  return answered(invocation, std::move(answer));
}

struct UrlInvoker::State {
  struct Running {
    Invocation invocation;
    InvocationDone done;
  };

  const Url url;
  const std::chrono::milliseconds timeout;
  const std::size_t concurrency;
  HttpPoster& poster;
  Mutex mu;
  std::deque<Running> waiting GUARDED_BY(mu) = {};
  std::map<std::uint64_t, Running> running GUARDED_BY(mu) = {};
  std::uint64_t last GUARDED_BY(mu) = 0;
  bool ended GUARDED_BY(mu) = false;

  State(Url the_url, const LambdaFunction& function, HttpPoster* the_poster)
      : url(std::move(the_url)),
        timeout(function.timeout),
        concurrency(function.concurrency),
        poster(*the_poster) {}

  // Takes one that has ended; nullopt: its invoker has, and it was reported.
  std::optional<Running> take(std::uint64_t number) {
    const MutexLock lock(&mu);
    const auto found = running.find(number);
    if (found == running.end()) return std::nullopt;
    Running taken = std::move(found->second);
    running.erase(found);
    return taken;
  }
};

UrlInvoker::UrlInvoker(Url url, const LambdaFunction& function, HttpPoster* poster)
    : state_(std::make_shared<State>(std::move(url), function, poster)) {}

UrlInvoker::~UrlInvoker() {
  std::deque<State::Running> cancelled;
  {
    const MutexLock lock(&state_->mu);
    state_->ended = true;
    cancelled.swap(state_->waiting);
    for (auto& [number, running] : state_->running) cancelled.push_back(std::move(running));
    state_->running.clear();
  }
  for (State::Running& each : cancelled) each.done(not_invoked(each.invocation, 503));
}

void UrlInvoker::invoke(Invocation invocation, InvocationDone done) {
  {
    const MutexLock lock(&state_->mu);
    state_->waiting.push_back({std::move(invocation), std::move(done)});
  }
  start_next(state_);
}

void UrlInvoker::start_next(const std::shared_ptr<State>& state) {
  std::uint64_t number = 0;
  HttpPost post{.url = state->url,
                .body = {},
                .headers = {},
                .timeout = state->timeout,
                .answer_bytes_max = kAnswerBytesMax};
  {
    const MutexLock lock(&state->mu);
    if (state->ended || state->waiting.empty()) return;
    if (state->running.size() >= state->concurrency) return;
    number = ++state->last;
    State::Running& running = state->running[number];
    running = std::move(state->waiting.front());
    state->waiting.pop_front();
    post.body = std::move(running.invocation.event);
    post.headers = {{"X-Amz-Invocation-Type", "RequestResponse"},
                    {"X-Amzn-RequestId", running.invocation.request_id}};
    const std::string& client_context = running.invocation.client_context;
    if (!client_context.empty()) post.headers.emplace_back("X-Amz-Client-Context", client_context);
  }
  state->poster.post(std::move(post), [state, number](HttpAnswer answer) {
    std::optional<State::Running> ended = state->take(number);
    if (!ended) return;
    ended->done(invocation_result_of(ended->invocation, std::move(answer), state->timeout));
    start_next(state);
  });
}

}  // namespace stator
