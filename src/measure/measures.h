// Measures (指标数值): numbers over ledgers, each with the rows behind it (definitions.md §7).
//
// One scan per ledger answers all measures asked of it. Void entries never count. No SQL here: rows
// come from ledger/scan.h. Cost: linear in the entries the period concerns: dated in it, passed in
// it or later, standing in a state that is asked for, and whole registers; nothing is kept between
// calls. One connection, one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/ids.h"
#include "base/result.h"
#include "calendar/date.h"
#include "definition/condition.h"

namespace fazhi::access {
struct Directory;
}
namespace fazhi::calendar {
class WorkdayTable;
}
namespace fazhi::definition {
class DefinitionSet;
struct Measure;
}  // namespace fazhi::definition
namespace fazhi::storage {
class Connection;
}

namespace fazhi::measure {

struct Selection;

inline constexpr std::size_t kGroupsMax = 5'000;  // of one breakdown

struct Period {
    calendar::Date from;
    calendar::Date to;  // inclusive
};
Period year_period(int year);

// The answer of a measure. Its value is exact; only ratios and averages are rounded, half up, to at
// most two decimals.
struct Figure {
    std::string measure;
    std::string unit;
    bool has_value = true;  // not so: a ratio over 0, an average or `latest` of nothing
    std::string value;      // decimal text without trailing zeros: "43", "12.5"; percent for ratios
    std::int64_t scaled = 0;  // value × 100, half up, for comparing and charts
    // Of ratios and averages, in units of the last digit (fen, hundredths, …), both in the same.
    std::optional<std::int64_t> numerator;
    std::optional<std::int64_t> denominator;
    // Behind it, by ledger, ascending, each once; units and persons that were counted under "unit"
    // and "person". Of a ratio, the entries of both sides.
    std::map<std::string, std::vector<EntryId>> entries;
    std::optional<std::int64_t> unnamed;  // how many entries, where they are counted without names
    std::vector<Error> warnings;          // kExceeds: must: {max} is broken

    [[nodiscard]] std::int64_t count() const;  // of the entries behind it
};

// One group of a breakdown.
struct Group {
    std::string
        key;  // unit's or person's code, "2023-05", option, "true", entry's number; "": empty
    std::string title;  // as people read it
    Figure figure;
};

struct Question {
    std::string measure;
    // On top of the measure's own. Units and persons by number, code or name. Of totals and ratios
    // it is asked of each part, of `units` of what is counted under the measure's own ledger.
    definition::Condition where = {};
};

// Whether a figure names the entries behind it. Without them, entries counted by unit or month over
// whole months are answered from an index; other questions cost the same.
enum class Behind { Entries, Nothing };

class Measures {
public:
    Measures(storage::Connection& connection, const access::Directory& directory,
             const definition::DefinitionSet& definitions, const calendar::WorkdayTable& workdays,
             calendar::Date today)
        : connection_(connection),
          directory_(directory),
          definitions_(definitions),
          workdays_(workdays),
          today_(today) {}

    // Answers all, in order. Refuses kNoSuchMeasure, kBadCondition, kNumberTooLarge.
    Result<std::vector<Figure>> answer(const std::vector<Question>& questions,
                                       const Period& period);
    // One measure.
    Result<Figure> answer(const Question& question, const Period& period, Behind behind);
    // One measure by "unit", "month", "handler" or a field of its ledger: choice, choices, yes_no,
    // person, unit, entry. Every month of the period and every option that is not retired has a
    // group; others only where something falls into them. Refuses kCannotGroup, kTooManyGroups too.
    Result<std::vector<Group>> by(const Question& question, const Period& period,
                                  const std::string& dimension, Behind = Behind::Entries);

private:
    std::vector<Group> counted(const Selection&, const definition::Measure&, const Period&,
                               const std::string& dimension);

    storage::Connection& connection_;
    const access::Directory& directory_;
    const definition::DefinitionSet& definitions_;
    const calendar::WorkdayTable& workdays_;
    calendar::Date today_;  // after which no clock is overdue yet
};

}  // namespace fazhi::measure
