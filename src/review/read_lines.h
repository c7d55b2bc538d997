// Lines as a page or a text file has them, and the paragraphs they were broken from.
//
// A line goes on in the next where it is full (the next line's first word would not have fitted
// behind it) and the next neither is set in, nor stands behind a gap, nor begins with a number of a
// heading after a sentence's end. Where nothing is set in and nothing stands apart, as in text
// taken from a PDF, a first line falls short by the two characters it was set in. Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "review/read_characters.h"

namespace fazhi::review {

struct SourceLine {
    PlacedText text;         // without the line end
    double left = 0;         // of the first character, and
    double right = 0;        // of the end of the last, from one origin for all lines
    double em = 1;           // the width of a Chinese character of this line
    bool after_gap = false;  // a blank line, or space for one, stands before it
};

// In the order of the lines. Margins are taken from the lines near by that stand below or above
// one another, so columns of a page may follow each other.
std::vector<PlacedText> joined_paragraphs(const std::vector<SourceLine>& lines);

// Paragraphs that the end of a page parted in a file that no longer shows pages: a long one that
// ends within a sentence, and one behind it that ends with one, are one.
void join_parted(std::vector<TextBlock>& blocks);

// The text of a line, or of a paragraph.
std::u32string characters_of(const PlacedText& text);

// 一、 （一） 1. （1） ① 第一章 一是, at the beginning.
bool begins_with_number(std::u32string_view line);
// A line that is nothing but a page's number: — 1 —, -1-, 第1页 共5页, 1/5; with `bare` also 1.
enum class Bare { No, Yes };
bool is_page_number(std::u32string_view line, Bare bare);

}  // namespace fazhi::review
