// Signatures of notes: Ed25519 (RFC 8032), or SM2 with SM3 (sm2.h) where the server's key was made
// for it. Which one is the key's for good; keys from before there was a choice are Ed25519.
//
// Values and pure functions but for random_secret; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/key_file.h"

namespace fazhi::journal {

enum class SignatureAlgorithm { Ed25519, Sm2 };

std::string_view to_text(SignatureAlgorithm);  // "ed25519", "sm2"
std::optional<SignatureAlgorithm> signature_algorithm_from(std::string_view text);  // the reverse

struct PublicKey {
    SignatureAlgorithm algorithm = SignatureAlgorithm::Ed25519;
    std::string bytes;  // Ed25519: 32; SM2: 65

    friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

KeyBytes random_secret(SignatureAlgorithm);

class SigningKey {
public:
    // Nothing where the bytes are no private key of this algorithm.
    static std::optional<SigningKey> from(SignatureAlgorithm, const KeyBytes& secret);

    [[nodiscard]] std::string sign(std::string_view text) const;  // 64 bytes
    [[nodiscard]] const PublicKey& public_key() const { return public_key_; }

private:
    SigningKey(const KeyBytes& secret, PublicKey public_key)
        : secret_(secret), public_key_(std::move(public_key)) {}

    KeyBytes secret_;
    PublicKey public_key_;
};

bool verify_signature(const PublicKey&, std::string_view text, std::string_view signature);

}  // namespace fazhi::journal
