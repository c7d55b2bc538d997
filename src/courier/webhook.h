// Handing a JSON document to another program (webhook): an HTTP POST, signed with a shared secret.
//
// One call, one connection; gives up after kHookSecondsMax. Any thread.
#pragma once

#include <string>

#include "base/result.h"

namespace fazhi::courier {

inline constexpr long kHookSecondsMax = 30;

struct Webhook {
    std::string url;     // https://…; http:// only to this machine
    std::string secret;  // at least kSecretMin bytes

    friend bool operator==(const Webhook&, const Webhook&) = default;
};
inline constexpr std::size_t kSecretMin = 16;

// HMAC-SHA-256 of the body under the secret, hex: what the header X-Fazhi-Signature says after
// "sha256=".
std::string signature_of(const Webhook&, const std::string& body);

// Done when it answered 2xx. `id`: the same document sent again has the same Idempotency-Key.
// Refuses kNotSent, and kRejected (4xx, but for 408 and 429).
Result<void> post(const Webhook&, const std::string& body, const std::string& id);

}  // namespace fazhi::courier
