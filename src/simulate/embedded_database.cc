#include "simulate/embedded_database.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/exceptions.h"
#include "api/json_writer.h"
#include "api/operations.h"
#include "api/table_access.h"
#include "base/ascii.h"
#include "base/check.h"

namespace stator {
namespace {

// Where a message names the member that is wrong: as a broken constraint does, "Value .. at
// 'keySchema' failed ..", or as it stands in the request.
std::size_t mention(std::string_view message, const std::string& member) {
  std::string constraint = " at '" + member;
  char& first = constraint[constraint.size() - member.size()];
  first = ascii_lower(first);
  return std::min(message.find(constraint), message.find(member));
}

// The member of a request that a message names first; the request where it names none.
FilePlace place_of(const ControlRequest& request, std::string_view message) {
  std::size_t first = std::string_view::npos;
  FilePlace place = request.place;
  for (const auto& [member, line] : request.place.lines) {
    const std::size_t at = mention(message, member);
    if (at >= first) continue;
    first = at;
    place = request.place.member(member);
  }
  return place;
}

}  // namespace

Result<std::unique_ptr<EmbeddedDatabase>> EmbeddedDatabase::open(const Workload& workload) {
  std::unique_ptr<EmbeddedDatabase> database(new EmbeddedDatabase());
  Engine& engine = database->engine_;
  database->clock_ = std::make_shared<ManualClock>(workload.start);
  engine.clock = database->clock_;
  {
    const MutexLock lock(&engine.random_mu);
    engine.random = Random(workload.seed);
  }
  TRY(engine.open({}));
  engine.capacity.open({.catalog = engine.catalog.get(),
                        .store = engine.store.get(),
                        .mode = CapacityMode::enforce,
                        .burst = workload.burst},
                       workload.start);
  database->refresh();
  return database;
}

Result<void> EmbeddedDatabase::run(std::string_view operation, const ControlRequest& request,
                                   TimePoint now) {
  clock_->advance(now - clock_->now());
  const Operation* const found = find_operation(operation);
  CHECK(found != nullptr);
  Scratch scratch;
  scratch.body.reserve(request.json.size() + kBodyPadding);
  scratch.body.assign(request.json);
  Call call;
  call.operation = operation;
  call.body = scratch.body;
  std::string reply;
  JsonWriter json(&reply);
  const Result<void> result = found->run(
      {.engine = engine_, .call = call, .json = scratch.body, .scratch = scratch, .now = now},
      &json);
  refresh();
  if (result) return {};
  const Error& error = result.error();
  return validation_error(
      place_of(request, error.message())
          .fault(fmt::format("{}: {}", exception_of(error.code()).name, error.message())));
}

Result<void> EmbeddedDatabase::set_mode(const TableSetup& setup, TimePoint now) {
  return engine_.capacity.set_mode(setup.name, setup.mode, now);
}

const TableDefinition& EmbeddedDatabase::find(std::string_view table) const {
  const auto found = catalog_->tables().find(std::pair(space_of(Caller()), table));
  CHECK(found != catalog_->tables().end());
  return found->second->definition;
}

bool EmbeddedDatabase::refresh() {
  CatalogSnapshot newest = engine_.catalog->snapshot();
  if (newest == catalog_) return false;
  catalog_ = std::move(newest);
  return true;
}

ThrottledArms EmbeddedDatabase::write(const TableDefinition& table,
                                      std::span<const CapacityUse> uses, TimePoint now) {
  const CapacityMeter meter = engine_.capacity.meter(table, now);
  ThrottledArms throttled = meter.admit_write(uses, now);
  meter.apply_growth(now);
  return throttled;
}

ThrottledArms EmbeddedDatabase::read(const TableDefinition& table, const CapacityUse& use,
                                     TimePoint now) {
  const CapacityMeter meter = engine_.capacity.meter(table, now);
  ThrottledArms throttled = meter.take_read(use, now);
  if (throttled.empty()) meter.apply_growth(now);
  return throttled;
}

}  // namespace stator
