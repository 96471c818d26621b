#include "streams/event_node.h"

#include "base/base64.h"
#include "model/number.h"

namespace stator {

EventNode EventNode::string(std::string_view text) {
  EventNode node;
  node.kind_ = Kind::string;
  node.text_ = text;
  return node;
}

EventNode EventNode::scalar(Kind kind, std::string text) {
  EventNode node;
  node.kind_ = kind;
  node.is_own_ = true;
  node.own_ = std::move(text);
  return node;
}

EventNode EventNode::object(const ChangeEventView& event, FindMember find) {
  EventNode node;
  node.kind_ = Kind::object;
  node.source_ = Members{&event, find};
  return node;
}

EventNode EventNode::attributes(const MapView& map) {
  EventNode node;
  node.kind_ = Kind::object;
  node.source_ = map;
  return node;
}

EventNode EventNode::image(const std::optional<ItemView>& item) {
  return item ? attributes(item->attributes()) : EventNode();
}

EventNode EventNode::attribute(ValueView value) {
  EventNode node;
  node.kind_ = Kind::object;
  node.source_ = value;
  return node;
}

EventNode EventNode::element(AttributeType type, std::string_view bytes) {
  if (type == AttributeType::S) return string(bytes);
  std::string text;
  if (type == AttributeType::N) {
    append_number_text(bytes, &text);
  } else {
    append_base64(bytes, &text);
  }
  return scalar(Kind::string, std::move(text));
}

EventNode EventNode::payload(ValueView value) {
  EventNode array;
  array.kind_ = Kind::array;
  switch (value.type()) {
    case AttributeType::S:
    case AttributeType::N:
    case AttributeType::B:
      return element(value.type(), value.scalar());
    case AttributeType::BOOL:
      return scalar(Kind::boolean, value.boolean() ? "true" : "false");
    case AttributeType::NUL:
      return scalar(Kind::boolean, "true");
    case AttributeType::M:
      return attributes(value.map());
    case AttributeType::L:
      array.source_ = value.list();
      return array;
    default:
      array.source_ = value.set();
      return array;
  }
}

EventNode EventNode::member(std::string_view name) const {
  if (const Members* const members = std::get_if<Members>(&source_)) {
    return members->find(*members->event, name);
  }
  if (const MapView* const map = std::get_if<MapView>(&source_)) {
    const auto value = map->find(name);
    return value ? attribute(*value) : EventNode();
  }
  if (const ValueView* const value = std::get_if<ValueView>(&source_)) {
    return type_name(value->type()) == name ? payload(*value) : EventNode();
  }
  return EventNode();
}

EventNode EventNode::event_member(const ChangeEventView& event, std::string_view name) {
  if (name == "dynamodb") return object(event, change_member);
  if (name == "eventName") return string(name_of(event.record.kind));
  if (name == "eventID") return scalar(Kind::string, event_id(event));
  if (name == "eventVersion") return string(kEventVersion);
  if (name == "eventSource") return string(kEventSource);
  if (name == "eventSourceARN") return string(event.stream_arn);
  if (name == "awsRegion") return string(event.region);
  if (name == "userIdentity" && event.record.actor == ChangeActor::service) {
    return object(event, identity_member);
  }
  return EventNode();
}

EventNode EventNode::change_member(const ChangeEventView& event, std::string_view name) {
  const StreamRecordView& record = event.record;
  if (name == "Keys") return image(record.keys);
  if (name == "NewImage") return image(record.new_image);
  if (name == "OldImage") return image(record.old_image);
  if (name == "SequenceNumber") return scalar(Kind::string, sequence_number_of(event));
  if (name == "StreamViewType") return string(name_of(record.view));
  if (name == "SizeBytes") return scalar(Kind::number, std::to_string(record.size_bytes()));
  if (name == "ApproximateCreationDateTime") {
    return scalar(Kind::number, std::to_string(creation_seconds(record)));
  }
  return EventNode();
}

EventNode EventNode::identity_member(const ChangeEventView&, std::string_view name) {
  if (name == "type") return string(kServiceType);
  if (name == "principalId") return string(kServicePrincipal);
  return EventNode();
}

}  // namespace stator
