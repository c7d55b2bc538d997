// The few calls of OpenSSL that signing with SM2 takes (GB/T 32918.2, hash SM3, user id
// 1234567812345678 as GB/T 35276 has it where none is agreed). A signature is r and s, 32 bytes
// each, the highest first; a public key the point, 0x04, x and y (65 bytes). Any thread.
#pragma once

#include <string>
#include <string_view>

#include "journal/key_file.h"

namespace fazhi::journal::sm2 {

// Are these 32 bytes a private key: from 1 to the order of the curve less 2?
bool is_secret(const KeyBytes&);
// INVARIANT: is_secret.
std::string public_key_of(const KeyBytes& secret);
std::string sign(const KeyBytes& secret, std::string_view text);
// False also for what is no public key or no signature.
bool verify(std::string_view public_key, std::string_view text, std::string_view signature);

}  // namespace fazhi::journal::sm2
