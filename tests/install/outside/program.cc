// Asks an embedded database for its tables, over HTTP as well, and prints them.
#include <iostream>

#include "stator/database.h"
#include "stator/functions.h"
#include "stator/server.h"
#include "stator/simulation.h"

int main() {
  const auto clock = std::make_shared<stator::ManualClock>(stator::TimePoint());
  const auto database = stator::Database::open({.clock = clock}).database;
  clock->advance(std::chrono::hours(1));
  stator::Reply time;
  database->control({.method = "GET", .path = "/_stator/clock", .body = {}}, &time);
  if (time.body.find("manual") == std::string::npos) return 1;
  if (!stator::Functions::start(database.get(), {}).functions) return 1;
  if (!stator::Server::start(database.get(), {}).server) return 1;
  if (stator::simulate_workload("{", "none.json").error.empty()) return 1;
  std::cout << database->call("ListTables", "{}").body << "\n";
}
