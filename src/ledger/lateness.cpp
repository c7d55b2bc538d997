#include "ledger/lateness.h"

#include "calendar/deadline.h"
#include "calendar/period.h"

namespace fazhi::ledger {

bool is_late(const definition::Ledger& ledger, const access::Jurisdiction& jurisdiction,
             const EntryHead& head) {
    if (ledger.record_within.empty() || head.imported || jurisdiction.live_from.empty() ||
        head.dated_on < jurisdiction.live_from)
        return false;
    const auto period = calendar::parse_period(ledger.record_within);
    const auto dated = calendar::date_from(head.dated_on);
    const auto recorded = calendar::parse_instant(head.recorded_at);
    if (!period || !dated || !recorded) return false;
    const auto last = calendar::last_day_on_time(*dated, *period, calendar::WorkdayTable());
    return last && calendar::civil_date(*recorded) > *last;
}

bool is_past_due(const ClockRun& run, calendar::Date today) {
    if (run.due_on.empty() || run.status == RunStatus::WaitingCalendar ||
        run.status == RunStatus::Superseded)
        return false;
    if (!run.stopped_at.empty() && !run.due_at.empty()) return run.stopped_at > run.due_at;
    return (run.stopped_on.empty() ? calendar::to_text(today) : run.stopped_on) > run.due_on;
}

}  // namespace fazhi::ledger
