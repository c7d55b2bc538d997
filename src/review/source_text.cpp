#include "review/source_text.h"

#include <algorithm>

#include "base/invariant.h"

namespace fazhi::review {

Spot spot_of(const TextBlock& block, std::uint32_t at) {
    INVARIANT(at < block.text.size());
    INVARIANT(!block.runs.empty());
    const auto after =
        std::upper_bound(block.runs.begin(), block.runs.end(), at,
                         [](std::uint32_t place, const SpotRun& run) { return place < run.begin; });
    INVARIANT(after != block.runs.begin());
    const SpotRun& run = *std::prev(after);
    return {run.spot.page, run.spot.line, run.spot.offset + (at - run.begin)};
}

}  // namespace fazhi::review
