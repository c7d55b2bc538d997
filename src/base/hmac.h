// A code that only holders of a secret can make over a message (RFC 2104). Pure; any thread.
#pragma once

#include <string_view>

#include "base/digest.h"

namespace fazhi {

// HMAC with SHA-256.
Digest hmac_sha256(std::string_view secret, std::string_view message);

}  // namespace fazhi
