// The command `stator healthcheck`: asks a running server whether it answers.
#pragma once

#include <cstdint>
#include <string>

namespace stator {

// True when `GET /` is answered with status 200 within two seconds. Blocks; needs no library, so
// that a container's health check stays cheap.
bool is_healthy(const std::string& host, std::uint16_t port);

}  // namespace stator
