// What an entry's clocks (期限) come to (definitions.md §6): when each run began, when it is due,
// what stopped, paused, restarted or extended it. Pure but for what the Surroundings look up.
//
//   from ──▶ running ──until──▶ stopped          a final state, or voiding: moot
//              │ pause ⇄ go on                   restart.stop: superseded; restart.begin: the next
//              run
//
// The office's own clocks are counted strictly: the start day and no rest day given, unless the law
// grants it; the last day of a pause is part of it, its first is not. A party's are counted
// generously. 民法典 第二百条 to 第二百零三条, and reference/laws for what differs.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "calendar/deadline.h"
#include "definition/definition_set.h"
#include "ledger/entry.h"
#include "ledger/evaluate.h"

namespace fazhi::procedure {

struct ClockFacts {
    const definition::DefinitionSet& definitions;
    const definition::Ledger& ledger;
    const ledger::Entry& entry;
    const std::vector<ledger::Passage>& passages;
    const std::vector<ledger::EvidenceUse>& evidence;
    const calendar::WorkdayTable& workdays;
    calendar::Date today;
    ledger::Surroundings& surroundings;
    std::function<std::vector<ledger::Passage>(const ledger::Entry&)>
        passages_of;  // of a linked one
};

// A run with what it was worked out from.
struct WorkedRun {
    ledger::ClockRun run;
    calendar::Date start{};                 // Before: the day that must be preceded
    std::vector<calendar::Period> periods;  // the limit, then each extension; none: no days counted
    calendar::CountingRule rule;
    std::vector<calendar::DayRange> pauses;
    std::vector<Basis> basis;
    std::string unknown;  // Undetermined: the field or setting that is empty, as people call it
    bool unproven =
        false;  // recorded late without the proof demanded: stopped the day of recording
    bool pause_unproven = false;  // a pause recorded after the last day, without proof: not counted
};

struct WorkedClock {
    bool applies = false;         // false: the law asks for no such clock here
    std::vector<WorkedRun> runs;  // in order; none: not begun
};

WorkedClock work_out(const ClockFacts&, const definition::Clock&);

// Every day from the start to the due day, counted or not, and why. Empty where no days are counted
// (hours, a fixed date, no due day).
std::vector<calendar::DayCount> days_of(const WorkedRun&, const definition::Clock&,
                                        const calendar::WorkdayTable&);

// Has the last day passed without what it runs until, or did that come late? Soft clocks, parties'
// and minimum periods never. A provisional due day decides nothing.
bool is_overdue(const ledger::ClockRun&, const definition::Clock&, calendar::Date today);

// Whether a step that is recorded after a last day may count from before it: the papers its `proof`
// names are there. A step that names none cannot be proven.
bool has_proof(const ClockFacts&, const definition::Transition&);

// The days on which somebody should look at an open run.
enum class LookKind { Warn, LastDay, RunOut, Stuck };  // Stuck: paused for kPauseDaysMax, or no due
struct LookDay {
    calendar::Date day{};
    LookKind kind = LookKind::Warn;
};
inline constexpr int kPauseDaysMax = 30;  // A pause nobody ends is shown after so many days.
// In order of days; none of a closed run.
std::vector<LookDay> look_days(const WorkedRun&, const definition::Clock&,
                               const calendar::WorkdayTable&);

}  // namespace fazhi::procedure
