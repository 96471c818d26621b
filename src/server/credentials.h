// Who signed a request, as its Authorization header or its query string says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/http_request.h"
#include "stator/database.h"

namespace stator {

// Reads the signature's parts without verifying it: any well-formed credentials are accepted. What
// is missing or malformed becomes the refusal that AWS gives. A value that refers to the request
// and to itself, so it is neither copied nor moved. Not synchronised; never fails otherwise.
class Credentials {
 public:
  explicit Credentials(const HttpRequest& request);
  Credentials(const Credentials&) = delete;
  Credentials& operator=(const Credentials&) = delete;

  // The access key and region of the credential scope; the defaults of Caller when refused.
  const Caller& caller() const { return caller_; }

  // Whether there is no signature at all, good or bad.
  bool are_missing() const { return refusal_ && refusal_->type == kMissingToken; }

  // Why the caller is not served; null when all parts are there.
  const Refusal* refusal() const { return refusal_ ? &*refusal_ : nullptr; }

 private:
  static constexpr std::string_view kMissingToken = "MissingAuthenticationTokenException";

  void read_header(const HttpRequest& request);
  void read_query(const HttpRequest& request);
  void read_scope(std::string_view credential);

  Caller caller_;
  std::optional<Refusal> refusal_;
  std::string decoded_;  // the credential of a query string, which caller_ refers to
};

}  // namespace stator
