// The server: reads and writes sockets on a few threads, answers on others, and stops at SIGINT or
// SIGTERM after what it has accepted is answered.
//
// Listens on this machine only: TLS is the business of the proxy in front (docs/operating.md),
// whose X-Forwarded-For and X-Forwarded-Proto are believed. One call a process.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "action/external_sign_in.h"
#include "action/workplace.h"
#include "base/result.h"
#include "http/limiter.h"

namespace fazhi::http {

inline constexpr int kSocketThreads = 2;
// A change waits for the disk together with those beside it: as many as wait are written at once.
inline constexpr std::size_t kWorkers = 64;
// Short questions wait for nobody: more threads than processors would only take turns.
inline constexpr std::size_t kShortWorkersMin = 4;
inline constexpr std::size_t kUrlBytesMax = 8'000;
inline constexpr std::size_t kFieldBytesMax = 8'192;
inline constexpr std::size_t kFieldsMax = 100;
inline constexpr std::size_t kBodyBytesMax = 21'000'000;   // a piece of evidence and a little more
inline constexpr std::size_t kLargeBodyBytes = 1'000'000;  // beyond it, a body is an upload
inline constexpr std::chrono::seconds kHandleTime{300};    // to make an answer: a large import
inline constexpr std::size_t kFilesKept = 512;  // of those the system allows: not for connections
inline constexpr std::size_t kConnectionsMin = 100;
inline constexpr std::chrono::seconds kLastAnswersTime{10};  // stopping: for answers on their way

// What a server takes on; beyond it a request is put off (503, Retry-After), a connection waits to
// be accepted, a connection that is too slow is closed. Smaller in tests.
struct Capacity {
    std::size_t connections = 12'000;  // or as many as the system's limit of open files allows
    std::size_t waiting = 500;         // requests accepted and not yet answered
    std::size_t uploads = 4;           // of those with a large body
    std::chrono::milliseconds request_time{75'000};  // for a request to arrive, idleness included
    std::chrono::milliseconds answer_time{30'000};   // for an answer to be taken
};
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
    Rates rates = {};
    Capacity capacity = {};
    action::ExternalSignIn* external = nullptr;  // null: no identity provider is set
    // Returns when the server is to stop; none: at SIGINT or SIGTERM.
    std::function<void()> until = {};
};
// Serves until it is asked to stop: then whatever was accepted is finished, its answers are sent,
// and whatever comes meanwhile is put off. Refuses what parse_address and WebFiles::read do,
// kCannotListen, kTooFewFiles.
Result<void> serve(action::Workplace&, const ServeOptions&);

}  // namespace fazhi::http
