#include "review/claims.h"

#include <algorithm>
#include <limits>

namespace fazhi::review {
namespace {

Claim claim_of(ClaimKind kind, Extent extent, Extent title, const Prose& prose,
               const Lexicon& lexicon) {
    const Marks causes(lexicon.causes, prose.view(extent));
    const Marks remedies(lexicon.remedies, prose.view(extent));
    return {kind, extent, title, !causes.hits().empty(), !remedies.hits().empty()};
}

// The headings or items of the highest level within the part; without any, its paragraphs.
std::vector<Claim> claims_in(const ReportPart& part, ClaimKind kind, const Prose& prose,
                             const Outline& outline, const Lexicon& lexicon) {
    int level = std::numeric_limits<int>::max();
    const auto inside = [&](std::size_t i) {
        const OutlineItem& item = outline.items[i];
        return static_cast<std::int32_t>(i) != part.outline && part.extent.holds(item.label.begin);
    };
    for (std::size_t i = 0; i < outline.items.size(); ++i) {
        if (inside(i)) level = std::min(level, outline.items[i].level);
    }
    std::vector<Claim> out;
    for (std::size_t i = 0; i < outline.items.size(); ++i) {
        const OutlineItem& item = outline.items[i];
        if (!inside(i) || item.level != level) continue;
        const Extent whole{item.whole.begin, std::min(item.whole.end, part.extent.end)};
        out.push_back(claim_of(kind, whole, item.title, prose, lexicon));
    }
    if (!out.empty()) return out;
    for (const ProseParagraph& paragraph : prose.paragraphs()) {
        const bool own_heading = !part.title.empty() && paragraph.extent.holds(part.title.begin);
        if (!part.extent.holds(paragraph.extent.begin) || own_heading) continue;
        const Extent clause = prose.clause(paragraph.extent.begin);
        out.push_back(claim_of(kind, paragraph.extent, clause, prose, lexicon));
    }
    return out;
}

}  // namespace

std::vector<Claim> claims_of(const Prose& prose, const Outline& outline,
                             const std::vector<ReportPart>& parts, const Lexicon& lexicon) {
    std::vector<Claim> out;
    for (const ReportPart& part : parts) {
        const std::string& claims = lexicon.reading().parts[part.part].claims;
        if (claims.empty()) continue;
        const ClaimKind kind = claims == "promise" ? ClaimKind::Promise : ClaimKind::Problem;
        for (Claim& claim : claims_in(part, kind, prose, outline, lexicon)) out.push_back(claim);
    }
    return out;
}

}  // namespace fazhi::review
