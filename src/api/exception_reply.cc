#include "api/exception_reply.h"

#include <string>

#include "api/json_writer.h"
#include "api/table_access.h"

namespace stator {
namespace {

void write_reasons(const ExceptionRow& row, const Error& error, std::string_view region,
                   JsonWriter* json) {
  if (error.reasons().empty()) return;
  json->member(row.reasons_member);
  json->begin_array();
  for (const ThrottlingReason& each : error.reasons()) {
    json->element();
    json->begin_object();
    json->member("reason", each.reason);
    json->member("resource", table_arn(region, each.resource));
    json->end_object();
  }
  json->end_array();
}

void write_item_member(std::string_view item, JsonWriter* json) {
  if (item.empty()) return;
  json->member("Item");
  json->attributes(ItemView::trusted(item).attributes());
}

void write_cancellations(const Error& error, JsonWriter* json) {
  if (error.cancellations().empty()) return;
  json->member("CancellationReasons");
  json->begin_array();
  for (const CancellationReason& each : error.cancellations()) {
    json->element();
    json->begin_object();
    json->member("Code", each.code);
    write_item_member(each.item, json);
    if (!each.message.empty()) json->member("Message", each.message);
    json->end_object();
  }
  json->end_array();
}

}  // namespace

void write_exception(const ExceptionRow& row, const Error& error, std::string_view region,
                     Reply* reply) {
  reply->status = row.status;
  JsonWriter json(&reply->body);
  json.begin_object();
  json.member("__type", std::string(row.space) + std::string(row.name));
  if (!error.message().empty()) json.member(row.text_member, error.message());
  write_item_member(error.item(), &json);
  write_reasons(row, error, region, &json);
  write_cancellations(error, &json);
  json.end_object();
  json.finish();
}

void write_refusal(const Refusal& refusal, std::string_view region, Reply* reply) {
  write_exception({ErrorCode::access_denied, kCoralNamespace, refusal.type, 400, "message", {}},
                  Error(ErrorCode::access_denied, refusal.message), region, reply);
}

}  // namespace stator
