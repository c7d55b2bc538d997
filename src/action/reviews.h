// Reports handed in for review (受审报告): kept as entries, read, held against the checks, and what
// people say of the findings (人工复核).
//
// What is found is worked out anew whenever somebody asks (review_tools.h); what people said is
// kept by the finding's fingerprint, and holds for every draft of the same report. Verdicts and
// waivers: definition/built_in/review_verdict.yaml. Questions on a connection for reading, commands
// in a transaction of the Writer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "action/entry_commands.h"
#include "action/review_tools.h"
#include "report/reports.h"
#include "review/human_verdict.h"
#include "review/reviewer.h"

namespace fazhi::action {

inline constexpr const char* kReviewedReports = "reviewed_report";
inline constexpr const char* kReviewVerdicts = "review_verdict";
// Of reports it is compared with: its neighbours, newest first.
inline constexpr std::size_t kNeighboursMax = 20;

// What stands on the desk of a question: who asks, about which office.
struct ReviewQuestion {
    Workplace& workplace;
    storage::Connection& connection;
    const Office& office;
    const ledger::Context& context;
};

struct NewReviewedReport {
    std::string file;  // its name
    std::string bytes;
    std::string unit_name;  // "": as the file says
    int year = 0;           // 0: the same
    std::string kind;       // "": the same
    std::string origin;     // own | below | third_party
    std::string received_on;
    std::optional<EntryId> replaces;
};

// Reads the file and fills in what was not said. Refuses what ReviewTools::text_of does;
// kBadReviewOrder, naming everything that neither says. Takes the time of reading a file: outside
// the Writer.
Result<NewReviewedReport> read_for_review(const ReviewQuestion&, NewReviewedReport);
// Keeps it. Refuses kReviewedBefore, kBadReviewOrder (what it replaces), and what create_entry and
// attach_evidence do.
Result<ledger::Entry> hand_in_for_review(const Task&, const NewReviewedReport&);

// The entry, where the actor may see it: of the office itself as posts say, of a jurisdiction above
// once it was submitted. Refuses kNoSuchEntry alike where it is not there.
Result<ledger::Entry> reviewed_report(const ReviewQuestion&, EntryId);
// All of them that the actor may see, newest first; of `year` only, 0: of every year.
std::vector<ledger::Entry> reviewed_reports(const ReviewQuestion&, int year);
// From now on whoever stands above sees it. Refuses kNoSuchStep.
Result<ledger::Entry> submit_reviewed_report(const Task&, EntryId);

using review::HumanVerdict;
using review::VerdictState;

// Holds all that its review refers to.
struct JudgedReview {
    std::string subject;   // the same for every draft of the report
    bool quotable = true;  // not of a third party's text, of which nothing may stay behind
    SharedText source;
    SharedReviewer by;
    std::unique_ptr<const review::Review> review;
    std::vector<std::optional<HumanVerdict>> human;  // of each finding
    std::vector<std::string> compared_with;          // names of the reports
    std::vector<std::string> not_compared;           // those that could not be read, and why
};

// Held against last year's report and the neighbours' that were handed in; one of the office's own
// also against its ledgers. Refuses what ReviewTools does, and kNoSuchEntry.
Result<JudgedReview> review_of(const ReviewQuestion&, const ledger::Entry&);
// The same of the office's own report, as it would be signed today. Refuses what
// report::Reports::as_signed does.
Result<JudgedReview> review_of_own(const ReviewQuestion&, const report::Order&);
// Of a report as it is being signed. Refuses kFindingsOpen, naming each error that nobody has
// judged wrong or waived.
Result<void> require_judged(const ReviewQuestion&, const report::Order&, const document::Document&);

struct NewVerdict {
    std::string fingerprint;
    std::string verdict;
    std::string reason;
    std::string expires_on;
};
// Of a finding of this review. `report`: the entry reviewed; null: the office's own report, for
// those who may record throughout. Refuses kNoSuchFinding, kVerdictIncomplete, and what
// create_entry does.
Result<EntryId> give_verdict(const Task&, const JudgedReview&, const ledger::EntryHead* report,
                             const NewVerdict&);
// Approves the waiver, or not, with a note: somebody else than who asked for it, who may close
// there. Refuses kWaiverNotOpen, and what move_entry does.
Result<void> decide_waiver(const Task&, EntryId verdict, bool approve, const std::string& note);

// What has become of the findings from one draft to the next: by fingerprint, else by the check and
// the words found.
enum class FindingChange { Gone, Stayed, New };
struct ComparedFinding {
    FindingChange change = FindingChange::Stayed;
    const review::Finding* finding = nullptr;  // of the later review, where it has it
};
std::vector<ComparedFinding> compared(const review::Review& before, const review::Review& after);

}  // namespace fazhi::action
