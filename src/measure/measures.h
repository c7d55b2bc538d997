// Measures (指标数值): numbers over ledgers, each with the rows behind it (definitions.md §7).
//
// One scan per ledger answers all measures asked of it. Void entries never count. No SQL here: rows come from ledger/scan.h.
// Cost: linear in the rows of the ledgers touched; nothing is kept between calls.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/directory.h"
#include "base/ids.h"
#include "base/result.h"
#include "calendar/date.h"
#include "definition/definition_set.h"

namespace fazhi::calendar {
class WorkdayTable;
}
namespace fazhi::storage {
class Connection;
}

namespace fazhi::measure {

struct Period {
    calendar::Date from;
    calendar::Date to;  // inclusive
};
Period year_period(int year);

// A number without fractions of its own: `value` is numerator × 10^scale …: exact decimal text is what leaves the program.
struct Figure {
    std::string measure;
    std::string unit;
    bool has_value = true;                   // a ratio without denominator, a `latest` without entries: none
    std::string value;                       // exact decimal text: "43", "12.50", "66.67" (ratios: percent, at most two decimals, half up)
    std::int64_t scaled = 0;                 // value × 100, for comparing and charts
    std::optional<std::int64_t> numerator;   // ratios and averages
    std::optional<std::int64_t> denominator;
    std::map<std::string, std::vector<EntryId>> entries;  // behind it, by ledger, ascending, each once
    std::vector<Error> warnings;             // must: {max} broken
};

// One group of a breakdown: "unit" (its name), "month" ("2023-05"), or a field's value (its title).
struct Group {
    std::string key;
    std::string title;
    Figure figure;
};

struct Question {
    std::string measure;
    definition::Condition where;  // --where, on top of the measure's own
};

class Measures {
public:
    Measures(storage::Connection&, const access::Directory&, const definition::DefinitionSet&, const calendar::WorkdayTable&);

    // Answers all, in order. Refuses kNoSuchMeasure, kNotYet (on_time), kBadCondition.
    Result<std::vector<Figure>> answer(const std::vector<Question>&, const Period&);
    // One measure by unit, month, or a field of its ledger (choice, choices, yes_no, person, entry). Refuses kCannotGroup.
    Result<std::vector<Group>> by(const Question&, const Period&, const std::string& dimension);

private:
    storage::Connection& connection_;
    const access::Directory& directory_;
    const definition::DefinitionSet& definitions_;
    const calendar::WorkdayTable& workdays_;
};

}  // namespace fazhi::measure
