#include "shell/dynamo.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "base/url.h"

namespace stator {
namespace {

using Clock = std::chrono::steady_clock;

// A server may end a connection that nobody uses; ours does after a minute.
constexpr std::chrono::seconds kIdleMax(5);

// A connection that is made anew when it was not used for long. A resource of one thread.
class Endpoint {
 public:
  Endpoint(Url url, CredentialScope scope) : url_(std::move(url)), scope_(std::move(scope)) {}

  Result<DynamoAnswer> ask(std::string_view operation, std::string_view json) {
    if (!connection_ || Clock::now() - last_use_ > kIdleMax) connection_.emplace(url_, scope_);
    Result<DynamoAnswer> answer =
        connection_->ask("DynamoDB_20120810." + std::string(operation), json);
    last_use_ = Clock::now();
    return answer;
  }

 private:
  const Url url_;
  const CredentialScope scope_;
  std::optional<HttpConnection> connection_;
  Clock::time_point last_use_;
};

}  // namespace

Result<Dynamo> dynamo_at(const std::string& endpoint, const CredentialScope& scope) {
  std::optional<Url> url = parse_url(endpoint);
  if (!url) return validation_error("no URL that begins with http://: " + endpoint);
  const auto server = std::make_shared<Endpoint>(*std::move(url), scope);
  TRY(server->ask("ListTables", "{}"));
  return [server](std::string_view operation, std::string_view json) {
    return server->ask(operation, json);
  };
}

Result<Dynamo> dynamo_in(const std::string& directory, Isolation isolation, CredentialScope scope) {
  if (!std::filesystem::is_directory(directory)) {
    return validation_error(directory + ": there is no such directory");
  }
  DatabaseOptions options;
  options.directory = directory;
  options.as_left = true;
  options.capacity = CapacityMode::off;
  options.isolation = isolation;
  OpenResult opened = Database::open(std::move(options));
  if (!opened.database) return validation_error(std::move(opened.error));
  const std::shared_ptr<Database> database = std::move(opened.database);
  return [database, scope = std::move(scope)](std::string_view operation,
                                              std::string_view json) -> Result<DynamoAnswer> {
    Reply reply;
    database->call({.operation = operation,
                    .body = json,
                    .caller = {.access_key = scope.access_key, .region = scope.region}},
                   &reply);
    return DynamoAnswer{.status = reply.status, .json = std::move(reply.body)};
  };
}

}  // namespace stator
