// One line of a journal (台账流水): what was done, by whom, when, to what; and its canonical form.
//
// The body is RFC 8785 canonical JSON (no fractions, no integer beyond ±2⁵³, keys ASCII, text
// without U+0000), e.g.
//   {"action":"create","actor":12,"at":"2024-05-06T01:02:03Z","command":31,"entry":31,
//    "fields":{"category":"neighbour"},"jurisdiction":2,"ledger":"dispute","sealed":"base64…",
//    "seq":31,"subject":31}
// journal/ sets jurisdiction, seq, at, subject and sealed; the other members belong to the room
// that journals (`action` says which). `subject` is the seq of the record whose key seals this one
// and whose history it is part of.
//
// Pure functions and values; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/value.h"

namespace fazhi::journal {

inline constexpr int kDepthMax = 32;  // of lists and maps within one another
inline constexpr std::int64_t kIntegerMax = std::int64_t{1} << 53;

struct Record {
    std::int64_t seq = 0;  // from 1
    Value body;            // a map, as journalled, `sealed` included
    Value sealed;  // what `sealed` holds in the clear; null where there is none or its key was
                   // destroyed
};

// RFC 8785. INVARIANT on an integer beyond ±2⁵³, a key that is not ASCII, text that is not UTF-8 or
// holds U+0000, anything deeper than kDepthMax: rooms check input before.
std::string canonical(const Value&);
// The value of a JSON text. Refuses kNotCanonical where it is no JSON or not the canonical form of
// its value.
Result<Value> parse_canonical(std::string_view text);

// `text` as a JSON string, quotes included. Bytes that are no UTF-8 pass as they are.
std::string json_string(std::string_view text);

}  // namespace fazhi::journal
