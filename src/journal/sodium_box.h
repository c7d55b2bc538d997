// The few calls of libsodium that sealing and wrapping share: keys derived from a key, and text
// encrypted under one and bound to a context. Pure but for random(); any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fazhi::journal::sodium_box {

using Key = std::array<unsigned char, 32>;
using Nonce = std::array<unsigned char, 24>;

// Once a process, by itself.
void ready();

Key random_key();
Nonce random_nonce();
// What a derived key is for; the numbers are part of every stored ciphertext.
enum class Purpose : std::uint64_t { Encrypting = 1, Nonces = 2, Wrapping = 3, BlindIndex = 4 };
Key derived(const Key&, Purpose);
// Keyed BLAKE2b over context and text; where one ends and the other begins counts.
Nonce nonce_of(const Key&, std::string_view context, std::string_view text);
// HMAC-SHA-256, the same way.
std::string mac_of(const Key&, std::string_view context, std::string_view text);

// XChaCha20-Poly1305: nonce (24), ciphertext, tag (16).
std::string close(const Key&, const Nonce&, std::string_view context, std::string_view text);
// Nothing where anything was changed.
std::optional<std::string> open(const Key&, std::string_view context, std::string_view bytes);

}  // namespace fazhi::journal::sodium_box
