#include "simulate/simulation.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "simulate/embedded_database.h"
#include "simulate/event_queue.h"
#include "simulate/json_document.h"
#include "simulate/load_run.h"
#include "simulate/simulation_record.h"

namespace stator {
namespace {

struct RunningTable {
  const TableSetup* setup = nullptr;
  std::unique_ptr<SimulatedTable> table;
  SimulationRecord::TableView view;
};

struct RunningLoad {
  LoadRun run;
  std::size_t table;
};

// A workload under way. A resource of one thread.
class Simulation {
 public:
  Simulation(const Workload& workload, AttemptObserver* observer)
      : workload_(workload), observer_(observer), record_(workload), now_(workload.start) {}

  Result<void> run() {
    database_ = TRY(EmbeddedDatabase::open(workload_));
    for (const TableSetup& setup : workload_.tables) {
      TRY(database_->run("CreateTable", setup.create, now_));
      TRY(database_->set_mode(setup, now_));
    }
    for (const TableSetup& setup : workload_.tables) TRY(add_table(setup));
    for (const Phase& phase : workload_.phases) TRY(run_phase(phase));
    record_.end();
    return {};
  }

  // After the run.
  bool may_hide_demand() const { return record_.may_hide_demand(workload_, views()); }

  // Once, after the run.
  //   unthrottled  the same, run with nothing refused, or null
  SimulationReport report(const Simulation* unthrottled);

 private:
  Result<void> add_table(const TableSetup& setup);
  // Takes over the definitions of a catalog that has changed.
  void follow_catalog(bool by_settings);

  Result<void> run_phase(const Phase& phase);
  Result<void> begin_phase(const Phase& phase);
  void begin_load(const Load& load, const LoadRun::Span& span);
  void run_until(TimePoint end);
  // The load of this phase whose next request comes first.
  std::optional<std::size_t> next_arriving() const;
  void move_to(TimePoint now);

  void arrive(std::size_t load);
  void resume(PendingRequest pending);
  void attempt(PendingRequest pending);
  ThrottledArms admit(const RunningTable& table, const SimulatedRequest& request,
                      const RequestCost& cost);
  // What the client does next.
  AttemptEnd answer(PendingRequest pending, bool throttled);
  void free_worker(std::size_t load, TimePoint at);
  std::vector<SimulationRecord::TableView> views() const;

  const Workload& workload_;
  AttemptObserver* const observer_;
  std::unique_ptr<EmbeddedDatabase> database_;
  std::vector<RunningTable> tables_;
  SimulationRecord record_;
  std::deque<RunningLoad> loads_;         // of all phases so far
  std::vector<std::size_t> first_loads_;  // of each phase
  EventQueue queue_;
  TimePoint now_;
};

std::vector<const Load*> loads_on(const Workload& workload, const TableSetup& setup) {
  std::vector<const Load*> loads;
  for (const Phase& phase : workload.phases) {
    for (const Load& load : phase.loads) {
      if (load.table == setup.name) loads.push_back(&load);
    }
  }
  return loads;
}

Result<void> Simulation::add_table(const TableSetup& setup) {
  RunningTable added;
  added.setup = &setup;
  added.view.definition = &database_->find(setup.name);
  added.table = TRY(SimulatedTable::make(setup, loads_on(workload_, setup), *added.view.definition,
                                         workload_.seed));
  added.view.global_indexes = &added.table->global_indexes();
  added.view.first_resource = record_.add_table(added.view);
  tables_.push_back(std::move(added));
  return {};
}

void Simulation::follow_catalog(bool by_settings) {
  for (RunningTable& each : tables_) {
    each.view.definition = &database_->find(each.setup->name);
    each.table->follow(*each.view.definition);
    record_.change_table(each.view, by_settings);
  }
}

void Simulation::begin_load(const Load& load, const LoadRun::Span& span) {
  const auto table = std::find_if(tables_.begin(), tables_.end(), [&](const RunningTable& each) {
    return each.setup->name == load.table;
  });
  // Loads are numbered; streams of neighbouring numbers have nothing in common.
  const std::uint64_t seed = Random(workload_.seed + loads_.size()).next();
  loads_.push_back({LoadRun(load, *table->table, span, seed),
                    static_cast<std::size_t>(table - tables_.begin())});
  if (!load.workers) return;
  for (std::uint32_t i = 0; i < load.workers->workers; ++i) {
    free_worker(loads_.size() - 1, span.start);
  }
}

Result<void> Simulation::begin_phase(const Phase& phase) {
  move_to(now_);
  for (const ControlRequest& update : phase.updates) {
    TRY(database_->run("UpdateTable", update, now_));
    follow_catalog(true);
  }
  first_loads_.push_back(loads_.size());
  for (const Load& load : phase.loads) begin_load(load, {now_, phase.duration});
  return {};
}

Result<void> Simulation::run_phase(const Phase& phase) {
  PhaseReport report;
  report.name = phase.name;
  report.start = std::chrono::duration<double>(now_ - workload_.start).count();
  report.seconds = std::chrono::duration<double>(phase.duration).count();
  for (const ControlRequest& update : phase.updates)
    report.changes.push_back(json_on_one_line(update.json));
  const TimePoint end = now_ + phase.duration;
  TRY(begin_phase(phase));
  run_until(end);
  now_ = end;
  record_.end_phase(std::move(report));
  return {};
}

void Simulation::move_to(TimePoint now) {
  now_ = now;
  record_.move_to(now);
}

std::optional<std::size_t> Simulation::next_arriving() const {
  std::optional<std::size_t> first;
  for (std::size_t i = first_loads_.back(); i < loads_.size(); ++i) {
    const std::optional<TimePoint> next = loads_[i].run.next_arrival();
    if (next && (!first || *next < *loads_[*first].run.next_arrival())) first = i;
  }
  return first;
}

void Simulation::run_until(TimePoint end) {
  while (true) {
    const std::optional<std::size_t> arriving = next_arriving();
    const TimePoint arrival = arriving ? *loads_[*arriving].run.next_arrival() : end;
    const TimePoint next = queue_.empty() ? arrival : std::min(arrival, queue_.next_time());
    if (next >= end) return;
    move_to(next);
    if (arrival > next) {
      resume(queue_.take());
    } else {
      arrive(*arriving);
    }
  }
}

void Simulation::arrive(std::size_t load) {
  LoadRun& run = loads_[load].run;
  run.advance_arrival();
  attempt({.load = load, .attempts = 0, .began = now_, .request = run.next_request()});
}

void Simulation::resume(PendingRequest pending) {
  LoadRun& run = loads_[pending.load].run;
  if (pending.attempts == 0) {
    if (run.is_over(now_)) return;
    pending.began = now_;
    pending.request = run.next_request();
  } else {
    run.retried();
  }
  attempt(std::move(pending));
}

ThrottledArms Simulation::admit(const RunningTable& table, const SimulatedRequest& request,
                                const RequestCost& cost) {
  const TableDefinition& definition = *table.view.definition;
  if (!is_write(request.operation)) return database_->read(definition, cost.uses.front(), now_);
  ThrottledArms throttled = database_->write(definition, cost.uses, now_);
  if (throttled.empty()) table.table->apply();
  return throttled;
}

void Simulation::attempt(PendingRequest pending) {
  const RunningTable& table = tables_[loads_[pending.load].table];
  const RequestCost& cost = table.table->plan(pending.request);
  const ThrottledArms throttled = admit(table, pending.request, cost);
  if (observer_ != nullptr) {
    observer_->see({now_, pending.request, *table.table, cost, throttled});
  }
  const SimulationRecord::Attempt attempt{.table = table.view,
                                          .is_write = is_write(pending.request.operation),
                                          .is_first = pending.attempts == 0,
                                          .cost = cost,
                                          .throttled = throttled};
  record_.count(attempt);
  ++pending.attempts;
  record_.count(attempt, answer(std::move(pending), !throttled.empty()));
  if (database_->refresh()) follow_catalog(false);
}

AttemptEnd Simulation::answer(PendingRequest pending, bool throttled) {
  LoadRun& run = loads_[pending.load].run;
  const std::optional<std::chrono::microseconds> wait = run.answered(
      {.throttled = throttled, .attempts = pending.attempts, .waited = now_ - pending.began});
  if (wait) {
    queue_.add(now_ + *wait, std::move(pending));
    return AttemptEnd::retried;
  }
  if (run.load().workers) free_worker(pending.load, now_ + run.load().workers->latency);
  return throttled ? AttemptEnd::given_up : AttemptEnd::succeeded;
}

void Simulation::free_worker(std::size_t load, TimePoint at) {
  queue_.add(at, {.load = load, .attempts = 0, .began = at, .request = {}});
}

std::vector<SimulationRecord::TableView> Simulation::views() const {
  std::vector<SimulationRecord::TableView> views;
  for (const RunningTable& table : tables_) views.push_back(table.view);
  return views;
}

SimulationReport Simulation::report(const Simulation* unthrottled) {
  SimulationReport report =
      record_.finish(workload_, views(), unthrottled == nullptr ? nullptr : &unthrottled->record_);
  first_loads_.push_back(loads_.size());
  for (std::size_t i = 0; i < report.phases.size(); ++i) {
    for (std::size_t load = first_loads_[i]; load < first_loads_[i + 1]; ++load) {
      report.phases[i].loads.push_back(loads_[load].run.report());
    }
  }
  return report;
}

Workload without_throttles(Workload workload) {
  for (TableSetup& table : workload.tables) table.mode = CapacityMode::off;
  return workload;
}

}  // namespace

Result<SimulationReport> simulate(const Workload& workload, AttemptObserver* observer) {
  Simulation simulation(workload, observer);
  TRY(simulation.run());
  if (!simulation.may_hide_demand()) return simulation.report(nullptr);
  const Workload open = without_throttles(workload);
  Simulation unthrottled(open, nullptr);
  TRY(unthrottled.run());
  return simulation.report(&unthrottled);
}

}  // namespace stator
