// What readers of every format bring: characters with the place each has in its file; and how they
// become a block: widths, spacing and radicals normalised, places kept.
//
// Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "review/source_text.h"

namespace fazhi::review {

struct PlacedCharacter {
    char32_t character = 0;
    Spot spot;
};
// A line feed is a line end of the file within a paragraph: a place where the layout, not the
// author, broke the text.
using PlacedText = std::vector<PlacedCharacter>;

// The characters of one line of the file, from `spot` on.
PlacedText placed(std::u32string_view line, Spot spot);
void append(PlacedText& text, const PlacedText& more);
void append(PlacedText& text, std::u32string_view line, Spot spot);

// Normalised:
// - each character in its reading form (text/reading_form.h); invisible and control characters go;
// - a space or a line end goes, but between two words of letters, and where it is wider than a
//   character and a half of Chinese (columns, a date far right): there one space stays;
// - a line end within a number or behind a hyphen goes; no space at the beginning or end.
TextBlock block_of(BlockKind kind, int level, const PlacedText& text);

// Nothing but spaces and invisible characters.
bool is_blank(std::u32string_view line);
bool is_space(char32_t);
bool is_digit(char32_t);  // of either width
// In columns of a fixed pitch: a Chinese character is two, a tab up to the next eighth.
std::size_t columns_of(std::u32string_view line);

}  // namespace fazhi::review
