// The engine of a database, for the layers that stand above the operations.
#pragma once

#include "api/engine.h"
#include "stator/database.h"

namespace stator {

struct DatabaseEngine {
  // Good as long as the database.
  static Engine& of(const Database& database);
};

}  // namespace stator
