// The command `stator serve`: a database and a server from start to signal.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/exit_status.h"
#include "base/log.h"
#include "server/http_server.h"
#include "stator/database.h"

namespace stator {

struct ServeOptions {
  HttpServerOptions http;      // its threads are those below
  std::optional<int> threads;  // of I/O; null: default_io_threads
  DatabaseOptions database;
  LogOptions log;
  Admin admin = Admin::loopback;
  std::string functions_file;  // its path; empty: none
  HealthAnswer health = HealthAnswer::aws;
  bool until_eof = false;  // end as on SIGTERM when standard input does
  std::string banner{};    // printed on stdout before the line that says it is ready
};

// How many threads answer requests when nobody says.
int default_io_threads(Durability durability);

// When this process began, for what it says of its start.
struct ProcessStart {
  std::chrono::steady_clock::time_point main_entered;
  std::chrono::nanoseconds age{0};  // what had passed of its life then
};

// Serves until SIGTERM or SIGINT; returns the process's exit status. Prints one line on stdout when
// it is ready, or one on stderr that says why it cannot start; then nothing on disk has changed.
// Called before the process has another thread: it blocks the signals in all of them.
int serve(const ServeOptions& options, const ProcessStart& start);

}  // namespace stator
