// What a report admits and promises (问题与承诺): each problem of the parts that hold problems,
// each arrangement of those that hold promises, one by one.
//
// Pure; any thread.
#pragma once

#include <vector>

#include "review/parts.h"

namespace fazhi::review {

enum class ClaimKind { Problem, Promise };

struct Claim {
    ClaimKind kind = ClaimKind::Problem;
    Extent extent;
    Extent title;            // its heading, or its first clause
    bool has_cause = false;  // 由于, 主要原因
    bool has_remedy = false;
};

std::vector<Claim> claims_of(const Prose&, const Outline&, const DocumentFacts&,
                             const std::vector<ReportPart>&, const Lexicon&);

}  // namespace fazhi::review
