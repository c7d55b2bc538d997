// Which measure a figure in prose speaks of, by the words around it. For figures.cpp.
#pragma once

#include <vector>

#include "review/figure_scan.h"

namespace fazhi::review {

// What of the text around a figure may speak of it.
struct FigureContext {
    Extent near;  // its clause, but for what belongs to the figures beside it
    Extent clause;
    Extent sentence;  // words of a group may also stand elsewhere in the sentence
};

enum class UnitRule { MustFit, Any };

// The measure whose words fit best.
struct MeasureMatch {
    std::int32_t measure = -1;  // index; -1: none does
    bool near = false;          // by words beside it; else by words earlier in the sentence
};
MeasureMatch measure_of(const Figure&, const FigureContext&, const FigureMarks&, const Lexicon&,
                        UnitRule);
// The measures that share one share: 参考率、合格率均达100%. More than one, or none.
std::vector<std::int32_t> measures_sharing(const Prose&, const Figure&, const FigureContext&,
                                           const FigureMarks&, const Lexicon&);

}  // namespace fazhi::review
