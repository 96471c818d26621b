// A table under a simulated load: what each request costs it and its indexes, without the bytes of
// its items.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "api/table_capacity.h"
#include "base/random.h"
#include "base/result.h"
#include "simulate/index_shape.h"
#include "simulate/item_shape.h"
#include "simulate/key_chooser.h"
#include "simulate/simulated_items.h"
#include "simulate/workload.h"

namespace stator {

// A request with all that was drawn for it; a retry is the same request again.
struct SimulatedRequest {
  const Load* load = nullptr;
  LoadOperation operation = LoadOperation::put_item;
  std::uint32_t partition = 0;
  std::uint32_t sort = 0;
  std::uint32_t bytes = 0;      // of the item that is written
  std::uint32_t drawn = 0;      // the attributes that it draws: bit n for the n-th of the setup
  std::uint64_t draw_seed = 0;  // of their values, and of what else is in the item
};

// What a request takes, as admission wants it. Views are the table's, until its next plan.
struct RequestCost {
  std::vector<CapacityUse> uses;
  std::vector<std::size_t> resources;  // of each use: 0 the table, from 1 on a global index by name
};

// Not copied: its plans refer to it. Never fails once it is made.
class SimulatedTable {
 public:
  //   errors  validation, "LINE: MEMBER: what is wrong": what the setup or a load of this table
  //           says that does not fit the definition; more items than there may be
  static Result<std::unique_ptr<SimulatedTable>> make(const TableSetup& setup,
                                                      const std::vector<const Load*>& loads,
                                                      const TableDefinition& table,
                                                      std::uint64_t seed);
  SimulatedTable(const SimulatedTable&) = delete;
  SimulatedTable& operator=(const SimulatedTable&) = delete;

  // The definition that plans refer to, which must not change its keys or indexes.
  void follow(const TableDefinition& table);

  // The attributes that the requests of a load draw: bit n for the n-th of the setup.
  std::uint32_t drawn_by(const Load& load, LoadOperation operation) const;

  // What the request costs as things stand. A Query costs the mean of its collection's items.
  const RequestCost& plan(const SimulatedRequest& request);
  // The write that was planned last happens.
  void apply();

  // Global indexes, by name.
  const std::vector<const IndexDefinition*>& global_indexes() const { return global_; }
  const ItemShape& items() const { return shape_; }
  // The item that was planned last, before and after.
  const ItemState& before() const { return before_; }
  const ItemState& after() const { return after_; }

 private:
  struct Index {
    IndexShape shape;
    std::size_t position;  // in TableDefinition::indexes
    std::size_t resource;
    std::optional<CollectionTotals> totals;
  };

  SimulatedTable(const TableSetup& setup, ItemShape shape, const TableDefinition& table,
                 const ItemSpace& space);
  void add_items(const ItemsSetup& items, std::uint64_t seed);
  void draw(std::uint32_t drawn, std::uint64_t draw_seed, ItemState* item) const;
  ItemState outcome(const SimulatedRequest& request) const;
  void plan_write(const SimulatedRequest& request);
  void plan_get(const SimulatedRequest& request);
  void plan_query(const SimulatedRequest& request);
  std::string* next_position();
  void add_use(const IndexDefinition* index, std::size_t resource, const CapacityPlace& place,
               double units);
  void count(const ItemState& item, bool is_added);

  const TableSetup& setup_;
  const ItemShape shape_;
  const std::vector<KeyChooser> choosers_;  // of the attributes of the setup
  const TableDefinition* table_;
  std::vector<std::size_t> partition_;  // the table's key among the attributes of shape_
  std::vector<std::size_t> sort_;
  std::vector<Index> indexes_;  // local ones, then global ones by name
  std::vector<const IndexDefinition*> global_;
  SimulatedItems items_;
  CollectionTotals totals_;
  ItemState before_;
  ItemState after_;
  RequestCost cost_;
  std::vector<std::string> positions_;  // that the uses of cost_ refer to
};

}  // namespace stator
