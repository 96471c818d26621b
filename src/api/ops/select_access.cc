#include "api/ops/select_access.h"

#include <algorithm>
#include <string>
#include <utility>

#include "api/keys.h"
#include "base/limits.h"
#include "expression/condition_node.h"

namespace stator {
namespace {

using Op = ConditionOperator;

// What a part of a condition says of the key: one of its branches. A part that says nothing has
// one empty branch.
struct Branches {
  std::vector<KeyBranch> list;
  bool is_exact = false;
  bool is_too_long = false;  // there would be more
};

Branches anything() {
  return {.list = {KeyBranch()}, .is_exact = false, .is_too_long = false};
}

bool says_nothing(const KeyBranch& branch) {
  return branch.sort.empty() &&
         std::none_of(branch.partition.begin(), branch.partition.end(),
                      [](const std::optional<ValueView>& value) { return value.has_value(); });
}

// Alternatives say nothing of the key together where one of them says nothing.
Branches alternatives(Branches any) {
  const bool none = std::any_of(any.list.begin(), any.list.end(), says_nothing);
  return none ? anything() : any;
}

bool is_attribute(const Operand& operand) {
  return operand.kind == OperandKind::path && operand.path.elements.size() == 1;
}
bool is_value(const Operand* operand) {
  return operand == nullptr || operand->kind == OperandKind::value;
}

class AccessReader {
 public:
  explicit AccessReader(const KeySchema& key) : key_(key) {}

  Branches branches_of(const ConditionNode& node) const {
    if (node.op == Op::logical_and) return all_of(node);
    if (node.op == Op::logical_or) return any_of(node);
    return leaf(node);
  }

 private:
  Branches all_of(const ConditionNode& node) const {
    Branches all{.list = {KeyBranch()}, .is_exact = true, .is_too_long = false};
    for (const ConditionNode* child = node.children; child != nullptr; child = child->next) {
      all = product(all, branches_of(*child));
    }
    return all;
  }

  Branches any_of(const ConditionNode& node) const {
    Branches any{.list = {}, .is_exact = true, .is_too_long = false};
    for (const ConditionNode* child = node.children; child != nullptr; child = child->next) {
      const Branches one = branches_of(*child);
      any.is_exact &= one.is_exact;
      any.is_too_long |= one.is_too_long;
      for (const KeyBranch& branch : one.list) append(branch, &any);
    }
    return alternatives(std::move(any));
  }

  static void append(const KeyBranch& branch, Branches* branches) {
    if (branches->list.size() <= kStatementReadsMax) {
      branches->list.push_back(branch);
    } else {
      branches->is_too_long = true;
    }
  }

  static Branches product(const Branches& left, const Branches& right) {
    Branches both{.list = {},
                  .is_exact = left.is_exact && right.is_exact,
                  .is_too_long = left.is_too_long || right.is_too_long};
    for (const KeyBranch& a : left.list) {
      for (const KeyBranch& b : right.list) {
        if (auto branch = intersection(a, b)) append(*branch, &both);
      }
    }
    return both;
  }

  // Nothing where no key is in both.
  static std::optional<KeyBranch> intersection(const KeyBranch& a, const KeyBranch& b) {
    KeyBranch both = a;
    for (std::size_t i = 0; i < both.partition.size(); ++i) {
      if (!b.partition[i]) continue;
      if (both.partition[i] && !(*both.partition[i] == *b.partition[i])) return std::nullopt;
      both.partition[i] = b.partition[i];
    }
    both.sort.insert(both.sort.end(), b.sort.begin(), b.sort.end());
    return both;
  }

  Branches leaf(const ConditionNode& node) const {
    const Operand* attribute = node.operands;
    const Operand* value = attribute != nullptr ? attribute->next : nullptr;
    if (value == nullptr) return anything();
    Op op = node.op;
    if (op <= Op::greater_equal && is_attribute(*value)) {
      std::swap(attribute, value);
      op = mirrored(op);
    }
    if (!is_attribute(*attribute)) return anything();
    const std::string_view name = attribute->path.attribute();
    if (op == Op::in) return in(name, value);
    const Operand* const second = op == Op::between ? value->next : nullptr;
    if (!is_value(value) || !is_value(second)) return anything();
    return comparison(name, op, value->value, second != nullptr ? second->value : ValueView());
  }

  Branches in(std::string_view name, const Operand* candidates) const {
    Branches any{.list = {}, .is_exact = true, .is_too_long = false};
    for (; candidates != nullptr; candidates = candidates->next) {
      if (!is_value(candidates)) return anything();
      const Branches one = comparison(name, Op::equal, candidates->value, {});
      any.is_exact &= one.is_exact;
      append(one.list.front(), &any);
    }
    return alternatives(std::move(any));
  }

  Branches comparison(std::string_view name, Op op, ValueView first, ValueView second) const {
    Branches one{.list = {KeyBranch()}, .is_exact = true, .is_too_long = false};
    KeyBranch& branch = one.list.front();
    for (std::size_t i = 0; op == Op::equal && i < key_.partition.size(); ++i) {
      if (key_.partition[i].name != name) continue;
      branch.partition[i] = first;
      return one;
    }
    const auto sort = sort_operator_of(op);
    if (!sort || key_.sort.empty() || key_.sort.front().name != name) return anything();
    branch.sort.push_back({.op = *sort, .first = first, .second = second});
    return one;
  }

  const KeySchema& key_;
};

Result<void> check_value(const KeyAttribute& attribute, bool is_partition_key, ValueView value) {
  if (value.type() != attribute.type) {
    return validation_error(
        "Key attribute's data type should match its data type in table's schema: Key " +
        attribute.name);
  }
  return check_key_value(attribute, is_partition_key, value);
}

Result<void> check_branch(const KeyBranch& branch, const KeySchema& key) {
  for (std::size_t i = 0; i < key.partition.size(); ++i) {
    TRY(check_value(key.partition[i], true, *branch.partition[i]));
  }
  for (const SortCondition& condition : branch.sort) {
    const KeyAttribute& attribute = key.sort.front();
    if (condition.op == SortOperator::begins_with && attribute.type == AttributeType::N) {
      return validation_error(
          "Key attribute's data type should match its data type in table's schema: Key " +
          attribute.name);
    }
    TRY(check_value(attribute, false, condition.first));
    if (condition.op == SortOperator::between) {
      TRY(check_value(attribute, false, condition.second));
    }
  }
  return {};
}

bool has_partition(const KeyBranch& branch, const KeySchema& key) {
  return std::all_of(branch.partition.begin(),
                     branch.partition.begin() + static_cast<std::ptrdiff_t>(key.partition.size()),
                     [](const std::optional<ValueView>& value) { return value.has_value(); });
}

}  // namespace

Result<SelectAccess> decide_select_access(const std::optional<Condition>& where,
                                          const KeySchema& key) {
  SelectAccess access;
  if (!where) return access;
  Branches branches = AccessReader(key).branches_of(*where->root());
  access.is_keyed =
      std::all_of(branches.list.begin(), branches.list.end(),
                  [&](const KeyBranch& branch) { return has_partition(branch, key); });
  if (!access.is_keyed) return access;
  if (branches.is_too_long || branches.list.size() > kStatementReadsMax) {
    return validation_error("Too many decomposed read operations for a given query.");
  }
  for (const KeyBranch& branch : branches.list) TRY(check_branch(branch, key));
  access.is_exact = branches.is_exact;
  access.branches = std::move(branches.list);
  return access;
}

}  // namespace stator
