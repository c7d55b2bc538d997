#include "review/human_verdict.h"

#include <fmt/format.h>

namespace fazhi::review {
namespace {

std::string said(const HumanVerdict& verdict) {
    const std::string by = fmt::format("{}，{}", verdict.given_by, verdict.given_on);
    if (verdict.verdict == "confirmed") return fmt::format("属实（{}）", by);
    if (verdict.verdict == "wrong") return fmt::format("误报（{}）", by);
    switch (verdict.state) {
        case VerdictState::Asked:
            return fmt::format("申请豁免到{}，等另一人批准（{}）", verdict.expires_on, by);
        case VerdictState::Expired:
            return fmt::format("豁免已在{}到期（{}）", verdict.expires_on, by);
        case VerdictState::Stands:
            return fmt::format("豁免到{}（{}；{}批准）", verdict.expires_on, by,
                               verdict.approved_by);
    }
    return by;
}

}  // namespace

std::string_view state_name(VerdictState state) {
    switch (state) {
        case VerdictState::Stands:
            return "stands";
        case VerdictState::Asked:
            return "asked";
        case VerdictState::Expired:
            return "expired";
    }
    return "";
}

std::string verdict_text(const HumanVerdict& verdict) {
    const std::string what = said(verdict);
    return verdict.reason.empty() ? what : fmt::format("{}。理由：{}", what, verdict.reason);
}

}  // namespace fazhi::review
