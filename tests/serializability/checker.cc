#include "checker.h"

#include <algorithm>
#include <optional>
#include <set>

namespace stator::serializability {
namespace {

using Index = std::size_t;

std::string element_text(int item, Element element) {
  return std::to_string(element) + " in item " + std::to_string(item);
}

// What follows what, and why.
class Order {
 public:
  explicit Order(const History& history) : history_(history), after_(history.operations.size()) {}

  std::vector<std::string> check() {
    find_writers();
    check_elements();
    for (const auto& [item, list] : history_.final) add_writes(item, list);
    for (Index i = 0; i < after_.size(); ++i) add_reads(i);
    add_times();
    if (found_.empty()) find_cycle();
    return std::move(found_);
  }

 private:
  void fault(std::string text) { found_.push_back(std::move(text)); }
  const Operation& at(Index i) const { return history_.operations[i]; }

  void find_writers() {
    for (Index i = 0; i < after_.size(); ++i) {
      for (const auto& [item, element] : at(i).appends) writers_[{item, element}] = i;
    }
  }

  // Each element that was acknowledged is there once, and no other.
  void check_elements() {
    std::set<std::pair<int, Element>> seen;
    for (const auto& [item, list] : history_.final) {
      for (const Element element : list) {
        if (!seen.emplace(item, element).second) fault("twice: " + element_text(item, element));
        const bool failed = std::find(history_.failed.begin(), history_.failed.end(), element) !=
                            history_.failed.end();
        if (failed) fault("of a write that failed: " + element_text(item, element));
      }
    }
    for (const auto& [write, writer] : writers_) {
      if (!seen.contains(write)) {
        fault("lost: " + element_text(write.first, write.second) + " of " + at(writer).name);
      }
    }
  }

  std::optional<Index> writer_of(int item, Element element) const {
    const auto found = writers_.find({item, element});
    if (found == writers_.end()) return std::nullopt;
    return found->second;
  }

  void add(std::optional<Index> before, std::optional<Index> after) {
    if (before && after && *before != *after) after_[*before].push_back(*after);
  }

  void add_writes(int item, const List& list) {
    for (Index i = 1; i < list.size(); ++i) {
      add(writer_of(item, list[i - 1]), writer_of(item, list[i]));
    }
  }

  void add_reads(Index reader) {
    const Operation& operation = at(reader);
    for (const auto& [item, list] : operation.reads) {
      const List& final = history_.final.at(item);
      if (list.size() > final.size() || !std::equal(list.begin(), list.end(), final.begin())) {
        fault(operation.name + " read what item " + std::to_string(item) + " never was");
        continue;
      }
      add_read(reader, item, list.size());
    }
    for (const auto& [item, length] : operation.lengths) add_read(reader, item, length);
  }

  // The reader comes behind the last write that it saw, and before the first that it did not.
  void add_read(Index reader, int item, std::size_t length) {
    const List& final = history_.final.at(item);
    if (length > final.size()) return fault(at(reader).name + " found too much");
    if (length > 0) add(writer_of(item, final[length - 1]), reader);
    if (length < final.size()) add(reader, writer_of(item, final[length]));
  }

  // What ended before another began comes before it. Only the nearest are noted: the rest follows.
  void add_times() {
    std::vector<Index> by_begin(after_.size());
    for (Index i = 0; i < by_begin.size(); ++i) by_begin[i] = i;
    std::sort(by_begin.begin(), by_begin.end(),
              [&](Index a, Index b) { return at(a).begin < at(b).begin; });
    for (Index i = 0; i < after_.size(); ++i) {
      auto next = std::upper_bound(by_begin.begin(), by_begin.end(), at(i).end,
                                   [&](std::uint64_t time, Index b) { return time < at(b).begin; });
      std::uint64_t nearest_end = UINT64_MAX;
      for (; next != by_begin.end() && at(*next).begin < nearest_end; ++next) {
        add(i, *next);
        nearest_end = std::min(nearest_end, at(*next).end);
      }
    }
  }

  // Depth first, without recursion: a history is longer than a stack is deep.
  void find_cycle() {
    std::vector<char> state(after_.size(), 0);  // 1: on the path, 2: done
    for (Index start = 0; start < after_.size() && found_.empty(); ++start) {
      if (state[start] == 0) walk(start, &state);
    }
  }

  void walk(Index start, std::vector<char>* state) {
    std::vector<std::pair<Index, Index>> path = {{start, 0}};
    (*state)[start] = 1;
    while (!path.empty()) {
      auto& [at_operation, next] = path.back();
      if (next == after_[at_operation].size()) {
        (*state)[at_operation] = 2;
        path.pop_back();
        continue;
      }
      const Index to = after_[at_operation][next++];
      if ((*state)[to] == 1) return report_cycle(path, to);
      if ((*state)[to] != 0) continue;
      (*state)[to] = 1;
      path.emplace_back(to, 0);
    }
  }

  void report_cycle(const std::vector<std::pair<Index, Index>>& path, Index to) {
    std::string text = "a cycle:";
    bool is_in = false;
    for (const auto& [operation, next] : path) {
      is_in = is_in || operation == to;
      if (is_in) text += "\n  " + at(operation).name;
    }
    fault(text);
  }

  const History& history_;
  std::vector<std::vector<Index>> after_;
  std::map<std::pair<int, Element>, Index> writers_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> check(const History& history) {
  return Order(history).check();
}

}  // namespace stator::serializability
