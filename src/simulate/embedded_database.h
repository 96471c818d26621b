// The database that a simulation runs against: a real engine in memory, whose clock the simulation
// moves. Tables are made and changed by requests; items are not stored, but their requests pass
// the admission of real ones.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/engine.h"
#include "api/table_capacity.h"
#include "base/result.h"
#include "simulate/workload.h"

namespace stator {

// A resource of one thread.
class EmbeddedDatabase {
 public:
  // errors  internal
  static Result<std::unique_ptr<EmbeddedDatabase>> open(const Workload& workload);

  // Runs CreateTable or UpdateTable at `now`, which is never before that of the last call.
  //   errors  validation, "LINE: MEMBER: EXCEPTION: text"
  Result<void> run(std::string_view operation, const ControlRequest& request, TimePoint now);

  // Whether the table throttles.
  Result<void> set_mode(const TableSetup& setup, TimePoint now);

  // The newest definitions. They change with run(), and with a request that made a table grow.
  const CatalogSnapshot& catalog() const { return catalog_; }
  const TableDefinition& find(std::string_view table) const;

  // Admission and charge of a request on a table of the catalog, as api/run_write.h and
  // api/run_read.h do it.
  ThrottledArms write(const TableDefinition& table, std::span<const CapacityUse> uses,
                      TimePoint now);
  ThrottledArms read(const TableDefinition& table, const CapacityUse& use, TimePoint now);

  // Looks at the catalog again; whether it changed.
  bool refresh();

 private:
  EmbeddedDatabase() = default;

  std::shared_ptr<ManualClock> clock_;
  Engine engine_;
  CatalogSnapshot catalog_;
};

}  // namespace stator
