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
    const auto begins_before = [](const OutlineItem& item, std::uint32_t at) {
        return item.label.begin < at;
    };
    auto item = std::lower_bound(outline.items.begin(), outline.items.end(), part.extent.begin,
                                 begins_before);
    const auto end = std::lower_bound(item, outline.items.end(), part.extent.end, begins_before);
    if (part.outline >= 0 && item != end) ++item;  // its own heading
    int level = std::numeric_limits<int>::max();
    for (auto each = item; each != end; ++each) level = std::min(level, each->level);
    std::vector<Claim> out;
    for (; item != end; ++item) {
        if (item->level != level) continue;
        const Extent whole{item->whole.begin, std::min(item->whole.end, part.extent.end)};
        out.push_back(claim_of(kind, whole, item->title, prose, lexicon));
    }
    if (!out.empty() || part.extent.empty()) return out;
    const auto& paragraphs = prose.paragraphs();
    for (std::size_t i = prose.paragraph_at(part.extent.begin);
         i < paragraphs.size() && paragraphs[i].extent.begin < part.extent.end; ++i) {
        const Extent paragraph = paragraphs[i].extent;
        const bool own_heading = !part.title.empty() && paragraph.holds(part.title.begin);
        if (own_heading || !part.extent.holds(paragraph.begin)) continue;
        out.push_back(claim_of(kind, paragraph, prose.clause(paragraph.begin), prose, lexicon));
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
