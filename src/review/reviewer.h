// The front door: reports read and held against every check of the packs (审查).
//
// A Reviewer is immutable and may be asked by any thread; the definition set outlives it. Cost:
// linear in the report's length.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "review/companions.h"
#include "review/finding.h"
#include "review/lexicon.h"
#include "review/report_reading.h"
#include "review/source_text.h"

namespace fazhi::review {

// What whoever asks knows of the report; what is left empty is taken from the report.
struct Expected {
    int year = 0;      // reported on
    std::string unit;  // whose it is
};

struct Review {
    ReportReading reading;
    std::vector<Finding> findings;       // by place
    std::vector<CheckOutcome> outcomes;  // of every check, in the packs' order
};

class CompiledCheck;
class PatternSet;
struct Subject;

class Reviewer {
public:
    // Refuses kBadTable.
    static Result<Reviewer> of(const definition::DefinitionSet&);
    Reviewer(Reviewer&&) noexcept;
    Reviewer& operator=(Reviewer&&) noexcept;
    ~Reviewer();

    // The source outlives the answer.
    [[nodiscard]] Review review(const SourceText&, const Expected& = {},
                                const Companions& = {}) const;
    // One check alone, of a text as a sample gives it: a piece of a report, or a whole one.
    [[nodiscard]] Review try_check(const std::string& check, const SourceText&,
                                   const Expected& = {}, const Companions& = {}) const;
    [[nodiscard]] const Lexicon& lexicon() const { return *lexicon_; }

private:
    Reviewer();
    [[nodiscard]] Subject subject_of(const ReportReading&, const Expected&,
                                     const Companions&) const;

    std::unique_ptr<Lexicon> lexicon_;
    std::vector<std::unique_ptr<CompiledCheck>> checks_;
    std::unique_ptr<PatternSet> patterns_;
};

}  // namespace fazhi::review
