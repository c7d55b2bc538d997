#include "journal/signature.h"

#include <array>

#include <sodium.h>

#include "journal/sm2.h"
#include "journal/sodium_box.h"

namespace fazhi::journal {
namespace {

using Ed25519Secret = std::array<unsigned char, crypto_sign_SECRETKEYBYTES>;

static_assert(std::tuple_size_v<KeyBytes> == crypto_sign_SEEDBYTES);

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

std::string ed25519_public_key(const KeyBytes& seed, Ed25519Secret& secret) {
    sodium_box::ready();
    std::string out(crypto_sign_PUBLICKEYBYTES, '\0');
    crypto_sign_seed_keypair(bytes_of(out), secret.data(), seed.data());
    return out;
}

std::string ed25519_signature(const KeyBytes& seed, std::string_view text) {
    Ed25519Secret secret{};
    ed25519_public_key(seed, secret);
    std::string out(crypto_sign_BYTES, '\0');
    crypto_sign_detached(bytes_of(out), nullptr, bytes_of(text), text.size(), secret.data());
    return out;
}

bool is_ed25519_signature(std::string_view public_key, std::string_view text,
                          std::string_view signature) {
    sodium_box::ready();
    if (public_key.size() != crypto_sign_PUBLICKEYBYTES) return false;
    if (signature.size() != crypto_sign_BYTES) return false;
    return crypto_sign_verify_detached(bytes_of(signature), bytes_of(text), text.size(),
                                       bytes_of(public_key)) == 0;
}

}  // namespace

std::string_view to_text(SignatureAlgorithm algorithm) {
    switch (algorithm) {
        case SignatureAlgorithm::Ed25519:
            return "ed25519";
        case SignatureAlgorithm::Sm2:
            return "sm2";
    }
    return "";
}

std::optional<SignatureAlgorithm> signature_algorithm_from(std::string_view text) {
    for (const auto algorithm : {SignatureAlgorithm::Ed25519, SignatureAlgorithm::Sm2}) {
        if (to_text(algorithm) == text) return algorithm;
    }
    return std::nullopt;
}

KeyBytes random_secret(SignatureAlgorithm algorithm) {
    KeyBytes secret = sodium_box::random_key();
    // One in 2^32 is no key of SM2; any bytes are one of Ed25519.
    while (algorithm == SignatureAlgorithm::Sm2 && !sm2::is_secret(secret))
        secret = sodium_box::random_key();
    return secret;
}

std::optional<SigningKey> SigningKey::from(SignatureAlgorithm algorithm, const KeyBytes& secret) {
    if (algorithm == SignatureAlgorithm::Sm2) {
        if (!sm2::is_secret(secret)) return std::nullopt;
        return SigningKey(secret, {algorithm, sm2::public_key_of(secret)});
    }
    Ed25519Secret whole{};
    return SigningKey(secret, {algorithm, ed25519_public_key(secret, whole)});
}

std::string SigningKey::sign(std::string_view text) const {
    switch (public_key_.algorithm) {
        case SignatureAlgorithm::Ed25519:
            return ed25519_signature(secret_, text);
        case SignatureAlgorithm::Sm2:
            return sm2::sign(secret_, text);
    }
    return "";
}

bool verify_signature(const PublicKey& key, std::string_view text, std::string_view signature) {
    switch (key.algorithm) {
        case SignatureAlgorithm::Ed25519:
            return is_ed25519_signature(key.bytes, text, signature);
        case SignatureAlgorithm::Sm2:
            return sm2::verify(key.bytes, text, signature);
    }
    return false;
}

}  // namespace fazhi::journal
