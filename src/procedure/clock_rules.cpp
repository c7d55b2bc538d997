#include "procedure/clock_rules.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "ledger/lateness.h"

namespace fazhi::procedure {
namespace {

using calendar::Date;
using calendar::DayRange;
using calendar::Period;
using definition::Clock;
using definition::ClockKind;
using definition::Limit;
using definition::LimitCase;
using definition::LimitKind;
using definition::Moment;
using definition::MomentKind;
using ledger::ClockRun;
using ledger::Entry;
using ledger::Passage;
using ledger::RunStatus;

// Something that happened: on a day, at a moment where one is known, in the order of the passages.
struct Event {
    Date day{};
    int n = 0;             // the passage; 0: no passage of this entry
    std::string at;        // instant; "" unknown
    std::string proof_of;  // the transition that recorded it; "" none known
    std::string recorded_at;
    bool imported = false;

    friend bool operator<(const Event& a, const Event& b) {
        return a.day != b.day ? a.day < b.day : a.n < b.n;
    }
};

std::optional<Date> day_of(const std::string& text) {
    if (const auto day = calendar::date_from(text)) return day;
    const auto instant = calendar::parse_instant(text);
    return instant ? std::optional(calendar::civil_date(*instant)) : std::nullopt;
}

Event event_of(const Passage& passage, bool own) {
    const auto day = calendar::date_from(passage.happened_on);
    return Event{.day = day.value_or(Date{}),
                 .n = own ? passage.n : 0,
                 .at = {},
                 .proof_of = own ? passage.transition : std::string(),
                 .recorded_at = passage.recorded_at,
                 .imported = passage.imported};
}

class Working {
public:
    Working(const ClockFacts& facts, const Clock& clock) : facts_(facts), clock_(clock) {}

    WorkedClock work_out() {
        WorkedClock out;
        if (!ledger::holds(clock_.when, subject(), facts_.surroundings)) return out;
        out.applies = true;
        const auto begins = clock_.from ? events(*clock_.from) : std::vector{entry_day()};
        if (begins.empty()) return out;
        Event start = begins.front();
        for (int number = 1; number <= kRunsMax; ++number) {
            const auto again = restart_after(start);
            auto run = one_run(start, number, again);
            if (!run) {  // No case of the limit holds.
                out.applies = !out.runs.empty();
                return out;
            }
            out.runs.push_back(*std::move(run));
            const auto stop = stop_after(start);
            const bool restarts = again && again->begin && !(stop && *stop < again->stop);
            if (!restarts) return out;
            start = *again->begin;
        }
        return out;
    }

private:
    static constexpr int kRunsMax = 100;

    struct Restart {
        Event stop;
        std::optional<Event> begin;
    };

    [[nodiscard]] ledger::Subject subject() const { return {facts_.entry, via(), nullptr}; }
    [[nodiscard]] std::string via() const {
        return facts_.passages.empty() ? std::string() : facts_.passages.back().from_state;
    }
    [[nodiscard]] Event entry_day() const {
        return Event{.day = day_of(facts_.entry.head.dated_on).value_or(facts_.today),
                     .at = {},
                     .proof_of = {},
                     .recorded_at = {}};
    }

    // ---- what happened

    std::vector<Event> events(const Moment& moment) {
        std::vector<Event> out;
        if (!moment.ledger.empty()) {
            for (const Entry* other : facts_.surroundings.linked(facts_.entry, moment.ledger)) {
                if (moment.kind == MomentKind::Field) {
                    add_field(*other, moment.name, nullptr, out);
                } else {
                    add_passages(facts_.passages_of(*other), moment.name, false, out);
                }
            }
        } else if (moment.kind == MomentKind::Transition) {
            add_passages(facts_.passages, moment.name, true, out);
        } else if (moment.kind == MomentKind::Field) {
            add_field(facts_.entry, moment.name, facts_.ledger.field(moment.name), out);
        } else if (const Clock* other = facts_.ledger.clock(moment.name)) {
            const WorkedClock worked = Working(facts_, *other).work_out();
            if (!worked.runs.empty()) {
                const auto due = day_of(worked.runs.back().run.due_on);
                if (due) out.push_back(Event{*due, 0, {}, {}, {}});
            }
        }
        std::sort(out.begin(), out.end());
        return out;
    }

    static void add_passages(const std::vector<Passage>& passages, const std::string& transition,
                             bool own, std::vector<Event>& out) {
        for (const Passage& passage : passages) {
            if (passage.transition == transition) out.push_back(event_of(passage, own));
        }
    }

    // `field`: the entry's own, whose recording the passage into a state that demands it tells.
    void add_field(const Entry& entry, const std::string& name, const definition::Field* field,
                   std::vector<Event>& out) const {
        const std::string text = entry.fields.text_at(name);
        const auto day = day_of(text);
        if (!day) return;
        Event event{.day = *day, .n = 0, .at = {}, .proof_of = {}, .recorded_at = {}};
        if (!calendar::date_from(text)) event.at = text;
        for (const Passage& passage : facts_.passages) {
            const bool demanded =
                field != nullptr && std::find(field->required_in.begin(), field->required_in.end(),
                                              passage.state) != field->required_in.end();
            if (!demanded) continue;
            event.proof_of = passage.transition;
            event.recorded_at = passage.recorded_at;
            event.imported = passage.imported;
            break;
        }
        out.push_back(std::move(event));
    }

    [[nodiscard]] std::optional<Event> first_passage(const std::string& transition,
                                                     const Event& after) const {
        if (transition.empty()) return std::nullopt;
        return first_passage(std::vector{transition}, after);
    }

    [[nodiscard]] std::optional<Event> first_passage(const std::vector<std::string>& transitions,
                                                     const Event& after) const {
        for (const Passage& passage : facts_.passages) {
            const bool named = std::find(transitions.begin(), transitions.end(),
                                         passage.transition) != transitions.end();
            if (!named || passage.n <= after.n) continue;
            Event event = event_of(passage, true);
            if (after.n == 0 && event.day < after.day) continue;
            return event;
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<Restart> restart_after(const Event& start) const {
        const auto stop = first_passage(clock_.restart.stop, start);
        if (!stop) return std::nullopt;
        return Restart{*stop, first_passage(clock_.restart.begin, *stop)};
    }

    std::optional<Event> stop_after(const Event& start) {
        std::optional<Event> first;
        for (const Moment& moment : clock_.until) {
            for (const Event& event : events(moment)) {
                if (event.n != 0 && event.n <= start.n) continue;
                if (!first || event < *first) first = event;
            }
        }
        return first;
    }

    // ---- how long

    [[nodiscard]] std::optional<Period> period_of(const Limit& limit, WorkedRun& out) const {
        if (limit.kind == LimitKind::Fixed) return limit.period;
        if (limit.kind == LimitKind::Field) {
            const definition::Field* field = facts_.ledger.field(limit.name);
            const Value& length = facts_.entry.fields.at(limit.name);
            if (length.is_integer()) {
                const auto period = calendar::make_period(length.as_integer(), limit.unit);
                if (period) return *period;
            }
            out.unknown = field == nullptr ? limit.name : field->title;
            return std::nullopt;
        }
        const Value value = facts_.surroundings.setting(limit.name);
        const auto period = calendar::parse_period(value.is_text() ? value.as_text() : "");
        if (period) return *period;
        const definition::Setting* setting = facts_.definitions.setting(limit.name);
        out.unknown = "设置项 " + (setting == nullptr ? limit.name : setting->title);
        return std::nullopt;
    }

    const LimitCase* case_on(Date start) {
        const std::string day = calendar::to_text(start);
        for (const LimitCase& each : clock_.limits) {
            const bool in_force = (each.since.empty() || each.since <= day) &&
                                  (each.until.empty() || day <= each.until);
            if (in_force && ledger::holds(each.when, subject(), facts_.surroundings)) return &each;
        }
        return nullptr;
    }

    [[nodiscard]] calendar::CountingRule rule_of(const std::vector<Basis>& basis) const {
        calendar::CountingRule rule = facts_.definitions.counting_rule(basis);
        if (clock_.party) rule.roll_forward = calendar::RollForward::Yes;
        return rule;
    }

    // Where a pause has a limit: the last day it can have, begun on this one.
    std::optional<Date> longest_pause(const definition::PauseRule& rule, Date from,
                                      WorkedRun& out) const {
        if (!rule.limit) return std::nullopt;
        const auto limit = period_of(*rule.limit, out);
        if (!limit) return from;
        const auto last = calendar::last_day_on_time(from, *limit, facts_.workdays);
        return last ? std::optional(*last) : std::nullopt;
    }

    struct Pause {
        Event from;
        std::optional<Date> last;  // nothing: still open, without a limit
    };

    // In the order in which they began, up to `end`.
    std::vector<Pause> pauses_of(const Event& start, const std::optional<Event>& end,
                                 WorkedRun& out) const {
        std::vector<Pause> pauses;
        for (const definition::PauseRule& rule : clock_.pauses) {
            std::optional<Event> from = first_passage(rule.from, start);
            while (from && !(end && *end < *from)) {
                std::optional<Event> to = first_passage(rule.to, *from);
                if (end && (!to || *end < *to)) to = end;
                std::optional<Date> last;
                if (to) last = to->day;
                const auto longest = longest_pause(rule, from->day, out);
                if (longest && (!last || *longest < *last)) last = *longest;
                pauses.push_back({*from, last});
                if (!to) break;
                from = first_passage(rule.from, *to);
            }
        }
        std::stable_sort(pauses.begin(), pauses.end(),
                         [](const Pause& a, const Pause& b) { return a.from < b.from; });
        return pauses;
    }

    // Entered only after the last day there was without it, and nothing proves that it began
    // before.
    [[nodiscard]] bool comes_too_late(const Event& pause, const WorkedRun& without) const {
        const auto recorded = day_of(pause.recorded_at);
        if (!recorded || *recorded <= pause.day || pause.imported || proven(pause.proof_of))
            return false;
        WorkedRun counted = without;
        set_due(counted);
        return counted.run.status != RunStatus::WaitingCalendar && !counted.run.due_on.empty() &&
               calendar::to_text(pause.day) <= counted.run.due_on &&
               counted.run.due_on < calendar::to_text(*recorded);
    }

    // The pauses of a run up to `end`; false: the last one is still open and has no limit.
    bool add_pauses(const Event& start, const std::optional<Event>& end, WorkedRun& out) const {
        for (const Pause& pause : pauses_of(start, end, out)) {
            if (comes_too_late(pause.from, out)) {
                out.pause_unproven = true;
                continue;
            }
            const Date first =
                clock_.party ? pause.from.day : calendar::add_days(pause.from.day, 1);
            if (!pause.last) {
                out.pauses.push_back({first, first});
                return false;
            }
            if (first <= *pause.last) out.pauses.push_back({first, *pause.last});
        }
        return true;
    }

    void add_extensions(const Event& start, WorkedRun& out) const {
        const auto& extend = clock_.extend;
        if (extend.transition.empty()) return;
        int granted = 0;
        for (const Passage& passage : facts_.passages) {
            if (passage.transition != extend.transition) continue;
            if (extend.times > 0 && ++granted > extend.times) return;
            if (passage.n <= start.n) continue;  // Of an earlier run: not renewed.
            const auto adds = period_of(extend.adds, out);
            if (adds) out.periods.push_back(*adds);
        }
    }

    // ---- when it is due

    // The due day of what has been worked out; where a year's rest days are not published, a
    // provisional one.
    void set_due(WorkedRun& out) const {
        const auto count = [&](const calendar::WorkdayTable& table) {
            if (clock_.kind == ClockKind::Before)
                return calendar::last_day_before(out.start, out.periods.front(), table);
            return calendar::last_day_on_time(out.start, out.periods, table, out.rule, out.pauses);
        };
        auto due = count(facts_.workdays);
        if (!due) {
            constexpr int kYearsAhead = 12;
            const int year = static_cast<int>(out.start.year());
            due = count(facts_.workdays.assuming(year - kYearsAhead, year + kYearsAhead));
            out.run.status = RunStatus::WaitingCalendar;
        }
        if (due) out.run.due_on = calendar::to_text(*due);
    }

    void shorten(const Event& start, WorkedRun& out) const {
        const auto asked = first_passage(clock_.shorten.transition, start);
        const auto is = asked ? period_of(clock_.shorten.is, out) : std::nullopt;
        if (!is) return;
        WorkedRun shorter = out;
        shorter.periods = {*is};
        set_due(shorter);
        if (shorter.run.due_on < out.run.due_on) out = std::move(shorter);
    }

    void set_hours(const Event& start, const Period& limit, WorkedRun& out) const {
        const auto begun = calendar::parse_instant(start.at);
        if (!begun) {
            out.run.status = RunStatus::Undetermined;
            out.unknown = "起算的时刻";
            return;
        }
        const calendar::Instant due = calendar::last_instant_on_time(*begun, limit);
        out.run.due_at = calendar::to_text(due);
        out.run.due_on = calendar::to_text(calendar::civil_date(due));
    }

    void set_fixed_day(const Event& start, WorkedRun& out) const {
        const definition::DueDay& due = clock_.due;
        std::optional<Date> day;
        if (!due.field.empty()) {
            day = day_of(facts_.entry.fields.text_at(due.field));
            const definition::Field* field = facts_.ledger.field(due.field);
            if (!day) out.unknown = field == nullptr ? due.field : field->title;
        } else {
            const Value setting = due.setting.empty() ? Value(due.month_day)
                                                      : facts_.surroundings.setting(due.setting);
            const std::string text = setting.is_text() ? setting.as_text() : "";
            for (int year = static_cast<int>(start.day.year()); !day && year < 9999; ++year) {
                const auto each = calendar::date_from(fmt::format("{:04}-{}", year, text));
                if (!each && text != "02-29") break;
                if (each && start.day < *each) day = each;
            }
            if (!day) out.unknown = "设置项 " + due.setting;
        }
        if (!day) {
            out.run.status = RunStatus::Undetermined;
            return;
        }
        out.run.due_on = calendar::to_text(due.exclusive ? calendar::add_days(*day, -1) : *day);
    }

    // ---- one run

    std::optional<WorkedRun> one_run(const Event& start, int number,
                                     const std::optional<Restart>& again) {
        WorkedRun out;
        out.run.clock = clock_.id;
        out.run.run = number;
        out.run.started_on = calendar::to_text(start.day);
        out.start = start.day;
        out.basis = clock_.basis;
        std::optional<Event> stop = stop_after(start);
        // Where the step that would restart it is what it ran until, it has stopped.
        const bool superseded = again && (!stop || again->stop < *stop);
        if (superseded) stop = again->stop;
        const std::optional<Event> end = stop ? stop : moot_since(start);

        if (clock_.kind == ClockKind::Due) {
            set_fixed_day(start, out);
        } else if (clock_.kind == ClockKind::Before) {
            const auto event = day_of(facts_.entry.fields.text_at(clock_.before_field));
            if (!event) return std::nullopt;  // Nothing to precede yet.
            out.start = *event;
            count_days(start, clock_.by, end, out);
        } else {
            const LimitCase* limit = case_on(start.day);
            if (limit == nullptr) return std::nullopt;
            if (!limit->basis.empty()) out.basis = limit->basis;
            count_days(start, limit->is, end, out);
        }
        settle(stop, end, superseded, out);
        return out;
    }

    void count_days(const Event& start, const Limit& limit, const std::optional<Event>& end,
                    WorkedRun& out) {
        out.rule = rule_of(out.basis);
        const auto period = period_of(limit, out);
        if (!period) {
            out.run.status = RunStatus::Undetermined;
            return;
        }
        if (period->unit == calendar::Unit::Hours) {
            set_hours(start, *period, out);
            return;
        }
        out.periods.push_back(*period);
        add_extensions(start, out);
        if (!add_pauses(start, end, out)) {
            out.run.status = RunStatus::Paused;
            return;
        }
        set_due(out);
        shorten(start, out);
    }

    // Since when the clock is of no use: the entry has ended, or is void.
    [[nodiscard]] std::optional<Event> moot_since(const Event& start) const {
        const definition::State* state = facts_.ledger.state(facts_.entry.head.state);
        if (state != nullptr && state->is_final) {
            // Reopened and ended again: the end before does not count.
            auto ended = facts_.passages.rbegin();
            while (ended != facts_.passages.rend() && ended->from_state == state->id) ++ended;
            if (ended != facts_.passages.rend() && ended->n > start.n)
                return event_of(*ended, true);
        }
        if (facts_.entry.head.voided) return Event{facts_.today, 0, {}, {}, {}};
        return std::nullopt;
    }

    void settle(const std::optional<Event>& stop, const std::optional<Event>& end, bool superseded,
                WorkedRun& out) const {
        ClockRun& run = out.run;
        if (!end) return;
        if (run.status == RunStatus::WaitingCalendar) run.due_on.clear();
        run.stopped_on = calendar::to_text(end->day);
        if (!stop) {
            run.status = RunStatus::Moot;
            return;
        }
        run.status = superseded ? RunStatus::Superseded : RunStatus::Stopped;
        if (!run.due_at.empty()) {
            run.stopped_at = instant_of(*stop);
            return;
        }
        const auto recorded = day_of(stop->recorded_at);
        const bool turned =
            recorded && run.stopped_on <= run.due_on && run.due_on < calendar::to_text(*recorded);
        if (!superseded && turned && !stop->imported && !proven(stop->proof_of)) {
            out.unproven = true;
            run.stopped_on = calendar::to_text(*recorded);
        }
    }

    // Of a step without a moment: when it was recorded, if that was the same day, else the day's
    // end.
    [[nodiscard]] static std::string instant_of(const Event& event) {
        if (!event.at.empty()) return event.at;
        const auto recorded = calendar::parse_instant(event.recorded_at);
        if (recorded && calendar::civil_date(*recorded) == event.day) return event.recorded_at;
        return calendar::to_text(calendar::instant_of({event.day, 23, 59, 59}));
    }

    // What a citizen did counts on its day, whenever the office came to record it.
    [[nodiscard]] bool proven(const std::string& transition) const {
        const definition::Transition* step = facts_.ledger.transition(transition);
        return step == nullptr || clock_.party || has_proof(facts_, *step);
    }

    const ClockFacts& facts_;
    const Clock& clock_;
};

}  // namespace

bool has_proof(const ClockFacts& facts, const definition::Transition& step) {
    return !step.proof.empty() &&
           std::all_of(step.proof.begin(), step.proof.end(), [&](const std::string& kind) {
               return std::any_of(facts.evidence.begin(), facts.evidence.end(),
                                  [&](const auto& use) { return use.kind == kind; });
           });
}

WorkedClock work_out(const ClockFacts& facts, const Clock& clock) {
    return Working(facts, clock).work_out();
}

std::vector<calendar::DayCount> days_of(const WorkedRun& worked, const Clock& clock,
                                        const calendar::WorkdayTable& workdays) {
    if (worked.periods.empty() || worked.run.due_on.empty()) return {};
    const auto days =
        clock.kind == ClockKind::Before
            ? calendar::explain_before(worked.start, worked.periods.front(), workdays)
            : calendar::explain(worked.start, worked.periods, workdays, worked.rule, worked.pauses);
    return days ? *days : std::vector<calendar::DayCount>();
}

bool is_overdue(const ClockRun& run, const Clock& clock, Date today) {
    if (clock.soft || clock.party || clock.kind == ClockKind::AtLeast) return false;
    return ledger::is_past_due(run, today);
}

std::vector<LookDay> look_days(const WorkedRun& worked, const Clock& clock,
                               const calendar::WorkdayTable& workdays) {
    const ClockRun& run = worked.run;
    if (!run.is_open()) return {};
    const auto started = calendar::date_from(run.started_on);
    const auto due = calendar::date_from(run.due_on);
    if (run.status == RunStatus::Paused)
        return {{calendar::add_days(worked.pauses.back().first, kPauseDaysMax), LookKind::Stuck}};
    if (!due || run.status == RunStatus::WaitingCalendar) return {{*started, LookKind::Stuck}};
    std::vector<LookDay> out;
    for (const Period& warn : clock.warn) {
        const auto day = calendar::last_day_before(*due, warn, workdays);
        if (day && *day < *due) out.push_back({*day, LookKind::Warn});
    }
    if (clock.kind != ClockKind::AtLeast) out.push_back({*due, LookKind::LastDay});
    out.push_back({calendar::add_days(*due, 1), LookKind::RunOut});
    std::sort(out.begin(), out.end(),
              [](const LookDay& a, const LookDay& b) { return a.day < b.day; });
    return out;
}

}  // namespace fazhi::procedure
