// The rows of functions in the store of a database.
//
//   keyspace 0 := .. | "F" row            (storage/catalog.h; row: function_rows.h)
#pragma once

#include "functions/function_rows.h"
#include "storage/store.h"

namespace stator {

// A resource; thread-safe.
class StoreFunctionRows final : public FunctionRows {
 public:
  //   store  outlives it
  explicit StoreFunctionRows(Store* store) : store_(*store) {}

  Result<void> commit(std::span<const FunctionRow> rows) override;
  Result<std::vector<FunctionRow>> scan(std::string_view prefix) const override;

 private:
  Store& store_;
};

}  // namespace stator
