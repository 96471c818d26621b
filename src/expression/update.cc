#include "expression/update.h"

#include <array>
#include <vector>

#include "expression/path_groups.h"
#include "expression/update_action.h"
#include "expression/update_values.h"

namespace stator {
namespace {

using Actions = PathGroups<const UpdateAction*>;
using ActionGroup = PathGroup<const UpdateAction*>;

Error invalid_path() {
  return validation_error(
      "The document path provided in the update expression is invalid for update");
}

// Whether what holds the last element of a path is there, and of the right kind.
bool has_parent(const MapView& attributes, const DocumentPath& path) {
  const std::size_t size = path.elements.size();
  if (size == 1) return true;
  const std::optional<ValueView> parent = find(attributes, {path.elements.first(size - 1)});
  return parent &&
         parent->type() == (path.elements.back().is_index ? AttributeType::L : AttributeType::M);
}

// One outcome for each action, by position. Few need no allocation.
class Outcomes {
 public:
  explicit Outcomes(std::size_t count) {
    if (count > few_.size()) many_.resize(count);
  }
  Outcomes(const Outcomes&) = delete;
  Outcomes& operator=(const Outcomes&) = delete;

  Outcome& of(const UpdateAction& action) {
    return many_.empty() ? few_[action.position] : many_[action.position];
  }
  const Outcome& of(const UpdateAction& action) const {
    return many_.empty() ? few_[action.position] : many_[action.position];
  }

 private:
  std::array<Outcome, 8> few_;
  std::vector<Outcome> many_;
};

// In textual order, so that the first error of the text is the one reported; but what SET puts is
// found before any path is looked at.
Result<void> decide_outcomes(const Update& update, const MapView& before, bool exists,
                             UpdateValues* values, Outcomes* outcomes) {
  for (const UpdateAction* const action : update.actions) {
    if (action->kind == UpdateKind::set) outcomes->of(*action) = TRY(values->outcome(*action));
  }
  for (const UpdateAction* const action : update.actions) {
    const bool creates = action->kind == UpdateKind::set || action->kind == UpdateKind::add;
    if (!exists && !creates) continue;
    if (!has_parent(before, action->path)) return invalid_path();
    if (action->kind != UpdateKind::set) outcomes->of(*action) = TRY(values->outcome(*action));
  }
  return {};
}

// Entries that stay as they are, gathered so that they are copied at once.
class EntryRun {
 public:
  void take(std::string_view entry) {
    if (count_++ == 0) begin_ = entry.data();
    last_ = entry;
  }

  template <typename Writer>
  void copy_to(Writer* writer) {
    if (count_ == 0) return;
    const char* const end = last_.data() + last_.size();
    writer->add_entries({begin_, static_cast<std::size_t>(end - begin_)}, count_, last_.size());
    count_ = 0;
  }

 private:
  const char* begin_ = nullptr;
  std::string_view last_;
  std::uint32_t count_ = 0;
};

// Merges what was there with the outcomes. Paths were found to be valid, so nothing can fail.
class ItemRebuilder {
 public:
  ItemRebuilder(const Outcomes& outcomes, std::string* out) : outcomes_(outcomes), out_(*out) {}

  template <typename Writer>
  void write_map(Actions groups, const MapView& map, Writer* writer) {
    MapView::Cursor cursor(map);
    EntryRun kept;
    bool more = cursor.next();
    while (groups.next()) {
      const std::string_view name = groups.group().element().name;
      int order = 1;
      for (; more && (order = compare_names(cursor.name(), name)) < 0; more = cursor.next()) {
        kept.take(cursor.entry());
      }
      kept.copy_to(writer);
      if (more && order == 0) {
        write_changed(groups.group(), cursor, writer);
        more = cursor.next();
      } else if (const Outcome* const outcome = put_outcome(groups.group())) {
        writer->add(name);
        out_.append(outcome->value.bytes());
      }
    }
    for (; more; more = cursor.next()) kept.take(cursor.entry());
    kept.copy_to(writer);
  }

 private:
  // What a group puts in its place; null when it goes deeper, removes or does nothing.
  const Outcome* put_outcome(const ActionGroup& group) const {
    if (!group.is_leaf()) return nullptr;
    const Outcome& outcome = outcomes_.of(*group.leaf());
    return outcome.kind == OutcomeKind::put ? &outcome : nullptr;
  }

  bool removes(const ActionGroup& group) const {
    return group.is_leaf() && outcomes_.of(*group.leaf()).kind == OutcomeKind::remove;
  }

  template <typename Writer>
  void write_changed(const ActionGroup& group, const MapView::Cursor& old, Writer* writer) {
    if (removes(group)) return;
    writer->add(old.name());
    write_value(group, old.value());
  }

  void write_value(const ActionGroup& group, ValueView old) {
    if (const Outcome* const outcome = put_outcome(group)) {
      out_.append(outcome->value.bytes());
    } else if (group.is_leaf()) {
      out_.append(old.bytes());
    } else {
      write_container(group.members(), old);
    }
  }

  void write_container(Actions groups, ValueView old) {
    if (old.type() == AttributeType::L) {
      ListWriter writer(&out_);
      write_list(groups, old.list(), &writer);
      writer.finish();
    } else if (old.type() == AttributeType::M) {
      MapWriter writer(&out_);
      write_map(groups, old.map(), &writer);
      writer.finish();
    } else {
      out_.append(old.bytes());  // a key of a missing item, below which nothing is removed
    }
  }

  void write_list(Actions groups, const ListView& list, ListWriter* writer) {
    ListView::Cursor cursor(list);
    std::uint32_t index = 0;
    const auto copy = [&] {
      writer->add();
      out_.append(cursor.value().bytes());
    };
    while (groups.next()) {
      const ActionGroup group = groups.group();
      for (; index < group.element().index && cursor.next(); ++index) copy();
      if (index == group.element().index && cursor.next()) {
        ++index;
        if (removes(group)) continue;
        writer->add();
        write_value(group, cursor.value());
      } else if (const Outcome* const outcome = put_outcome(group)) {
        writer->add();
        out_.append(outcome->value.bytes());
      }
    }
    while (cursor.next()) copy();
  }

  const Outcomes& outcomes_;
  std::string& out_;
};

}  // namespace

Result<ItemView> apply_update(const Update& update, const MapView& before, bool exists,
                              std::string* out) {
  UpdateValues values(before);
  Outcomes outcomes(update.actions.size());
  TRY(decide_outcomes(update, before, exists, &values, &outcomes));
  ItemWriter writer(out);
  ItemRebuilder(outcomes, out).write_map(Actions(update.by_path, 0), before, &writer);
  return writer.finish();
}

}  // namespace stator
