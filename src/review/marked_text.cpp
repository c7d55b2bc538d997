#include "review/marked_text.h"

#include <algorithm>
#include <set>

namespace fazhi::review {

std::vector<MarkedPiece> marked_pieces(const Review& review, Extent whole) {
    std::set<std::uint32_t> edges{whole.begin, whole.end};
    const auto add_edges = [&](Extent extent) {
        if (extent.empty() || !extent.overlaps(whole)) return;
        edges.insert(std::clamp(extent.begin, whole.begin, whole.end));
        edges.insert(std::clamp(extent.end, whole.begin, whole.end));
    };
    const auto& figures = review.reading.figures;
    auto figure = std::lower_bound(
        figures.begin(), figures.end(), whole.begin,
        [](const Figure& each, std::uint32_t at) { return each.extent.begin < at; });
    std::vector<std::size_t> findings;
    for (std::size_t i = 0; i < review.findings.size(); ++i) {
        if (!review.findings[i].extent.overlaps(whole)) continue;
        findings.push_back(i);
        add_edges(review.findings[i].extent);
    }
    for (auto each = figure; each != figures.end() && each->extent.begin < whole.end; ++each)
        add_edges(each->extent);
    std::vector<MarkedPiece> out;
    for (auto edge = edges.begin(); std::next(edge) != edges.end(); ++edge) {
        MarkedPiece piece{{*edge, *std::next(edge)}};
        for (const std::size_t i : findings) {
            if (review.findings[i].extent.overlaps(piece.extent)) piece.findings.push_back(i);
        }
        std::stable_sort(piece.findings.begin(), piece.findings.end(),
                         [&](std::size_t a, std::size_t b) {
                             return review.findings[a].level < review.findings[b].level;
                         });
        while (figure != figures.end() && figure->extent.end <= piece.extent.begin) ++figure;
        if (figure != figures.end() && figure->extent.overlaps(piece.extent))
            piece.figure = static_cast<std::int32_t>(figure - figures.begin());
        out.push_back(std::move(piece));
    }
    return out;
}

}  // namespace fazhi::review
