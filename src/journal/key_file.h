// A key in a file of its own, three lines of text, readable by its owner alone (0600):
//   fazhi master key 1
//   <base64 of the 32 bytes>
//   check <the first 8 hex digits of SHA-256 over the first line and the bytes>
// The check tells a mistyped or damaged file from another key.
//
// Any thread; two processes making the same file end with one of the two keys.
#pragma once

#include <array>
#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace fazhi::journal {

using KeyBytes = std::array<unsigned char, 32>;

// 0700. Refuses kKeysNotWritten.
Result<void> make_key_folder(const std::filesystem::path& folder);
// Writes `key`, durably, unless the file is there. `kind` is the second word of the file. Refuses
// kKeysNotWritten.
Result<void> make_key_file(const std::filesystem::path& file, std::string_view kind,
                           const KeyBytes& key);
// Refuses kKeysMissing, kKeysExposed (others than the owner have rights), kKeysBroken.
Result<KeyBytes> read_key_file(const std::filesystem::path& file, std::string_view kind);

}  // namespace fazhi::journal
