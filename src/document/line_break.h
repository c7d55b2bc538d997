// Text into lines of Chinese: full-width characters on the grid, Latin words whole, no closing mark
// at the start of a line and no opening mark at its end (禁则), edges even where a paragraph asks
// for it.
//
// Widths are points. Pure given the measure; any thread the measure allows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "document/text_measure.h"

namespace fazhi::document {

enum class PieceKind {
    Wide,     // one full-width character, or a doubled dash or ellipsis
    Word,     // Latin letters, digits, signs: kept together
    Blank,    // a space
    NewLine,  // a line feed of the text
};

// The smallest thing a line is made of.
struct Piece {
    std::string text;
    PieceKind kind = PieceKind::Wide;
    TextStyle style;
    double width = 0;       // as measured
    double advance = 0;     // as placed: evened edges move it
    bool may_begin = true;  // a line
    bool may_end = true;
    bool clings = false;  // to the figure before it: the 万 of 5.5万

    friend bool operator==(const Piece&, const Piece&) = default;
};

struct StyledText {
    std::string text;
    TextStyle style;
};

// The pieces of a paragraph. A word wider than `longest` falls apart into characters.
std::vector<Piece> pieces_of(const std::vector<StyledText>&, const TextMeasure&, double longest);

struct LineShape {
    double width = 0;
    double first_indent = 0;
    bool even = true;  // spread every line but the last to the full width
};

struct Line {
    std::vector<Piece> pieces;
    double indent = 0;
    double width = 0;  // from the indent on

    [[nodiscard]] std::string text() const;
};

// At least one line, which is empty where there are no pieces.
std::vector<Line> break_lines(const std::vector<Piece>&, const LineShape&);

// The lines of a title: where it has line feeds, there; else as few as fit, of like length, and
// before “关于” where that fits (回行词意完整).
std::vector<std::string> title_lines(std::string_view title, double ems_in_line);

}  // namespace fazhi::document
