#include "action/adopt_calendar.h"

#include <algorithm>

#include <fmt/format.h>

#include "action/entry_commands.h"
#include "action/renew_clocks.h"
#include "ledger/clock_store.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

// The clocks of one office that are due on another day under these working days.
Result<std::vector<MovedClock>> moved_in(Workplace& workplace, JurisdictionId id,
                                         const definition::SharedWorkdays& workdays) {
    const auto connection = workplace.database.reading();
    TRY(Office office, open_office(workplace, *connection, id));
    office.workdays = workdays;
    const ledger::Context context =
        context_of(office, access::system_actor(id), workplace.clock.now());
    std::vector<MovedClock> out;
    for (const auto& [ledger, entry] : ledger::entries_unsettled(*connection, id)) {
        const auto before = workplace.ledgers.runs(*connection, id, ledger, entry);
        TRY(const auto after, workplace.clocks.of(*connection, context, ledger, entry));
        for (const procedure::ClockView& view : after) {
            const auto same = std::find_if(before.begin(), before.end(), [&](const auto& run) {
                return run.clock == view.clock && run.run == view.run.run;
            });
            if (same == before.end() || *same == view.run) continue;
            out.push_back({office.directory.jurisdiction.code, ledger, entry, view.clock,
                           same->due_on, view.run.due_on});
        }
    }
    return out;
}

std::vector<JurisdictionId> offices_of(Workplace& workplace) {
    std::vector<JurisdictionId> out;
    for (const access::Jurisdiction& each :
         access::Organisation::jurisdictions(*workplace.database.reading())) {
        if (!each.definitions.empty()) out.push_back(each.id);
    }
    return out;
}

Result<void> record_adoption(Workplace& workplace, JurisdictionId id,
                             const definition::CalendarYear& year, std::size_t moved) {
    return workplace.writer.run(id, [&](storage::Transaction& transaction) -> Result<void> {
        TRY(const Office office, open_office(workplace, transaction, id));
        ledger::Context context =
            context_of(office, access::system_actor(id), workplace.clock.now());
        TRY(const ledger::Entry entry,
            create_entry({workplace, transaction, context},
                         {.ledger = "calendar_adoption",
                          .fields = Value::Map{{"moved", static_cast<std::int64_t>(moved)},
                                               {"notice", year.notice},
                                               {"year", year.year}},
                          .unit = {},
                          .handler = {},
                          .reference = {},
                          .opened_by = {},
                          .opened_by_ledger = {}}));
        return {};
    });
}

}  // namespace

Result<std::vector<MovedClock>> clocks_moved_by(Workplace& workplace,
                                                const definition::CalendarYear& year) {
    TRY(const auto workdays,
        workplace.calendars.workdays_with(*workplace.database.reading(), year));
    std::vector<MovedClock> out;
    for (const JurisdictionId id : offices_of(workplace)) {
        TRY(auto moved, moved_in(workplace, id, workdays));
        std::move(moved.begin(), moved.end(), std::back_inserter(out));
    }
    return out;
}

Result<std::vector<MovedClock>> adopt_calendar(Workplace& workplace,
                                               const definition::CalendarYear& year) {
    bool is_new = false;
    TRY_OK(workplace.writer.run(JurisdictionId{},
                                [&](storage::Transaction& transaction) -> Result<void> {
                                    TRY(is_new, workplace.calendars.adopt(transaction, year));
                                    return {};
                                }));
    std::vector<MovedClock> out;
    for (const JurisdictionId id : offices_of(workplace)) {
        TRY(auto moved,
            moved_in(workplace, id, workplace.calendars.workdays(*workplace.database.reading())));
        std::vector<ClockedEntry> entries;
        for (const MovedClock& each : moved) {
            // The clocks of one entry stand together.
            const bool listed = !entries.empty() && entries.back().entry == each.entry;
            if (!listed) entries.push_back({each.ledger, each.entry});
        }
        TRY_OK(work_out_clocks(workplace, id, entries));
        if (is_new || !moved.empty()) {
            TRY_OK(record_adoption(workplace, id, year, moved.size()));
        }
        std::move(moved.begin(), moved.end(), std::back_inserter(out));
    }
    return out;
}

std::string calendar_alarm(int waiting) {
    return fmt::format(
        "有{}个期限等待放假安排：国务院办公厅公布后，请系统管理员运行 fazhi calendar load "
        "采用；没有采用以前，这些日期都不作数。",
        waiting);
}

}  // namespace fazhi::action
