// What people say of a finding (人工复核): kept with the report, printed wherever the finding is.
//
// Values; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/ids.h"

namespace fazhi::review {

// How a verdict stands today.
enum class VerdictState { Stands, Asked, Expired };

std::string_view state_name(VerdictState);  // stands, asked, expired

struct HumanVerdict {
    EntryId entry;
    std::string verdict;  // confirmed | wrong | waived
    std::string reason;
    std::string given_by;  // name
    std::string given_on;
    std::string approved_by;  // of a waiver
    std::string expires_on;   // of a waiver
    VerdictState state = VerdictState::Stands;

    // Nothing need be done about the finding.
    [[nodiscard]] bool settles() const {
        return state == VerdictState::Stands && verdict != "confirmed";
    }
};

// 豁免到2026-06-30（司法所长，2026-05-08；主任批准）。理由：…
std::string verdict_text(const HumanVerdict&);

}  // namespace fazhi::review
