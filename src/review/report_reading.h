// All that is understood of one report, in one place.
//
// Immutable once made; any thread. Source and lexicon outlive it.
#pragma once

#include <vector>

#include "review/claims.h"
#include "review/facts.h"
#include "review/figures.h"
#include "review/lexicon.h"
#include "review/outline.h"
#include "review/parts.h"
#include "review/prose.h"
#include "review/titles.h"

namespace fazhi::review {

struct ReportReading {
    Prose prose;
    TextMarks marks;
    Outline outline;
    DocumentFacts facts;
    std::vector<ReportPart> parts;
    std::vector<CitedTitle> titles;
    std::vector<Figure> figures;
    std::vector<Claim> claims;
};

ReportReading read_report(const SourceText&, const Lexicon&);

}  // namespace fazhi::review
