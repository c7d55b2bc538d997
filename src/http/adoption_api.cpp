#include <fmt/format.h>

#include "action/office_adoption.h"
#include "definition/calendars.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "ledger/stored_lookup.h"

namespace fazhi::http {
namespace {

constexpr std::size_t kCalendarBytesMax = 100'000;

Result<action::AdoptionOrder> order_of(Call& call) {
    TRY(const action::Office* office, call.office());
    return action::AdoptionOrder{.by = call.actor,
                                 .office = office->directory.jurisdiction.id,
                                 .address = call.request.address};
}

Value texts(const std::vector<std::string>& list) {
    Value::List out;
    for (const std::string& each : list) out.emplace_back(each);
    return out;
}

Value part_of(const Error& error) {
    Value out = Value::Map{{"code", std::string(error.code)}, {"detail", error.message}};
    if (!error.where.empty()) out.set("where", error.where);
    return out;
}

Value moved_json(Call& call, const std::vector<action::MovedClock>& moved) {
    const action::Office& office = *call.known_office();
    ledger::StoredLookup names(call.reading(), office.directory, *office.definitions);
    Value::List out;
    for (const action::MovedClock& each : moved) {
        const definition::Ledger* ledger = office.definitions->ledger(each.ledger);
        const definition::Clock* clock = ledger == nullptr ? nullptr : ledger->clock(each.clock);
        out.push_back(Value::Map{{"after", each.after},
                                 {"before", each.before},
                                 {"clock_title", clock == nullptr ? each.clock : clock->title},
                                 {"entry", each.entry.value},
                                 {"ledger", each.ledger},
                                 {"ledger_title", ledger == nullptr ? each.ledger : ledger->title},
                                 {"title", names.entry(each.ledger, each.entry.value)}});
    }
    return out;
}

}  // namespace

Result<Response> adopt_year(Call& call) {
    TRY(const action::AdoptionOrder order, order_of(call));
    TRY(const Value body, call.body());
    TRY(const std::string text, text_in(body, "text", true));
    if (text.size() > kCalendarBytesMax) return refuse(bad_input("放假安排太长。", "text"));
    TRY(const definition::CalendarYear year, definition::read_calendar_year(text));
    const bool only_looks = !call.request.asked("check").empty();
    call.end_reading();
    TRY(const auto moved, only_looks ? action::clocks_moved_here(call.workplace, order, year)
                                     : action::adopt_calendar_here(call.workplace, order, year));
    Value out = Value::Map{{"adopted", !only_looks}, {"year", year.year}};
    out.set("moved", moved_json(call, moved));
    return answer_with(out);
}

Result<Response> read_packs(Call& call) {
    TRY(const action::AdoptionOrder order, order_of(call));
    call.end_reading();
    TRY(const action::PacksInForce packs, action::packs_in_force(call.workplace, order));
    Value::List installed, against;
    for (const auto& [name, title, version] : packs.installed)
        installed.push_back(Value::Map{{"name", name}, {"title", title}, {"version", version}});
    for (const Error& each : packs.against) against.push_back(part_of(each));
    return answer_with(Value::Map{{"against", std::move(against)},
                                  {"changes", texts(packs.changes)},
                                  {"installed", std::move(installed)},
                                  {"is_newest", packs.is_newest}});
}

Result<Response> adopt_packs(Call& call) {
    TRY(const action::AdoptionOrder order, order_of(call));
    call.end_reading();
    TRY(const action::Adoption done, action::adopt_packs_here(call.workplace, order));
    return answer_with(Value::Map{{"changed", done.changed},
                                  {"changes", texts(done.changes)},
                                  {"clocks", static_cast<std::int64_t>(done.clocks)}});
}

}  // namespace fazhi::http
