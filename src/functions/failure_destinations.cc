#include "functions/failure_destinations.h"

#include <array>
#include <fstream>
#include <utility>

namespace stator {
namespace {

constexpr std::string_view kFileScheme = "file:";
constexpr std::string_view kHandlerScheme = "handler:";
constexpr std::string_view kBucketArn = "arn:aws:s3:";

// How long a destination may take, and what it may say. Ours.
constexpr std::chrono::milliseconds kDestinationTimeout = std::chrono::seconds(10);
constexpr std::size_t kDestinationAnswerBytesMax = 64 * 1024;

bool append_line(const std::string& path, std::string_view line) {
  std::ofstream file(path, std::ios::app | std::ios::binary);
  file << line << '\n';
  file.close();
  return !file.fail();
}

// "file:/path" and "file:///path"
std::string file_path(std::string_view place) {
  place.remove_prefix(kFileScheme.size());
  if (place.starts_with("///")) place.remove_prefix(2);
  return std::string(place);
}

}  // namespace

struct FailureDestinations::State {
  const DestinationPlaces places;
  HttpPoster& poster;
  KeptFailures& kept;
  const FunctionLog log;

  void say(FunctionLogLine::Level level, std::string_view message, std::string_view text) const {
    log({.level = level, .message = message, .function = {}, .text = text});
  }

  std::string_view place_of(std::string_view destination) const {
    const auto mapped = places.find(destination);
    return mapped == places.end() ? destination : std::string_view(mapped->second);
  }

  void keep(const std::string& document, const std::function<void()>& done) const {
    const Result<void> kept_it = kept.keep(document);
    if (kept_it) return done();
    say(FunctionLogLine::Level::error, "a failed batch cannot be kept", kept_it.error().message());
  }

  void did_not_arrive(std::string_view place, const std::string& document,
                      const std::function<void()>& done) const {
    say(FunctionLogLine::Level::warn, "a failed batch is kept: its destination does not take it",
        place);
    keep(document, done);
  }
};

// "arn:aws:sqs:us-east-1:000000000000:name"; of a bucket region and account are empty.
bool is_destination_arn(std::string_view text) {
  std::array<std::string_view, 5> fields;
  for (std::string_view& field : fields) {
    const std::size_t end = text.find(':');
    if (end == std::string_view::npos) return false;
    field = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  const std::string_view service = fields[2];
  const bool is_known = service == "sqs" || service == "sns" || service == "s3";
  return fields[0] == "arn" && fields[1].starts_with("aws") && is_known && !text.empty();
}

bool is_destination_place(std::string_view text) {
  return (text.starts_with(kFileScheme) && !file_path(text).empty()) ||
         (text.starts_with(kHandlerScheme) && text.size() > kHandlerScheme.size()) ||
         parse_url(text).has_value();
}

FailureDestinations::FailureDestinations(Parts parts)
    : state_(std::make_shared<State>(
          State{std::move(parts.places), parts.poster, parts.kept, std::move(parts.log)})) {
  for (auto& [name, handler] : parts.handlers) {
    handlers_[name] = std::make_unique<InProcessInvoker>(
        [take = std::move(handler)](std::string_view document) {
          take(document);
          return HandlerResult{};
        },
        1);
  }
}

FailureDestinations::~FailureDestinations() = default;

bool FailureDestinations::takes_payload(std::string_view destination) {
  return destination.starts_with(kBucketArn);
}

void FailureDestinations::send(std::string_view destination, std::string document,
                               std::function<void()> done) {
  if (destination.empty()) return state_->keep(document, done);
  const std::string place(state_->place_of(destination));
  // Keeps it where it did not arrive.
  const auto ended = [state = state_, place, document, done](bool arrived) {
    if (arrived) return done();
    state->did_not_arrive(place, document, done);
  };
  if (place.starts_with(kFileScheme)) return ended(append_line(file_path(place), document));
  if (place.starts_with(kHandlerScheme)) {
    const auto handler = handlers_.find(std::string_view(place).substr(kHandlerScheme.size()));
    if (handler == handlers_.end()) return ended(false);
    Invocation invocation{.request_id = {}, .function_arn = {}, .event = std::move(document)};
    return handler->second->invoke(std::move(invocation), [ended](const InvocationResult& result) {
      ended(result.outcome == InvocationOutcome::succeeded);
    });
  }
  const std::optional<Url> url = parse_url(place);
  if (!url) return ended(false);
  state_->poster.post(
      {.url = *url,
       .body = std::move(document),
       .headers = {},
       .timeout = kDestinationTimeout,
       .answer_bytes_max = kDestinationAnswerBytesMax},
      [ended](const HttpAnswer& answer) {
        ended(answer.end == HttpEnd::answered && answer.status >= 200 && answer.status <= 299);
      });
}

}  // namespace stator
