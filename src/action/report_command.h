// Making a report of an office: the draft as files, or signed and frozen.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "action/entry_commands.h"
#include "action/sign_log.h"
#include "action/workplace.h"
#include "report/reports.h"

namespace fazhi::action {

struct ReportOrder {
    std::string jurisdiction;
    int year = 0;
    std::string report = "annual";  // as the packs name it
    std::filesystem::path folder;
    std::string signing;   // person; empty: a draft
    std::string clearing;  // person: 保密审查
    LogGoesTo log = {};    // the signed server's log
};

struct ReportOutcome {
    report::BuiltReport report;
    report::Written files;
};

// A signed report's annex names the server's log that holds it. What is signed passes its own
// review (reviews.h). Refuses what report::Reports refuses, kFindingsOpen, and persons who are not
// there; kNotDelivered, with the report signed and written.
Result<ReportOutcome> make_report(Workplace&, const ReportOrder&);

// 保密审查 and 签发 by whoever is signed in, one after the other; each refuses as report::Reports
// does, signing also kFindingsOpen. Clearing answers the report's entry. What is signed is kept as
// files in the data folder, a version each, and signed into the server's log.
Result<EntryId> clear_report(const Task&, const report::Order&);
Result<ReportOutcome> sign_report(Workplace&, JurisdictionId, const access::Actor&,
                                  const report::Order&);
// The file of a signed version: ending ".docx", ".pdf" or ".html". Nothing where it is not there.
std::optional<std::string> signed_report_file(const Workplace&, const std::string& jurisdiction,
                                              const report::Order&, int version,
                                              const std::string& ending);

}  // namespace fazhi::action
