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
  std::string_view parameter = {};  // the one that its query may have; empty: none
  RunTextControl run_text = nullptr;
};

constexpr std::array<ControlRoute, 12> kRoutes = {{
    {"GET", "/metrics", nullptr, {}, show_metrics},
    {"GET", "/_stator/capacity", show_capacity},
    {"POST", "/_stator/capacity", change_capacity},
    {"GET", "/_stator/clock", show_clock},
    {"POST", "/_stator/clock", advance_clock},
    {"GET", "/_stator/faults", show_faults},
    {"POST", "/_stator/faults", add_fault},
    {"DELETE", "/_stator/faults", remove_faults, "id"},
    {"GET", "/_stator/lag", show_lag},
    {"POST", "/_stator/lag", change_lag},
    {"GET", "/_stator/partitions", show_partitions, "table"},
    {"POST", "/_stator/reset", reset_database},
}};

Result<void> run(const ControlRoute& route, ControlContext context, const ControlCall& call,
                 std::string* body) {
  const std::size_t parameters = route.parameter.empty() ? 0 : 1;
  context.query = TRY(parse_query(call.query, {&route.parameter, parameters}));
  if (route.run_text != nullptr) return route.run_text(context, body);
  JsonWriter json(body);
  Result<void> result = route.run(context, &json);
  json.finish();
  return result;
}

void answer(const ControlRoute& route, const ControlContext& context, const ControlCall& call,
            Reply* reply) {
  const Result<void> result = run(route, context, call, &reply->body);
  if (result) return;
  const Error& error = result.error();
  const std::string_view text = error.message();
  refuse_control(exception_of(error.code()).status,
                 text.empty() ? "the body is not a JSON object" : text, reply);
}

}  // namespace

void refuse_control(int status, std::string_view message, Reply* reply) {
  reply->status = status;
  reply->body.clear();
  JsonWriter json(&reply->body);
  json.begin_object();
  json.member("message", message);
  json.end_object();
  json.finish();
}

void run_control(const ControlContext& context, const ControlCall& call, Reply* reply) {
  bool has_path = false;
  for (const ControlRoute& route : kRoutes) {
    if (route.path != call.path) continue;
    if (route.method == call.method) return answer(route, context, call, reply);
    has_path = true;
  }
  if (has_path) return refuse_control(405, "not a method of this path", reply);
  refuse_control(404, "no such path: " + std::string(call.path), reply);
}

}  // namespace stator
