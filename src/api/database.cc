// The embedding API over the operations.
#include "stator/database.h"

#include "api/engine.h"
#include "api/exceptions.h"
#include "api/json_writer.h"
#include "api/operations.h"
#include "storage/check.h"

namespace stator {
namespace {

// Lends scratch memory for a scope.
class LentScratch {
 public:
  explicit LentScratch(ScratchPool* pool) : pool_(*pool), scratch_(pool->take()) {}
  LentScratch(const LentScratch&) = delete;
  LentScratch& operator=(const LentScratch&) = delete;
  ~LentScratch() { pool_.give_back(std::move(scratch_)); }

  Scratch& operator*() const { return *scratch_; }

 private:
  ScratchPool& pool_;
  std::unique_ptr<Scratch> scratch_;
};

// The body with the padding that the JSON reader wants; copied only where it has none.
std::string_view padded_body(const Call& call, std::string* copy) {
  if (call.readable_bytes >= call.body.size() + kBodyPadding) return call.body;
  copy->reserve(call.body.size() + kBodyPadding);
  copy->assign(call.body);
  return *copy;
}

void write_exception(const ExceptionRow& row, const Error& error, Reply* reply) {
  reply->status = row.status;
  JsonWriter json(&reply->body);
  json.begin_object();
  json.member("__type", std::string(row.space) + std::string(row.name));
  if (!error.message().empty()) json.member(row.text_member, error.message());
  if (!error.item().empty()) {
    json.member("Item");
    json.attributes(ItemView::trusted(error.item()).attributes());
  }
  json.end_object();
  json.finish();
}

void write_refusal(const Refusal& refusal, Reply* reply) {
  write_exception({ErrorCode::access_denied, kCoralNamespace, refusal.type, 400, "message"},
                  Error(ErrorCode::access_denied, refusal.message), reply);
}

// An operation may have stopped before it had read everything: malformed JSON comes first.
Error final_error(Error error, const Context& context) {
  const bool about_types = error.code() == ErrorCode::serialization && !error.message().empty();
  if (about_types && !context.scratch.reader.is_well_formed(context.json)) return malformed_json();
  return error;
}

void answer(const Context& context, Reply* reply) {
  const Call& call = context.call;
  const Operation* const operation = find_operation(call.operation);
  if (operation == nullptr || call.refusal != nullptr) {
    if (!context.scratch.reader.is_well_formed(context.json)) {
      return write_exception(exception_of(ErrorCode::serialization), malformed_json(), reply);
    }
    if (operation != nullptr) return write_refusal(*call.refusal, reply);
    return write_exception(exception_of(ErrorCode::unknown_operation),
                           Error(ErrorCode::unknown_operation, ""), reply);
  }
  JsonWriter json(&reply->body);
  Result<void> result = operation->run(context, &json);
  json.finish();
  if (result) return;
  reply->body.clear();
  const Error error = final_error(std::move(result).error(), context);
  write_exception(exception_of(error.code()), error, reply);
}

CheckResult check(const Store& store) {
  Result<CheckReport> report = check_store(store);
  if (!report) return {{}, report.error().message()};
  return {*std::move(report), ""};
}

}  // namespace

class Database::State {
 public:
  Engine engine;
};

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::~Database() = default;

OpenResult Database::open(DatabaseOptions options) {
  auto state = std::make_unique<State>();
  Engine& engine = state->engine;
  engine.clock = options.clock ? options.clock : std::make_shared<SystemClock>();
  engine.transitions = options.transitions;
  {
    const MutexLock lock(&engine.random_mu);
    engine.random = Random(options.seed != 0 ? options.seed : entropy_seed());
  }
  Result<std::unique_ptr<Store>> store =
      Store::open({.directory = std::move(options.directory),
                   .sync_commits = options.durability == Durability::power});
  if (!store) return {nullptr, store.error().message()};
  engine.store = *std::move(store);
  Result<std::unique_ptr<CatalogStore>> catalog = CatalogStore::open(engine.store.get());
  if (!catalog) return {nullptr, catalog.error().message()};
  engine.catalog = *std::move(catalog);
  engine.backfills =
      std::make_unique<Backfills>(engine.store.get(), engine.catalog.get(), &engine.latches);
  if (const Result<void> resumed = engine.backfills->resume(); !resumed) {
    return {nullptr, resumed.error().message()};
  }
  return {std::unique_ptr<Database>(new Database(std::move(state))), ""};
}

Reply Database::call(std::string_view operation, std::string_view json) {
  Reply reply;
  Call request;
  request.operation = operation;
  request.body = json;
  call(request, &reply);
  return reply;
}

void Database::call(const Call& call, Reply* reply) {
  reply->status = 200;
  reply->body.clear();
  const LentScratch lent(&state_->engine.scratches);
  Scratch& scratch = *lent;
  scratch.json_bytes = call.body.size();
  answer({.engine = state_->engine,
          .call = call,
          .json = padded_body(call, &scratch.body),
          .scratch = scratch,
          .now = state_->engine.clock->now()},
         reply);
}

CheckResult Database::check() const {
  return stator::check(*state_->engine.store);
}

CheckResult check_directory(const std::string& directory) {
  const Result<std::unique_ptr<Store>> store =
      Store::open({.directory = directory, .read_only = true});
  if (!store) return {{}, store.error().message()};
  return check(**store);
}

std::string_view Database::storage() const {
  return state_->engine.store->name();
}

std::string_view version() {
  return STATOR_VERSION;
}

}  // namespace stator
