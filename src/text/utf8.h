// Text (文本) as UTF-8: checked on entry, measured and cut by characters, folded for comparing.
//
// "Character" is a Unicode code point where a limit or a position is meant, and a grapheme cluster
// (what a reader calls one character) where text is cut or shown. Only checked_text and valid_utf8
// take bytes that may not be UTF-8; elsewhere a byte sequence that is none counts as U+FFFD. Pure
// functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fazhi::text {

bool valid_utf8(std::string_view bytes);

enum class Lines { One, Many };  // Many: newline and tab are allowed, CR LF becomes a newline

struct TextRules {
    Lines lines = Lines::One;
    std::size_t length_max = 200;  // in characters (code points), after normalisation
};

// What may be stored: the same text in NFC. Not trimmed, may be empty.
// Refuses, the first fault by position: kInvalidUtf8, kNullCharacter, kControlCharacter,
// kDirectionMark, kInvisibleCharacter; then kTooLong. Variation selectors and private-use
// characters (rare names) are allowed.
Result<std::string> checked_text(std::string_view bytes, TextRules rules = {});

std::string nfc(std::string_view text);
bool is_nfc(std::string_view text);

std::size_t length(std::string_view text);  // in code points
std::size_t grapheme_count(std::string_view text);
// Columns on a terminal or in a fixed-pitch table: wide and full-width 2, combining marks 0,
// others 1.
std::size_t display_width(std::string_view text);

// At most `characters_max` graphemes; when text is cut the last of them is `ellipsis` (counted as
// one).
std::string truncated(std::string_view text, std::size_t characters_max,
                      std::string_view ellipsis = "…");

// The grapheme clusters, in order; views into `text`.
std::vector<std::string_view> characters(std::string_view text);
std::u32string code_points(std::string_view text);
std::string from_code_points(std::u32string_view points);

// Full-width letters, digits, marks and the ideographic space as their ASCII twins:
// "２０２３年（Ａ）" → "2023年(A)".
std::string fold_width(std::string_view text);
// Without white space (Unicode, U+3000 too) at both ends; a view into `text`.
std::string_view trimmed(std::string_view text);

}  // namespace fazhi::text
