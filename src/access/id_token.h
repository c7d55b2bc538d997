// What an identity provider says of whom it has signed in (OpenID Connect Core 1.0 §3.1.3.7): a
// signed token, believed only if everything about it is right.
//
// Pure; any thread. Signatures are checked by cjose.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "calendar/date.h"

namespace fazhi::access {

inline constexpr std::size_t kIdTokenBytesMax = 20'000;
inline constexpr std::size_t kSubjectBytesMax = 255;
inline constexpr std::chrono::seconds kClockSkew{120};  // between the provider's clock and ours

// What it must say to be for us, now, and for this sign-in.
struct IdTokenFor {
    std::string issuer;
    std::string client_id;
    std::string nonce;
    calendar::Instant now;
};

// Who the provider says it is: its name for a person, which it never gives to another.
// `keys`: the provider's (RFC 7517), a JSON text. Takes RS256, PS256 and ES256. Refuses
// kBadIdToken: no token, signed with another key or not at all, for somebody else, of another
// issuer or sign-in, too old or of the future, without a subject.
Result<std::string> subject_of_id_token(const std::string& token, const std::string& keys,
                                        const IdTokenFor& wanted);

}  // namespace fazhi::access
