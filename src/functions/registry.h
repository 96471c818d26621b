// The functions and event source mappings that there are, kept over restarts.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/thread_annotations.h"
#include "functions/event_source_mapping.h"
#include "functions/function.h"
#include "functions/function_rows.h"
#include "functions/record_source.h"
#include "streams/delivery_lineage.h"

namespace stator {

// A resource; thread-safe. Rules of the API are not its business: it knows names and rows.
class Registry {
 public:
  //   rows   outlive it
  //   notify  called after each change, without locks held
  // errors  internal: the rows cannot be read or are damaged
  static Result<std::unique_ptr<Registry>> open(FunctionRows* rows, std::function<void()> notify);

  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  std::optional<LambdaFunction> function(std::string_view name) const;
  std::vector<LambdaFunction> functions() const;  // by name

  // Adds or replaces. Those of the embedder are not kept: they come again with it.
  //   errors  resource_conflict: there is one, and `mode` is add; internal
  enum class Put { add, replace };
  Result<void> put_function(LambdaFunction function, Put mode);

  //   returns  false: there is none
  //   errors   internal
  Result<bool> remove_function(std::string_view name);

  std::optional<EventSourceMapping> mapping(std::string_view uuid) const;
  std::vector<EventSourceMapping> mappings() const;  // by creation
  bool has_mappings() const;

  // Adds a mapping with its first checkpoints.
  //   errors  resource_conflict: one delivers the same, which the text names; internal
  Result<void> add_mapping(EventSourceMapping mapping, const DeliveryCheckpoints& checkpoints);

  // Puts a mapping in the place of another that delivers the same: it goes on where that one was.
  // Neither is being delivered.
  //   errors  resource_not_found: the other; internal
  Result<void> replace_mapping(std::string_view uuid, EventSourceMapping mapping);

  // Changes a mapping in place, in one step with reading it. What `change` returns as an error is
  // passed on, and nothing is changed.
  //   errors  resource_not_found; resource_conflict: with its new function one delivers the same;
  //           internal
  using Change = std::function<Result<void>(EventSourceMapping*)>;
  Result<EventSourceMapping> change_mapping(std::string_view uuid, const Change& change);

  // Goes on with another stream and its first checkpoints; those of the last one are gone.
  //   errors  resource_not_found; internal
  Result<void> move_mapping(std::string_view uuid, const StreamNameView& stream,
                            const DeliveryCheckpoints& checkpoints);

  // Takes a mapping away with its checkpoints.
  //   errors  internal
  Result<void> remove_mapping(std::string_view uuid);

  // What became of a mapping's last invocation; not kept over a restart.
  void note_result(std::string_view uuid, std::string_view result);

  Result<DeliveryCheckpoints> checkpoints(std::string_view uuid) const;
  Result<void> keep_checkpoints(std::string_view uuid, const DeliveryCheckpoints& checkpoints);
  // Forgets those of shards that are gone.
  Result<void> drop_checkpoints(std::string_view uuid, const std::vector<std::uint32_t>& shards);

  // Grows with each change of a function or mapping.
  std::uint64_t version() const;

 private:
  Registry(FunctionRows* rows, std::function<void()> notify)
      : rows_(*rows), notify_(std::move(notify)) {}
  Result<void> load();
  const EventSourceMapping* find_same(const EventSourceMapping& mapping) const REQUIRES(mu_);

  FunctionRows& rows_;
  const std::function<void()> notify_;
  mutable Mutex mu_;
  std::map<std::string, LambdaFunction, std::less<>> functions_ GUARDED_BY(mu_);
  std::map<std::string, EventSourceMapping, std::less<>> mappings_ GUARDED_BY(mu_);
  std::uint64_t version_ GUARDED_BY(mu_) = 1;
};

}  // namespace stator
