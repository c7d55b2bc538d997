// Passwords (口令): made, checked against the office's rules, hashed and verified by Argon2id
// (libsodium).
//
// Pure but for randomness; any thread. A hash or a verification costs kHashMemory and one to three
// tenths of a second of one core, so neither belongs into a transaction; at most kHashesAtOnce run
// in a process, further ones wait.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace fazhi::access {

inline constexpr std::size_t kHashMemory = std::size_t{64} * 1024 * 1024;  // bytes
inline constexpr unsigned kHashPasses = 2;  // crypto_pwhash_OPSLIMIT_INTERACTIVE
inline constexpr int kHashesAtOnce = 4;
inline constexpr std::size_t kPasswordLengthFloor = 8;  // whatever the settings say
inline constexpr std::size_t kPasswordLengthMax = 200;  // characters
inline constexpr std::size_t kGeneratedLength = 16;

struct PasswordRules {
    std::size_t min_length = 10;  // characters; at least kPasswordLengthFloor
};

// The text in NFC under Argon2id with a salt of its own: "$argon2id$v=19$…". Throws
// std::bad_alloc where the memory is not to be had.
std::string hash_password(std::string_view text);
// Is `hash` one of `text`? False of a hash that is none.
bool verify_password(const std::string& hash, std::string_view text);
// For a name that nobody bears: costs what verify_password costs, is always false.
bool verify_nothing(std::string_view text);

// kGeneratedLength characters, letters and digits without look-alikes (0 O o 1 l I): 92 bits.
std::string generated_password();

// May somebody with this login name (name@office) choose it? Counted in characters, in NFC. Refuses
// kWeakPassword: shorter than the rules or longer than kPasswordLengthMax, not clean text, the
// name with or without the office, one of the common ones (upper and lower case alike), few
// characters over and over, or a run like abcdefgh.
Result<void> checked_password(std::string_view text, const PasswordRules& rules,
                              std::string_view login);

}  // namespace fazhi::access
