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

// One claim up to each ；. Its title is the first clause but for a short one (2023年).
void add_sentences(ClaimKind kind, Extent paragraph, const Prose& prose, const Lexicon& lexicon,
                   std::vector<Claim>& out) {
    constexpr std::uint32_t kClauseMin = 6;
    const std::u32string& text = prose.text();
    for (std::uint32_t begin = paragraph.begin; begin < paragraph.end;) {
        std::uint32_t end = begin;
        while (end < paragraph.end && text[end] != U'；') ++end;
        Extent title = prose.clause(begin);
        if (title.size() < kClauseMin && title.end + 1 < end) title = prose.clause(title.end + 1);
        out.push_back(claim_of(kind, {begin, end}, title, prose, lexicon));
        begin = end + 1;
    }
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
        add_sentences(kind, paragraph, prose, lexicon, out);
    }
    return out;
}

}  // namespace

std::vector<Claim> claims_of(const Prose& prose, const Outline& outline, const DocumentFacts& facts,
                             const std::vector<ReportPart>& parts, const Lexicon& lexicon) {
    std::vector<Claim> out;
    // The first word that closes the report.
    auto end = static_cast<std::uint32_t>(prose.text().size());
    for (const Said* closing : {&facts.signature, &facts.date}) {
        if (!closing->empty() && closing->extent.begin > 0)
            end = std::min(end, closing->extent.begin);
    }
    for (const ReportPart& part : parts) {
        const std::string& claims = lexicon.reading().parts[part.part].claims;
        if (claims.empty()) continue;
        const ClaimKind kind = claims == "promise" ? ClaimKind::Promise : ClaimKind::Problem;
        ReportPart open = part;
        open.extent.end = std::max(part.extent.begin, std::min(part.extent.end, end));
        for (Claim& claim : claims_in(open, kind, prose, outline, lexicon)) out.push_back(claim);
    }
    return out;
}

}  // namespace fazhi::review
