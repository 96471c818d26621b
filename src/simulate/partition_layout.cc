#include "simulate/partition_layout.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace stator {
namespace {

using Children = std::map<std::uint32_t, std::vector<const PartitionReport*>>;

struct Node {
  const PartitionReport* partition = nullptr;
  double units = 0;  // of it and of its ancestors
  bool is_cut = false;
  bool has_row = false;
};

// By parent; roots have parent 0. Partitions come in the order of their ids, and of two siblings
// the lower one has the lower id; only roots are ordered by their part of the hash space.
Children children_of(const std::vector<PartitionReport>& partitions) {
  Children children;
  for (const PartitionReport& each : partitions) children[each.parent].push_back(&each);
  std::stable_sort(
      children[0].begin(), children[0].end(),
      [](const PartitionReport* a, const PartitionReport* b) { return a->first < b->first; });
  return children;
}

double units_of(const PartitionReport& partition) {
  double units = 0;
  for (const PartitionSlot& slot : partition.slots) {
    for (std::size_t d = 0; d < kDirections; ++d) units += slot.consumed[d] + slot.throttled[d];
  }
  return units;
}

// Parents before children, the children in their order.
std::vector<Node> nodes_of(const std::vector<PartitionReport>& partitions) {
  const Children children = children_of(partitions);
  std::vector<Node> nodes;
  std::vector<Node> open;
  const auto visit = [&](std::uint32_t parent, double units) {
    const auto found = children.find(parent);
    if (found == children.end()) return false;
    for (auto child = found->second.rbegin(); child != found->second.rend(); ++child) {
      open.push_back({.partition = *child, .units = units + units_of(**child)});
    }
    return !found->second.empty();
  };
  visit(0, 0);
  while (!open.empty()) {
    Node node = open.back();
    open.pop_back();
    node.is_cut = visit(node.partition->id, node.units);
    nodes.push_back(node);
  }
  return nodes;
}

void choose_rows(std::vector<Node>* nodes, std::size_t rows_most) {
  std::vector<Node*> leaves;
  for (Node& node : *nodes) {
    if (!node.is_cut) leaves.push_back(&node);
  }
  std::stable_sort(leaves.begin(), leaves.end(),
                   [](const Node* a, const Node* b) { return a->units > b->units; });
  leaves.resize(std::min(leaves.size(), rows_most));
  for (Node* leaf : leaves) leaf->has_row = true;
}

}  // namespace

const PartitionSpan* PartitionLayout::find(std::uint32_t id) const {
  const auto found = std::find_if(spans.begin(), spans.end(), [id](const PartitionSpan& span) {
    return span.partition->id == id;
  });
  return found == spans.end() ? nullptr : &*found;
}

PartitionLayout layout_of(const std::vector<PartitionReport>& partitions, std::size_t rows_most) {
  std::vector<Node> nodes = nodes_of(partitions);
  choose_rows(&nodes, rows_most);
  PartitionLayout layout;
  std::map<std::uint32_t, PartitionSpan> spans;  // by id
  for (const Node& node : nodes) {
    PartitionSpan& span = spans[node.partition->id];
    span = {.partition = node.partition, .first_row = layout.rows};
    if (node.has_row) {
      span.rows = 1;
      ++layout.rows;
    }
  }
  // Children come after their parents: backwards, the rows of each are known.
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    const auto parent = spans.find(node->partition->parent);
    if (parent != spans.end()) parent->second.rows += spans[node->partition->id].rows;
  }
  for (const Node& node : nodes) {
    const PartitionSpan& span = spans[node.partition->id];
    if (span.rows > 0) layout.spans.push_back(span);
  }
  layout.left_out = nodes.size() - layout.spans.size();
  return layout;
}

}  // namespace stator
