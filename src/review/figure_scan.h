// Which numbers of the prose are figures, before anything is asked about their measures. For
// figures.cpp.
#pragma once

#include <vector>

#include "review/figures.h"

namespace fazhi::review {

// Numbers of the prose and what stands around them, found once.
struct FigureMarks {
    // The marks outlive this.
    FigureMarks(const Prose&, const TextMarks&, const Lexicon&);

    std::vector<text::RunningQuantity> quantities;
    const Marks &named, &frequencies, &changes, &not_yet, &periods, &subjects;
    const Marks &of_which, &compositions, &measures, &zero_openings, &zero_nouns, &zero_words;
};

struct ScannedFigure {
    Figure figure;
    text::Notation notation = text::Notation::Arabic;
    bool loose = false;  // a Chinese numeral with a unit that counts only what is known
};

std::vector<ScannedFigure> scanned_figures(const Prose&, const FigureMarks&, const Lexicon&);

}  // namespace fazhi::review
