// The nightly tick (每日一次): deemed outcomes the law gives, tasks from duties, and telling people
// what is due, overdue or stuck. tick_all also takes away what the access log need not keep, and
// answers to requests with a key (幂等键) that nobody will send again, files that were begun and
// not sent to the end, and third parties' texts that are kept no longer (review_retention.h).
//
// Works in short transactions through the Writer, and may be run again at any time, by several
// processes, after days of absence: what it does, it does once (the task of a duty's period has a
// key, a notice is a row of its own, a deemed outcome ends the clock it came from). Cost: one look
// at the clocks due, through an index, and one pass over what duties count in their current
// periods.
#pragma once

#include <functional>

#include "action/workplace.h"

namespace fazhi::action {

struct TickOutcome {
    int outcomes = 0;  // deemed outcomes performed
    int notices = 0;
    int tasks_made = 0;
    int tasks_finished = 0;
    int stuck = 0;  // outcomes that could not be performed: somebody is told
};

// For one office, as of `now`.
Result<TickOutcome> tick(Workplace&, JurisdictionId, calendar::Instant now);
// For every office that adopted definitions and has not been ticked on the clock's day. Stops early
// where `stopping`.
Result<TickOutcome> tick_all(Workplace&, const std::function<bool()>& stopping);

}  // namespace fazhi::action
