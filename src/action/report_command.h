// Making a report of an office: the draft as files, or signed and frozen.
#pragma once

#include <filesystem>
#include <string>

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

// A signed report's annex names the server's log that holds it. Refuses what report::Reports
// refuses, and persons who are not there; kNotDelivered, with the report signed and written.
Result<ReportOutcome> make_report(Workplace&, const ReportOrder&);

}  // namespace fazhi::action
