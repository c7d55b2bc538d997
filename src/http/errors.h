// Every refusal of this room, most important first.
#pragma once

#include <string_view>

namespace fazhi::http::errors {

// Only this machine may reach the server until there is sign-in.
inline constexpr std::string_view kNotLoopback = "http.not_loopback";
// The address is not "127.0.0.1:8080" or "[::1]:8080".
inline constexpr std::string_view kBadAddress = "http.bad_address";
// The address is taken, or not this machine's.
inline constexpr std::string_view kCannotListen = "http.cannot_listen";
// There is no such page.
inline constexpr std::string_view kNoSuchPage = "http.no_such_page";

// The ledger is open to certain posts only (visible_to), and nobody has signed in.
inline constexpr std::string_view kClosedLedger = "http.closed_ledger";

}  // namespace fazhi::http::errors
