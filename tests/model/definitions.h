// How requests define tables and indexes, and how descriptions show them.
#pragma once

#include <string>

#include "table.h"

namespace stator::plain {

// AWS: the partitions of a new keyspace that is on demand.
inline constexpr unsigned kOnDemandPartitions = 4;

bool is_on_demand(const Table& table);

// KeySchema.
Json schema_of(const Table& table);
Json schema_of(const Index& index);
// AttributeDefinitions, in order.
Json definitions_of(const Table& table);
Json projection_of(const Index& index);

// An element of LocalSecondaryIndexes or GlobalSecondaryIndexes, or a Create of UpdateTable.
Json request_of(const Table& table, const Index& index);

// CreateTable.
Json request_of(const std::string& name, const Table& table);

}  // namespace stator::plain
