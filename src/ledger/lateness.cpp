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

}  // namespace fazhi::ledger
