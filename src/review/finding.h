// What a check found in a report (审查发现): where, what, why, what to do.
//
// Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "definition/review_model.h"
#include "review/prose.h"

namespace fazhi::review {

// Of one check over one report. PASS has no findings.
enum class Verdict { Pass, Fail, Uncertain, NotAssessable };

std::string_view verdict_name(Verdict);               // PASS, FAIL, UNCERTAIN, NOT_ASSESSABLE
std::string_view level_name(definition::CheckLevel);  // error, warning, note

// The same words in another report, to be shown beside a finding.
struct OtherExcerpt {
    std::string report;  // its name
    std::string text;
    Spot spot;  // of its first character
};

struct Finding {
    std::string check;
    definition::CheckLevel level = definition::CheckLevel::Warning;
    Verdict verdict = Verdict::Fail;  // never Pass
    Extent extent;                    // what is at fault; empty at 0: the report as a whole
    std::string found;                // as it stands there, or what is missing
    std::string expected;             // what it should be; "" where that is not one thing
    std::string nearest;              // what was probably meant; or ""
    std::string say;                  // one sentence: what is wrong
    std::string why;                  // the basis
    std::string fix;                  // what to do
    std::optional<OtherExcerpt> other;
    // The same while the check and the words around the place are: 16 hexadecimal digits.
    std::string fingerprint;
};

struct CheckOutcome {
    std::string check;
    Verdict verdict = Verdict::Pass;
};

}  // namespace fazhi::review
