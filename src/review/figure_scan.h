// Which numbers of the prose are figures, before anything is asked about their measures. For
// figures.cpp.
#pragma once

#include <vector>

#include "review/figures.h"

namespace fazhi::review {

// Numbers of the prose and what stands around them, found once.
struct FigureMarks {
    FigureMarks(const Prose&, const Lexicon&);

    std::vector<text::RunningQuantity> quantities;
    std::vector<Extent> titles;  // 《…》
    std::vector<Extent> quotes;  // “…”
    Marks named, frequencies, changes, not_yet, periods, subjects, of_which, compositions, measures;
    Marks zero_openings, zero_nouns, zero_words;
};

struct ScannedFigure {
    Figure figure;
    text::Notation notation = text::Notation::Arabic;
    bool loose = false;  // a Chinese numeral with a unit that counts only what is known
};

std::vector<ScannedFigure> scanned_figures(const Prose&, const FigureMarks&, const Lexicon&);

// Extents between `open` and `close`, the outermost of nested ones.
std::vector<Extent> enclosed(std::u32string_view text, char32_t open, char32_t close);

}  // namespace fazhi::review
