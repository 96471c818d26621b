#include "client/failures_command.h"

#include <cstdio>

#include "client/http_connection.h"
#include "streams/json_text.h"

namespace stator {
namespace {

int fail(const std::string& why) {
  std::fputs(("stator: " + why + "\n").c_str(), stderr);
  return 1;
}

}  // namespace

int run_failures(const std::string& endpoint) {
  const std::optional<Url> url = parse_url(endpoint);
  if (!url) return fail("no URL that begins with http://: " + endpoint);
  const Result<std::string> answer = HttpConnection(*url).get("/_stator/failures");
  if (!answer) return fail(answer.error().message());
  JsonText json(*answer);
  if (json.kind() != JsonTextKind::object) return fail("the answer is none of stator's");
  for (JsonText::Members member(&json); member.next();) {
    if (json.kind() != JsonTextKind::array) return fail("the answer is none of stator's");
    for (JsonText::Elements element(&json); element.next();) {
      std::puts(std::string(json.skip()).c_str());
    }
  }
  return json.finish() ? 0 : fail("the answer is none of stator's");
}

}  // namespace stator
