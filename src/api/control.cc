#include "api/control.h"

#include <array>
#include <string>

#include "api/exceptions.h"

namespace stator {
namespace {

struct ControlRoute {
  std::string_view method;
  std::string_view path;
  RunControl run;
};

constexpr std::array<ControlRoute, 6> kRoutes = {{
    {"GET", "/_stator/capacity", show_capacity},
    {"POST", "/_stator/capacity", change_capacity},
    {"GET", "/_stator/clock", show_clock},
    {"POST", "/_stator/clock", advance_clock},
    {"GET", "/_stator/lag", show_lag},
    {"POST", "/_stator/lag", change_lag},
}};

void refuse(int status, std::string_view message, Reply* reply) {
  reply->status = status;
  reply->body.clear();
  JsonWriter json(&reply->body);
  json.begin_object();
  json.member("message", message);
  json.end_object();
  json.finish();
}

void answer(const ControlRoute& route, const ControlContext& context, Reply* reply) {
  JsonWriter json(&reply->body);
  const Result<void> result = route.run(context, &json);
  json.finish();
  if (result) return;
  const Error& error = result.error();
  const std::string_view text = error.message();
  refuse(exception_of(error.code()).status, text.empty() ? "the body is not a JSON object" : text,
         reply);
}

}  // namespace

void run_control(const ControlContext& context, const ControlCall& call, Reply* reply) {
  bool has_path = false;
  for (const ControlRoute& route : kRoutes) {
    if (route.path != call.path) continue;
    if (route.method == call.method) return answer(route, context, reply);
    has_path = true;
  }
  if (has_path) return refuse(405, "not a method of this path", reply);
  refuse(404, "no such path: " + std::string(call.path), reply);
}

}  // namespace stator
