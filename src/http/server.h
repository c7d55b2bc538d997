// The server: listens on a loopback address, answers from a pool of threads, stops at SIGINT or
// SIGTERM.
//
// Bounds: kHeaderBytesMax, kConnectionsMax, kRequestSeconds. One call a process.
#pragma once

#include <cstdint>
#include <string>

#include "action/workplace.h"
#include "base/result.h"

namespace fazhi::http {

inline constexpr int kThreads = 4;
inline constexpr int kConnectionsMax = 200;
inline constexpr int kRequestSeconds = 30;

struct Address {
    std::string host;  // "127.0.0.1" or "::1"
    std::uint16_t port = 0;
};

// Refuses kBadAddress, kNotLoopback.
Result<Address> parse_address(const std::string& listen);
// Serves until it is asked to stop. Refuses what parse_address does. Throws where the port is
// taken.
Result<void> serve(action::Workplace&, const std::string& listen);

}  // namespace fazhi::http
