#include "action/tick.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "access/desk_store.h"
#include "access/permission.h"
#include "action/accounts.h"
#include "action/entry_commands.h"
#include "action/recipients.h"
#include "action/review_retention.h"
#include "action/uploads.h"
#include "duty/duties.h"
#include "duty/duty_rules.h"
#include "duty/notice_store.h"
#include "ledger/clock_store.h"
#include "ledger/entry_key.h"
#include "ledger/scan.h"
#include "procedure/errors.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

using calendar::Date;
using definition::Clock;
using duty::DutyState;
using ledger::EntryRun;
using procedure::LookDay;
using procedure::LookKind;

constexpr int kSlice = 8;          // clocks or duties in one transaction: writers wait for it
constexpr int kDaysBackMax = 400;  // of a server that was away
constexpr std::string_view kTasks = "task";
constexpr std::string_view kTaskClock = "due";  // definition/built_in/task.yaml

std::string_view kind_of(LookKind kind) {
    switch (kind) {
        case LookKind::Warn:
            return "warn";
        case LookKind::LastDay:
            return "last_day";
        case LookKind::RunOut:
            return "run_out";
        case LookKind::Stuck:
            return "stuck";
    }
    return {};
}

// One office on one day.
class Ticking {
public:
    Ticking(Workplace& workplace, JurisdictionId office, calendar::Instant now)
        : workplace_(workplace), office_(office), now_(now), today_(calendar::civil_date(now)) {}

    Result<TickOutcome> run() {
        bool more = true;
        while (more) {
            TRY_OK(in_transaction([&](const Task& task) -> Result<void> {
                const auto runs = ledger::runs_to_look_at(task.transaction.connection(), office_,
                                                          calendar::to_text(today_), kSlice);
                more = static_cast<int>(runs.size()) == kSlice;
                for (const EntryRun& run : runs) {
                    TRY_OK(look_at(task, run));
                }
                return {};
            }));
        }
        TRY_OK(duties());
        TRY_OK(in_transaction([&](const Task& task) -> Result<void> {
            duty::put_ticked_on(task.transaction.connection(), office_, calendar::to_text(today_));
            return {};
        }));
        return out_;
    }

private:
    // What is not written counts for nothing.
    Result<void> in_transaction(const std::function<Result<void>(const Task&)>& work) {
        const TickOutcome before = out_;
        auto done =
            workplace_.writer.run(office_, [&](storage::Transaction& transaction) -> Result<void> {
                out_ = before;
                TRY(const Office office, open_office(workplace_, transaction, office_));
                ledger::Context context = context_of(office, access::system_actor(office_), now_);
                return work({workplace_, transaction, context});
            });
        if (!done) out_ = before;
        return done;
    }

    // ---- clocks

    Result<void> look_at(const Task& task, const EntryRun& run) {
        storage::Connection& connection = task.transaction.connection();
        const definition::Ledger* ledger = task.context.definitions.ledger(run.ledger);
        const Clock* clock = ledger == nullptr ? nullptr : ledger->clock(run.run.clock);
        if (clock == nullptr) {  // Its definition is gone.
            ledger::look_again_on(connection, office_, run, "");
            return {};
        }
        TRY(const ledger::Entry entry,
            workplace_.ledgers.find(task.transaction, task.context, run.ledger, run.entry,
                                    ledger::Ledgers::Private::Masked));
        const std::vector<LookDay> days =
            workplace_.clocks.look_days_of(connection, task.context, entry, run.run);
        const auto next = std::find_if(days.begin(), days.end(),
                                       [&](const LookDay& day) { return today_ < day.day; });
        if (next != days.begin()) {
            const LookDay& now = *std::prev(next);
            if (now.kind == LookKind::RunOut) {
                TRY(const bool performed, perform_outcome(task, *ledger, *clock, entry, now.day));
                if (performed) return {};  // The clock is worked out anew, and this run closed.
            }
            tell_day(task, run, *clock, entry, now);
        }
        std::string again = next == days.end() ? std::string() : calendar::to_text(next->day);
        if (again.empty() && procedure::is_overdue(run.run, *clock, today_))
            again = climb(task, run, entry);
        ledger::look_again_on(connection, office_, run, again);
        return {};
    }

    // The step the law deems taken when this clock runs out.
    Result<bool> perform_outcome(const Task& task, const definition::Ledger& ledger,
                                 const Clock& clock, const ledger::Entry& entry, Date day) {
        for (const definition::Transition& step : ledger.transitions) {
            if (step.automatic != clock.id) continue;
            const auto leaves = std::find(step.from.begin(), step.from.end(), entry.head.state);
            if (leaves == step.from.end()) continue;
            auto moved = workplace_.procedures.move(task.transaction, task.context,
                                                    {.ledger = ledger.id,
                                                     .entry = entry.head.id,
                                                     .transition = step.id,
                                                     .happened_on = calendar::to_text(day),
                                                     .fields = {},
                                                     .note = {}});
            if (moved) {
                ++out_.outcomes;
                return true;
            }
            if (moved.error().code != procedure::errors::kNoSuchStep) ++out_.stuck;
        }
        return false;
    }

    void tell_day(const Task& task, const EntryRun& run, const Clock& clock,
                  const ledger::Entry& entry, const LookDay& day) {
        // Nobody is told that a party's time, or a period that must be over first, is running.
        if ((clock.party || clock.kind == definition::ClockKind::AtLeast) &&
            day.kind == LookKind::LastDay)
            return;
        out_.notices +=
            tell(task, {run, kind_of(day.kind), day.day}, Recipients(task.context).handler(entry));
    }

    // Overdue climbs: the office head after some days, then the leader in charge. Answers when to
    // look again; "": the top is reached.
    std::string climb(const Task& task, const EntryRun& run, const ledger::Entry& entry) {
        struct Rung {
            const char* kind;
            const char* after;  // setting: how long after the due day
            const char* post;   // setting
        };
        static constexpr Rung kRungs[] = {
            {"head", "escalate_to_head_after", "escalation_head_post"},
            {"leader", "escalate_to_leader_after", "escalation_leader_post"}};
        const auto due = calendar::date_from(run.run.due_on);
        for (const Rung& rung : kRungs) {
            const Value setting =
                task.context.directory.setting(task.context.definitions, rung.after);
            const auto after = calendar::parse_period(setting.is_text() ? setting.as_text() : "");
            if (!due || !after) continue;
            const auto day = calendar::last_day_on_time(*due, *after, task.context.workdays);
            if (!day) continue;
            if (today_ < *day) return calendar::to_text(*day);
            out_.notices += tell(task, {run, rung.kind, *day},
                                 Recipients(task.context).post(rung.post, entry.head.unit));
        }
        return {};
    }

    // ---- duties

    // From when duties are looked at: since the last tick, and as far back as a task stands open.
    Date first_day(storage::Connection& connection,
                   const definition::DefinitionSet& definitions) const {
        Date first = today_;
        if (const auto ticked = calendar::date_from(duty::ticked_on(connection, office_)))
            first = std::min(first, calendar::add_days(*ticked, 1));
        const definition::Ledger* tasks = definitions.ledger(kTasks);
        if (tasks != nullptr) {
            ledger::scan(connection, office_, *tasks, {"origin", "occurred_on"}, {},
                         [&](const ledger::Entry& entry) {
                             const auto made = calendar::date_from(entry.head.dated_on);
                             if (entry.head.state == "open" && entry.fields.has("origin") && made)
                                 first = std::min(first, *made);
                         });
        }
        return std::max(first, calendar::add_days(today_, -kDaysBackMax));
    }

    // Counting may read whole ledgers: it holds up nobody who writes.
    Result<std::vector<DutyState>> states(const Office& office,
                                          storage::Connection& reading) const {
        const definition::DefinitionSet& definitions = *office.definitions;
        if (definitions.ledger(kTasks) == nullptr || definitions.duties().empty())
            return std::vector<DutyState>();
        return duty::Duties(reading, context_of(office, access::system_actor(office_), now_))
            .states(first_day(reading, definitions), today_);
    }

    Result<void> duties() {
        auto reading = workplace_.database.reading();
        TRY(const Office office, open_office(workplace_, *reading, office_));  // Keeps the duties.
        TRY(std::vector<DutyState> found, states(office, *reading));
        reading.reset();
        const std::string& live_from = office.directory.jurisdiction.live_from;
        found.erase(std::remove_if(found.begin(), found.end(),
                                   [&](const DutyState& state) {
                                       return live_from.empty() ||
                                              calendar::to_text(state.period.to) < live_from;
                                   }),
                    found.end());
        for (auto next = found.begin(); next != found.end();) {
            const auto end = next + std::min<std::ptrdiff_t>(kSlice, found.end() - next);
            TRY_OK(in_transaction([&](const Task& task) { return keep_tasks(task, next, end); }));
            next = end;
        }
        return {};
    }

    using States = std::vector<DutyState>::const_iterator;
    Result<void> keep_tasks(const Task& task, States next, States end) {
        const definition::Ledger* tasks = task.context.definitions.ledger(kTasks);
        for (; tasks != nullptr && next != end; ++next) {
            TRY_OK(keep_task(task, *tasks, *next));
        }
        return {};
    }

    Result<void> keep_task(const Task& task, const definition::Ledger& tasks,
                           const DutyState& state) {
        TRY(const auto known,
            ledger::entry_with_key(task.transaction.connection(), task.context, tasks,
                                   Value::Map{{"origin", state.origin()}}));
        if (!known) return state.met() ? Result<void>() : make_task(task, state);
        TRY(const ledger::Entry entry,
            workplace_.ledgers.find(task.transaction, task.context, tasks.id, *known,
                                    ledger::Ledgers::Private::Masked));
        if (entry.head.state != "open") return {};
        if (!state.met()) {
            remind(task, state, entry);
            return {};
        }
        TRY(const auto moved, workplace_.procedures.move(task.transaction, task.context,
                                                         {.ledger = tasks.id,
                                                          .entry = *known,
                                                          .transition = "meet",
                                                          .happened_on = {},
                                                          .fields = {},
                                                          .note = {}}));
        ++out_.tasks_finished;
        return {};
    }

    Result<void> make_task(const Task& task, const DutyState& state) {
        const access::Directory& directory = task.context.directory;
        ledger::NewEntry made{.ledger = std::string(kTasks),
                              .fields = Value::Map{},
                              .unit = {},
                              .handler = {},
                              .reference = {},
                              .opened_by = {},
                              .opened_by_ledger = {}};
        made.fields =
            Value::Map{{"due_on", calendar::to_text(state.period.due)},
                       {"duty", state.duty->id},
                       {"kind", "duty"},
                       {"origin", state.origin()},
                       {"title", fmt::format("{}（{}，{}）", state.duty->title, state.target_name,
                                             duty::title_of(*state.duty, state.period))}};
        if (state.unit) made.unit = fmt::format("#{}", state.unit.value);
        if (const PersonId person = holder_of(directory, task.context, *state.duty, state.unit))
            made.handler = fmt::format("#{}", person.value);
        TRY(const ledger::Entry entry, create_entry(task, made));
        ++out_.tasks_made;
        remind(task, state, entry);
        return {};
    }

    // On the days the duty names, the latest of those that have come; after the last day the task's
    // clock speaks.
    void remind(const Task& task, const DutyState& state, const ledger::Entry& entry) {
        if (state.period.due < today_) return;
        std::optional<Date> latest;
        for (const calendar::Period& before : state.duty->remind) {
            const auto day =
                calendar::last_day_before(state.period.due, before, task.context.workdays);
            if (day && !(today_ < *day) && (!latest || *latest < *day)) latest = *day;
        }
        if (!latest) return;
        for (const ledger::ClockRun& run : workplace_.ledgers.runs(
                 task.transaction.connection(), office_, entry.head.ledger, entry.head.id)) {
            if (run.clock != kTaskClock || !run.is_open()) continue;
            const EntryRun of{entry.head.ledger, entry.head.id, run, {}};
            out_.notices += tell(task, {of, kind_of(LookKind::Warn), *latest},
                                 Recipients(task.context).handler(entry));
        }
    }

    static PersonId holder_of(const access::Directory& directory, const ledger::Context& context,
                              const definition::Duty& of, UnitId unit) {
        if (of.post.empty()) return {};
        const auto holders = directory.holders(of.post);
        for (const access::Person* person : holders) {
            if (access::holds_for(directory, context.definitions, directory.actor(*person), of.post,
                                  unit))
                return person->id;
        }
        return holders.empty() ? PersonId{} : holders.front()->id;
    }

    Workplace& workplace_;
    JurisdictionId office_;
    calendar::Instant now_;
    Date today_;
    TickOutcome out_;
};

// What need not be kept any longer.
Result<void> forget(Workplace& workplace, JurisdictionId office, calendar::Instant now) {
    TRY_OK(shorten_access_log(workplace, office));
    return workplace.writer.run(office, [&](storage::Transaction& transaction) -> Result<void> {
        access::DeskStore(transaction.connection())
            .forget_answers(office, calendar::to_text(now - access::kAnswersKept));
        return {};
    });
}

}  // namespace

Result<TickOutcome> tick(Workplace& workplace, JurisdictionId office, calendar::Instant now) {
    return Ticking(workplace, office, now).run();
}

Result<TickOutcome> tick_all(Workplace& workplace, const std::function<bool()>& stopping) {
    TickOutcome all;
    const calendar::Instant now = workplace.clock.now();
    Uploads(workplace.data).forget(now);
    const std::string today = calendar::to_text(calendar::civil_date(now));
    for (const access::Jurisdiction& office :
         access::Organisation::jurisdictions(*workplace.database.reading())) {
        if (stopping()) break;
        if (office.definitions.empty()) {
            TRY_OK(forget(workplace, office.id, now));
            continue;
        }
        if (duty::ticked_on(*workplace.database.reading(), office.id) >= today) continue;
        TRY(const TickOutcome one, tick(workplace, office.id, now));
        TRY_OK(forget(workplace, office.id, now));
        TRY_OK(destroy_expired_reviews(workplace, office.id, now));
        all.outcomes += one.outcomes;
        all.notices += one.notices;
        all.tasks_made += one.tasks_made;
        all.tasks_finished += one.tasks_finished;
        all.stuck += one.stuck;
    }
    return all;
}

}  // namespace fazhi::action
