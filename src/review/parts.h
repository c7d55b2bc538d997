// The parts of a report by their meaning (报告的组成部分), whatever their titles and order: in
// headings of the first level, else in headings below, else in paragraphs without heading that
// begin so.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "review/facts.h"
#include "review/lexicon.h"
#include "review/outline.h"
#include "review/prose.h"

namespace fazhi::review {

struct ReportPart {
    std::uint32_t part = 0;     // index in Reading::parts
    Extent extent;              // heading and text; may lie inside another part's
    Extent title;               // of the heading; empty: it has none
    std::int32_t outline = -1;  // index of the heading
};

// In the order of the text. A part may stand in several places.
std::vector<ReportPart> parts_of(const Prose&, const TextMarks&, const Outline&,
                                 const DocumentFacts&, const Lexicon&);

}  // namespace fazhi::review
