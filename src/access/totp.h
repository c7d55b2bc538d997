// Codes of the phone (动态码): six digits that change every 30 seconds (RFC 6238, HMAC-SHA-1, as
// authenticator apps know it), by liboath.
//
// Pure but for randomness; any thread. Throws std::runtime_error where liboath cannot be used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "calendar/date.h"

namespace fazhi::access {

inline constexpr int kTotpSeconds = 30;
inline constexpr int kTotpDigits = 6;
inline constexpr int kTotpWindow = 1;  // steps before and after that are accepted: clocks differ

// 20 random bytes in base32, as apps take it: 32 characters.
std::string new_secret();
// What the QR code holds: otpauth://totp/ISSUER:LOGIN?secret=…&issuer=…
std::string otpauth_url(std::string_view secret, std::string_view login, std::string_view issuer);
// The step (Unix time / 30) whose code it is, within the window and later than `last_step`, the
// last one accepted (0: none), so that a code is accepted once. White space is not minded.
std::optional<std::int64_t> verify_totp(std::string_view secret, std::string_view code,
                                        calendar::Instant now, std::int64_t last_step);
// The code of the step at `now`: for tests, and for nobody else.
std::string totp_at(std::string_view secret, calendar::Instant now);

}  // namespace fazhi::access
