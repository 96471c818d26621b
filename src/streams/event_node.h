// A change event looked at as the JSON that handlers get, without writing it.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "model/value.h"
#include "streams/change_event.h"

namespace stator {

// One value of the event's JSON. A value; what it was made of lives longer.
class EventNode {
 public:
  enum class Kind { absent, object, array, string, number, boolean };

  EventNode() = default;
  explicit EventNode(const ChangeEventView& event)
      : kind_(Kind::object), source_(Members{&event, &EventNode::event_member}) {}

  Kind kind() const { return kind_; }

  // The member of an object; absent where there is none, or no object.
  EventNode member(std::string_view name) const;

  // Whether one of an array's elements is as asked; `visit` takes an EventNode.
  template <typename Visit>
  bool any_element(const Visit& visit) const;

  // Of a scalar: a text, a number as it is written, "true" or "false".
  std::string_view text() const { return is_own_ ? std::string_view(own_) : text_; }

 private:
  using FindMember = EventNode (*)(const ChangeEventView& event, std::string_view name);
  // An object that is not an item's.
  struct Members {
    const ChangeEventView* event;
    FindMember find;
  };

  static EventNode event_member(const ChangeEventView& event, std::string_view name);
  static EventNode change_member(const ChangeEventView& event, std::string_view name);
  static EventNode identity_member(const ChangeEventView& event, std::string_view name);

  static EventNode object(const ChangeEventView& event, FindMember find);
  static EventNode attributes(const MapView& map);
  static EventNode image(const std::optional<ItemView>& item);
  static EventNode attribute(ValueView value);  // {"S": ..}
  static EventNode payload(ValueView value);    // what stands behind "S"
  static EventNode element(AttributeType type, std::string_view bytes);
  static EventNode string(std::string_view text);
  static EventNode scalar(Kind kind, std::string text);

  Kind kind_ = Kind::absent;
  bool is_own_ = false;
  std::string_view text_;
  std::string own_;
  std::variant<std::monostate, Members, MapView, ValueView, SetView, ListView> source_;
};

template <typename Visit>
bool EventNode::any_element(const Visit& visit) const {
  if (const SetView* const set = std::get_if<SetView>(&source_)) {
    for (SetView::Cursor c(*set); c.next();) {
      if (visit(element(element_type(set->type()), c.element()))) return true;
    }
  }
  if (const ListView* const list = std::get_if<ListView>(&source_)) {
    for (ListView::Cursor c(*list); c.next();) {
      if (visit(attribute(c.value()))) return true;
    }
  }
  return false;
}

}  // namespace stator
