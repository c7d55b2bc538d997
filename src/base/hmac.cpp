#include "base/hmac.h"

#include <stdexcept>

#include <openssl/hmac.h>

namespace fazhi {

Digest hmac_sha256(std::string_view secret, std::string_view message) {
    Digest out;
    unsigned int size = 0;
    const auto* done = HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
                            reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                            out.bytes.data(), &size);
    if (done == nullptr || size != out.bytes.size())
        throw std::runtime_error("OpenSSL could not make a code");
    return out;
}

}  // namespace fazhi
