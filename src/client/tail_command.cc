#include "client/tail_command.h"

#include <csignal>
#include <cstdio>
#include <ctime>

#include "base/ending_signals.h"
#include "base/exit_status.h"
#include "client/http_connection.h"
#include "client/stream_tail.h"

namespace stator {
namespace {

constexpr timespec kPause{.tv_sec = 0, .tv_nsec = 200'000'000};

int cannot_open(const Error& error) {
  const bool is_answered = error.code() != ErrorCode::internal;
  return fail(is_answered ? kExitFailed : kExitCannotStart, error.message());
}

void print(std::string_view record) {
  std::fwrite(record.data(), 1, record.size(), stdout);
  std::fputc('\n', stdout);
}

}  // namespace

int run_tail(const TailOptions& options) {
  const std::optional<Url> endpoint = parse_url(options.endpoint);
  if (!endpoint) {
    return fail(kExitCannotStart, "no URL that begins with http://: " + options.endpoint);
  }
  const sigset_t signals = block_ending_signals();
  HttpConnection connection(*endpoint, options.scope);
  const AskDynamo ask = [&connection](std::string_view target, std::string_view body) {
    return connection.call(target, body);
  };
  auto tail = StreamTail::open(ask, options.table,
                               options.from_oldest ? TailFrom::oldest : TailFrom::latest);
  if (!tail) return cannot_open(tail.error());
  do {
    const Result<void> polled = (*tail)->poll(print);
    if (!polled) return end_of_output(fail(kExitFailed, polled.error().message()));
    if (const int status = end_of_output(kExitOk); status != kExitOk) return status;
  } while (!(*tail)->is_over() && sigtimedwait(&signals, nullptr, &kPause) < 0);
  return kExitOk;
}

}  // namespace stator
