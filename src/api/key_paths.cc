#include "api/key_paths.h"

#include <optional>
#include <string>

#include "expression/each_path.h"
#include "expression/update_action.h"

namespace stator {
namespace {

// Looks at paths one after the other and keeps what is wrong with the first.
class KeyPaths {
 public:
  explicit KeyPaths(const TableDefinition& table) : table_(table) {}

  void look_at(const DocumentPath& path) {
    if (path.elements.size() == 1 || error_) return;
    const std::string_view name = path.attribute();
    if (table_.key.is_key(name)) return fail("Key", name);
    for (const IndexDefinition& index : table_.indexes) {
      if (!index.is_deleted() && index.key.is_key(name)) return fail("IndexKey", name);
    }
  }

  Result<void> result() {
    if (error_) return *std::move(error_);
    return {};
  }

 private:
  void fail(std::string_view kind, std::string_view name) {
    std::string text =
        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not "
        "allowed: ";
    error_ = validation_error(text.append(kind).append(": ").append(name));
  }

  const TableDefinition& table_;
  std::optional<Error> error_;
};

}  // namespace

Result<void> check_key_paths(const TableDefinition& table, const Projection& projection) {
  KeyPaths paths(table);
  for (const DocumentPath& path : projection.paths) paths.look_at(path);
  return paths.result();
}

Result<void> check_key_paths(const TableDefinition& table, const Condition& filter) {
  KeyPaths paths(table);
  for_each_path(*filter.root(), [&](const DocumentPath& path) { paths.look_at(path); });
  return paths.result();
}

Result<void> check_key_paths(const TableDefinition& table, const Update& update) {
  KeyPaths paths(table);
  for (const UpdateAction* const action : update.actions) {
    paths.look_at(action->path);
    for_each_path(action->operand, [&](const DocumentPath& path) { paths.look_at(path); });
  }
  return paths.result();
}

}  // namespace stator
