#include "client/failures_command.h"

#include <cstdio>

#include "base/exit_status.h"
#include "client/http_connection.h"
#include "streams/json_text.h"

namespace stator {
namespace {

int cannot_start(const std::string& why) {
  return fail(kExitCannotStart, why);
}

}  // namespace

int run_failures(const std::string& endpoint) {
  const std::optional<Url> url = parse_url(endpoint);
  if (!url) return cannot_start("no URL that begins with http://: " + endpoint);
  const Result<std::string> answer = HttpConnection(*url).get("/_stator/failures");
  if (!answer) {
    const bool is_answered = answer.error().code() != ErrorCode::internal;
    return fail(is_answered ? kExitFailed : kExitCannotStart, answer.error().message());
  }
  JsonText json(*answer);
  if (json.kind() != JsonTextKind::object) return cannot_start("the answer is none of stator's");
  for (JsonText::Members member(&json); member.next();) {
    if (json.kind() != JsonTextKind::array) return cannot_start("the answer is none of stator's");
    for (JsonText::Elements element(&json); element.next();) {
      std::puts(std::string(json.skip()).c_str());
    }
  }
  if (!json.finish()) return cannot_start("the answer is none of stator's");
  return end_of_output(kExitOk);
}

}  // namespace stator
