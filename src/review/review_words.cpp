#include "review/review_words.h"

#include <algorithm>

#include <fmt/format.h>

namespace fazhi::review {

std::string_view level_title(definition::CheckLevel level) {
    switch (level) {
        case definition::CheckLevel::Error:
            return "错误";
        case definition::CheckLevel::Warning:
            return "警告";
        case definition::CheckLevel::Note:
            return "提示";
    }
    return "";
}

std::string_view verdict_title(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass:
            return "通过";
        case Verdict::Fail:
            return "不通过";
        case Verdict::Uncertain:
            return "待核";
        case Verdict::NotAssessable:
            return "无法判断";
    }
    return "";
}

std::string spot_text(const Spot& spot) {
    if (spot.page > 1) return fmt::format("第{}页第{}行", spot.page, spot.line);
    return fmt::format("第{}行", spot.line);
}

std::string place_text(const Prose& prose, Extent extent) {
    return extent.empty() ? "全文" : spot_text(prose.spot(extent.begin));
}

std::string qualifier_text(const Figure& figure) {
    switch (figure.qualifier) {
        case text::Qualifier::Exact:
            return "";
        case text::Qualifier::AtLeast:
            return "至少";
        case text::Qualifier::About:
            return "约";
        case text::Qualifier::AtMost:
            return "至多";
    }
    return "";
}

std::size_t count_of(const Review& review, definition::CheckLevel level) {
    return static_cast<std::size_t>(
        std::count_if(review.findings.begin(), review.findings.end(),
                      [level](const Finding& each) { return each.level == level; }));
}

const HumanVerdict* ReviewedFile::said_of(std::size_t finding) const {
    if (human == nullptr || !human->at(finding)) return nullptr;
    return &*human->at(finding);
}

std::string verdicts_summary(const ReviewedFile& file) {
    if (file.human == nullptr) return {};
    std::size_t confirmed = 0, wrong = 0, waived = 0, open = 0;
    for (const auto& each : *file.human) {
        if (!each || each->state != VerdictState::Stands)
            ++open;
        else if (each->verdict == "confirmed")
            ++confirmed;
        else
            ++(each->verdict == "wrong" ? wrong : waived);
    }
    return fmt::format("人工复核：属实{}处，误报{}处，豁免{}处，还有{}处没有复核。", confirmed,
                       wrong, waived, open);
}

}  // namespace fazhi::review
