// The server: reads and writes sockets on a few threads, answers on others, and stops at SIGINT or
// SIGTERM after what it has accepted is answered.
//
// Listens on this machine only: TLS is the business of the proxy in front (docs/operating.md),
// whose X-Forwarded-For and X-Forwarded-Proto are believed. One call a process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "action/workplace.h"
#include "base/result.h"
#include "http/limiter.h"

namespace fazhi::http {

inline constexpr int kSocketThreads = 2;
// A change waits for the disk together with those beside it: as many as wait are written at once.
inline constexpr std::size_t kWorkers = 64;
inline constexpr std::size_t kWaitingMax = 500;  // requests accepted and not yet answered
inline constexpr std::size_t kConnectionsMax = 12'000;
inline constexpr int kIdleSeconds = 75;     // a connection without a request
inline constexpr int kRequestSeconds = 30;  // to take an answer
inline constexpr int kHandleSeconds = 300;  // to make one: a large import
inline constexpr std::size_t kUrlBytesMax = 8'000;
inline constexpr std::size_t kFieldBytesMax = 8'192;
inline constexpr std::size_t kFieldsMax = 100;
inline constexpr std::size_t kBodyBytesMax = 21'000'000;  // a piece of evidence and a little more

struct Address {
    std::string host;  // "127.0.0.1" or "::1"
    std::uint16_t port = 0;
};

// Refuses kBadAddress, kNotLoopback.
Result<Address> parse_address(const std::string& listen);
class EventHub;

struct ServeOptions {
    std::string listen;
    EventHub* events = nullptr;  // who listens; null: nobody may
    std::filesystem::path web;   // the application's files; empty: only the API
    Rates rates;
};
// Serves until it is asked to stop. Refuses what parse_address and WebFiles::read do,
// kCannotListen.
Result<void> serve(action::Workplace&, const ServeOptions&);

}  // namespace fazhi::http
