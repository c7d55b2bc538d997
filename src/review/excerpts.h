// Excerpts (雷同段落): sentences in a row that stand in another report too.
//
// Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "review/companions.h"

namespace fazhi::review {

struct Excerpt {
    Extent here;   // whole sentences, perhaps of several paragraphs
    Extent there;  // in the companion's prose
    std::uint32_t letters = 0;
};

// The prose without them: what reports may have of each other.
std::u32string own_words(const ReportReading&);

// Sentences of which most letters stand there, in the order of `here`; what is found by
// shingles in `common` alone does not count. Headings, title, addressee and signature are none.
std::vector<Excerpt> excerpts_of(const ReportReading& here, const std::vector<Shingle>& shingles,
                                 const Companion& there, const ShingleHashes& common);

}  // namespace fazhi::review
