// The order in which AWS prints the names of a set: that of Java's hash tables.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace stator {

// Well-formed UTF-8 names, each once, by the bucket that each falls into; within one as they were.
//   buckets  a power of two
void sort_by_hash(std::size_t buckets, std::vector<std::string_view>* names);

// The buckets of a set that grew name by name, and of a map that was made for so many.
std::size_t buckets_of_set(std::size_t names);
std::size_t buckets_of_map(std::size_t names);

}  // namespace stator
