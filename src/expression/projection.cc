#include "expression/projection.h"

#include <algorithm>

#include "expression/expression_reader.h"
#include "expression/path_groups.h"
#include "expression/path_set.h"

namespace stator {
namespace {

void check_nothing(const Operand&, Faults*) {}

constexpr ExpressionRules kRules = {.prefix = "Invalid ProjectionExpression: ",
                                    .ranks = kUpdateFaultRanks,
                                    .size_in_error = true,
                                    .counts_parentheses = false,
                                    .check_name = check_nothing,
                                    .check_call = check_nothing};

struct PathNode {
  DocumentPath path;
  PathNode* next = nullptr;
};

Result<std::span<const DocumentPath>> read_paths(ExpressionReader* reader) {
  PathNode* first = nullptr;
  PathNode** last = &first;
  std::size_t count = 0;
  do {
    const DocumentPath path = TRY(reader->path());
    *last = reader->arena().make<PathNode>(path);
    last = &(*last)->next;
    ++count;
  } while (reader->accept(TokenKind::comma));
  const std::span<DocumentPath> paths = reader->arena().make_array<DocumentPath>(count);
  std::size_t at = 0;
  for (const PathNode* node = first; node != nullptr; node = node->next) paths[at++] = node->path;
  return std::span<const DocumentPath>(paths);
}

// Whether the group finds anything below `value`, which stands at its depth.
bool selects(const PathGroup<DocumentPath>& group, ValueView value);

bool selects_member(const PathGroup<DocumentPath>& group, ValueView value) {
  if (group.element().is_index != (value.type() == AttributeType::L)) return false;
  const std::optional<ValueView> member = group.element().is_index
                                              ? value.list().find(group.element().index)
                                              : value.map().find(group.element().name);
  return member && selects(group, *member);
}

bool selects(const PathGroup<DocumentPath>& group, ValueView value) {
  if (group.is_leaf()) return true;
  if (value.type() != AttributeType::L && value.type() != AttributeType::M) return false;
  for (PathGroups<DocumentPath> inner = group.members(); inner.next();) {
    if (selects_member(inner.group(), value)) return true;
  }
  return false;
}

// Writes what paths select, having been told that they select something.
class Projector {
 public:
  explicit Projector(std::string* out) : out_(*out) {}

  template <typename Writer>
  void write_map(PathGroups<DocumentPath> groups, const MapView& map, Writer* writer) {
    MapView::Cursor cursor(map);
    bool more = cursor.next();
    while (groups.next()) {
      const std::string_view name = groups.group().element().name;
      int order = -1;
      while (more && (order = compare_names(cursor.name(), name)) < 0) more = cursor.next();
      if (!more) return;
      if (order > 0) continue;
      if (groups.group().is_leaf()) {
        writer->add_entry(cursor.entry());
      } else if (selects(groups.group(), cursor.value())) {
        writer->add(name);
        write_parts(groups.group().members(), cursor.value());
      }
    }
  }

 private:
  void write_parts(PathGroups<DocumentPath> groups, ValueView value) {
    if (value.type() == AttributeType::L) {
      ListWriter writer(&out_);
      write_list(groups, value.list(), &writer);
      writer.finish();
    } else {
      MapWriter writer(&out_);
      write_map(groups, value.map(), &writer);
      writer.finish();
    }
  }

  void write_list(PathGroups<DocumentPath> groups, const ListView& list, ListWriter* writer) {
    ListView::Cursor cursor(list);
    std::uint32_t reached = 0;  // elements stepped over, this one included
    while (groups.next()) {
      const std::uint32_t index = groups.group().element().index;
      if (index >= list.count()) return;
      while (reached <= index && cursor.next()) ++reached;
      if (!selects(groups.group(), cursor.value())) continue;
      writer->add();
      if (groups.group().is_leaf()) {
        out_.append(cursor.value().bytes());
      } else {
        write_parts(groups.group().members(), cursor.value());
      }
    }
  }

  std::string& out_;
};

void write_columns(const Projection& projection, const MapView& attributes, std::string* out,
                   ItemWriter* writer) {
  for (std::size_t i = 0; i < projection.paths.size(); ++i) {
    const auto value = find(attributes, projection.paths[i]);
    if (!value) continue;
    writer->add(projection.names[i]);
    out->append(value->bytes());
  }
}

}  // namespace

Result<Projection> parse_projection(std::string_view text, Placeholders* placeholders,
                                    Arena* arena) {
  ExpressionReader reader(kRules, text, placeholders, arena);
  TRY(reader.check_text());
  const std::span<const DocumentPath> paths = TRY(read_paths(&reader));
  const std::span<const DocumentPath> sorted = sorted_paths(paths, arena);
  check_apart(paths, sorted, reader.faults());
  TRY(reader.finish());
  return Projection{sorted};
}

Projection project_attributes(std::span<const std::string_view> names, Arena* arena) {
  const std::span<DocumentPath> paths = arena->make_array<DocumentPath>(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    paths[i] = {{arena->make<PathElement>(PathElement{.name = names[i]}), 1}};
  }
  std::sort(paths.begin(), paths.end());
  const auto end = std::unique(paths.begin(), paths.end());
  return {paths.first(static_cast<std::size_t>(end - paths.begin()))};
}

ItemView project(const Projection& projection, const MapView& attributes, std::string* out) {
  ItemWriter writer(out);
  if (!projection.names.empty()) {
    write_columns(projection, attributes, out, &writer);
    return writer.finish();
  }
  Projector(out).write_map(PathGroups<DocumentPath>(projection.paths, 0), attributes, &writer);
  return writer.finish();
}

}  // namespace stator
