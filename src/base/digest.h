// Digests (摘要): SM3 (GB/T 32905) or SHA-256 over bytes, by OpenSSL. Both are 32 bytes long.
//
// Pure functions and values; any thread. Throws std::runtime_error where OpenSSL lacks the
// algorithm.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fazhi {

enum class HashAlgorithm { Sm3, Sha256 };

std::string_view to_text(HashAlgorithm);                                  // "sm3", "sha256"
std::optional<HashAlgorithm> hash_algorithm_from(std::string_view text);  // the reverse

struct Digest {
    std::array<std::uint8_t, 32> bytes{};

    [[nodiscard]] std::string hex() const;            // 64 lower-case digits
    [[nodiscard]] std::string_view as_bytes() const;  // the 32 bytes, for storing and hashing
    static std::optional<Digest> from_hex(std::string_view hex);
    static std::optional<Digest> from_bytes(std::string_view bytes);

    friend auto operator<=>(const Digest&, const Digest&) = default;
};

Digest digest_of(HashAlgorithm, std::string_view bytes);
// Over the concatenation, without copying it together.
Digest digest_of(HashAlgorithm, std::string_view first, std::string_view second,
                 std::string_view third = {});

// Base64 with padding (RFC 4648 §4); decode answers nothing on anything else.
std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);
std::string hex(std::string_view bytes);
std::optional<std::string> from_hex(std::string_view text);

}  // namespace fazhi
