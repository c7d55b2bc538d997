// Every refusal of this room, the most important first.
#pragma once

#include <string_view>

namespace fazhi::journal::errors {

// A stored record is not what was journalled: its hash, its form or its seal does not agree.
inline constexpr std::string_view kBrokenRecord = "journal.broken_record";
// A record asks of a projection what cannot be: amends what was never created, names what is
// unknown.
inline constexpr std::string_view kImpossibleRecord = "journal.impossible_record";
// The journal is not a continuation of the one that was signed before.
inline constexpr std::string_view kNotContinued = "journal.not_continued";
// There is no record of that number, or the journal was never of that size.
inline constexpr std::string_view kNoSuchRecord = "journal.no_such_record";
// Not RFC 8785 canonical JSON, or beyond what a body may hold (fractions, 2^53, depth).
inline constexpr std::string_view kNotCanonical = "journal.not_canonical";
// Not a signed checkpoint as note.h describes it.
inline constexpr std::string_view kBrokenNote = "journal.broken_note";
// The folder holds no keys, or not both.
inline constexpr std::string_view kKeysMissing = "journal.keys_missing";
// A key file does not hold a key, or was changed.
inline constexpr std::string_view kKeysBroken = "journal.keys_broken";
// Others than the owner may read or write a key file.
inline constexpr std::string_view kKeysExposed = "journal.keys_exposed";
// The folder or a key file cannot be made.
inline constexpr std::string_view kKeysNotWritten = "journal.keys_not_written";

}  // namespace fazhi::journal::errors
