#include "procedure/clocks.h"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>

#include "base/invariant.h"
#include "ledger/errors.h"
#include "ledger/surroundings.h"
#include "procedure/clock_refusals.h"
#include "procedure/errors.h"
#include "storage/transaction.h"

namespace fazhi::procedure {
namespace {

using definition::Clock;
using definition::ClockKind;
using definition::Ledger;
using ledger::ClockRun;
using ledger::Context;
using ledger::Entry;
using ledger::RunRow;
using ledger::RunStatus;

std::string chinese_day(const std::string& day) {
    const auto date = calendar::date_from(day);
    return date ? calendar::chinese_text(*date) : day;
}

std::string how_text(const WorkedRun& worked, const Clock& clock) {
    const std::string start = calendar::chinese_text(worked.start);
    if (!worked.run.due_at.empty()) return fmt::format("以小时计，自{}起", start);
    if (worked.periods.empty())
        return worked.run.status == RunStatus::Undetermined
                   ? fmt::format("还没有填写{}，不能计算", worked.unknown)
                   : std::string("固定日期");
    std::string out =
        clock.kind == ClockKind::Before
            ? fmt::format("{}的{}之前", start, calendar::chinese_text(worked.periods[0]))
            : fmt::format("自{}起{}{}", start, calendar::chinese_text(worked.periods[0]),
                          clock.kind == ClockKind::AtLeast ? "以上" : "");
    for (std::size_t i = 1; i < worked.periods.size(); ++i)
        out += fmt::format("，延长{}", calendar::chinese_text(worked.periods[i]));
    for (const calendar::DayRange& pause : worked.pauses) {
        if (worked.run.status == RunStatus::Paused && &pause == &worked.pauses.back()) break;
        out += fmt::format("，{}至{}不计入", calendar::chinese_text(pause.first),
                           calendar::chinese_text(pause.last));
    }
    if (worked.pause_unproven) out += "，届满后补录而没有规定凭证的暂停照算在内";
    return out;
}

std::string open_text(const ClockView& view, calendar::Date today) {
    const ClockRun& run = view.run;
    switch (run.status) {
        case RunStatus::Paused:
            return "暂停中，恢复后继续计算";
        case RunStatus::WaitingCalendar:
            return fmt::format("缺少有关年份的放假安排，暂按最早{}掌握", chinese_day(run.due_on));
        case RunStatus::Undetermined:
            return "期限未定";
        default:
            break;
    }
    const auto due = calendar::date_from(run.due_on);
    const int days = due ? calendar::days_between(today, *due) : 0;
    if (view.minimum)
        return days < 0 ? std::string("已届满")
                        : fmt::format("还没有届满，{}以后届满", chinese_day(run.due_on));
    const std::string left = view.workdays_left
                                 ? fmt::format("{}个工作日", std::abs(*view.workdays_left))
                                 : fmt::format("{}日", std::abs(days));
    if (days == 0) return "今天到期";
    if (days > 0) return fmt::format("还剩{}", left);
    if (view.party) return "已届满";
    return fmt::format("{}{}", view.soft ? "已超过一般期限" : "已逾期", left);
}

std::string state_text(const ClockView& view, const WorkedRun& worked, calendar::Date today) {
    const ClockRun& run = view.run;
    if (run.is_open()) return open_text(view, today);
    const std::string day = chinese_day(run.stopped_on);
    if (run.status == RunStatus::Superseded) return fmt::format("{}起重新起算", day);
    if (run.status == RunStatus::Moot)
        return view.overdue ? fmt::format("{}不再适用，此前已逾期", day)
                            : fmt::format("{}起不再适用", day);
    if (worked.unproven)
        return fmt::format("补录而没有规定的凭证，按录入的{}计，{}", day,
                           view.overdue ? "逾期" : "按期");
    if (view.overdue) return fmt::format("{}完成，逾期", day);
    return view.minimum || view.party ? fmt::format("{}", day) : fmt::format("{}按期完成", day);
}

ClockView view_of(const WorkedRun& worked, const Clock& clock, const Context& context) {
    ClockView out{.clock = clock.id,
                  .title = clock.title,
                  .run = worked.run,
                  .basis = worked.basis,
                  .party = clock.party,
                  .soft = clock.soft,
                  .minimum = clock.kind == ClockKind::AtLeast,
                  .overdue = is_overdue(worked.run, clock, context.today),
                  .safe_day = {},
                  .workdays_left = {},
                  .state_text = {},
                  .how = how_text(worked, clock),
                  .days = {}};
    const auto due = calendar::date_from(worked.run.due_on);
    if (due && worked.run.is_open() && worked.run.status == RunStatus::Running) {
        const auto left = calendar::workdays_left(context.today, *due, context.workdays);
        if (left) out.workdays_left = *left;
        const auto safe = calendar::safe_day(*due, context.workdays);
        if (safe && *safe != *due && !clock.party && !out.minimum)
            out.safe_day = calendar::to_text(*safe);
    }
    out.state_text = state_text(out, worked, context.today);
    return out;
}

}  // namespace

// Everything the rules look at, kept alive together.
struct Clocks::Facts {
    const Ledger* ledger = nullptr;
    Entry entry;
    std::vector<ledger::Passage> passages;
    std::vector<ledger::EvidenceUse> evidence;
    std::unique_ptr<ledger::StoredSurroundings> surroundings;

    [[nodiscard]] ClockFacts view(const ledger::Ledgers& ledgers, storage::Connection& connection,
                                  const Context& context) const {
        const JurisdictionId office = context.directory.jurisdiction.id;
        return ClockFacts{context.definitions,
                          *ledger,
                          entry,
                          passages,
                          evidence,
                          context.workdays,
                          context.today,
                          *surroundings,
                          [&ledgers, &connection, office](const Entry& other) {
                              return ledgers.passages(connection, office, other.head.ledger,
                                                      other.head.id);
                          }};
    }
};

Result<Clocks::Facts> Clocks::facts_of(storage::Connection& connection, const Context& context,
                                       const std::string& ledger_id, EntryId id) const {
    if (context.definitions.ledger(ledger_id) == nullptr) {
        return refuse(ErrorKind::NotFound, ledger::errors::kNoSuchLedger,
                      fmt::format("本单位没有启用台账“{}”。", ledger_id), "ledger");
    }
    TRY(Entry entry,
        ledgers_.find(connection, context, ledger_id, id, ledger::Ledgers::Private::Masked));
    return facts_of(connection, context, std::move(entry));
}

Clocks::Facts Clocks::facts_of(storage::Connection& connection, const Context& context,
                               Entry entry) const {
    const JurisdictionId office = context.directory.jurisdiction.id;
    const std::string& ledger_id = entry.head.ledger;
    auto passages = ledgers_.passages(connection, office, ledger_id, entry.head.id);
    auto evidence = ledgers_.evidence(connection, office, ledger_id, entry.head.id);
    return facts_of(connection, context, {std::move(entry), std::move(passages)},
                    std::move(evidence));
}

Clocks::Facts Clocks::facts_of(storage::Connection& connection, const Context& context,
                               ledger::Standing standing,
                               std::vector<ledger::EvidenceUse> evidence) const {
    Facts out;
    out.ledger = context.definitions.ledger(standing.entry.head.ledger);
    INVARIANT(out.ledger != nullptr);
    out.entry = std::move(standing.entry);
    out.passages = std::move(standing.passages);
    out.evidence = std::move(evidence);
    out.surroundings = std::make_unique<ledger::StoredSurroundings>(
        connection, context.directory, context.definitions, context.workdays);
    return out;
}

Result<void> Clocks::follow(storage::Transaction& transaction, Context& context,
                            const std::string& ledger_id, EntryId id) const {
    const Ledger* ledger = context.definitions.ledger(ledger_id);
    if (ledger == nullptr) return {};
    const bool has_clocks = !ledger->clocks.empty();
    if (!has_clocks && context.definitions.moved_by(ledger_id).empty()) return {};
    TRY(const Entry entry,
        ledgers_.find(transaction, context, ledger_id, id, ledger::Ledgers::Private::Masked));
    if (has_clocks) {
        TRY_OK(settle(transaction, context, facts_of(transaction.connection(), context, entry)));
    }
    return follow_others(transaction, context, entry);
}

Result<void> Clocks::follow(storage::Transaction& transaction, Context& context,
                            const ledger::Standing& after,
                            std::vector<ledger::EvidenceUse> evidence) const {
    const Ledger* ledger = context.definitions.ledger(after.entry.head.ledger);
    if (ledger == nullptr) return {};
    if (!ledger->clocks.empty()) {
        TRY_OK(settle(transaction, context,
                      facts_of(transaction.connection(), context, after, std::move(evidence))));
    }
    return follow_others(transaction, context, after.entry);
}

Result<void> Clocks::follow_others(storage::Transaction& transaction, Context& context,
                                   const Entry& entry) const {
    storage::Connection& connection = transaction.connection();
    ledger::StoredSurroundings surroundings(connection, context.directory, context.definitions,
                                            context.workdays);
    for (const std::string& other : context.definitions.moved_by(entry.head.ledger)) {
        for (const Entry* linked : surroundings.linked(entry, other)) {
            TRY_OK(settle(transaction, context, facts_of(connection, context, *linked)));
        }
    }
    return {};
}

Result<bool> Clocks::work_out_again(storage::Transaction& transaction, Context& context,
                                    const std::string& ledger_id, EntryId id) const {
    TRY(const Facts facts, facts_of(transaction.connection(), context, ledger_id, id));
    return settle(transaction, context, facts);
}

Result<bool> Clocks::settle(storage::Transaction& transaction, Context& context,
                            const Facts& facts) const {
    const std::string& ledger_id = facts.entry.head.ledger;
    const EntryId id = facts.entry.head.id;
    const ClockFacts view = facts.view(ledgers_, transaction.connection(), context);
    std::vector<RunRow> rows;
    std::vector<ClockRun> runs;
    for (const Clock& clock : facts.ledger->clocks) {
        for (const WorkedRun& worked : work_out(view, clock).runs) {
            const std::vector<LookDay> days = look_days(worked, clock, context.workdays);
            rows.push_back(
                {worked.run, days.empty() ? std::string() : calendar::to_text(days.front().day)});
            runs.push_back(worked.run);
        }
    }
    const auto earlier =
        ledgers_.runs(transaction.connection(), context.directory.jurisdiction.id, ledger_id, id);
    const auto by_key = [](const ClockRun& a, const ClockRun& b) {
        return a.clock != b.clock ? a.clock < b.clock : a.run < b.run;
    };
    std::sort(runs.begin(), runs.end(), by_key);
    if (runs == earlier) return false;
    TRY_OK(ledgers_.set_runs(transaction, context, ledger_id, id, earlier, rows));
    return true;
}

Result<std::vector<ClockView>> Clocks::of(storage::Connection& connection, const Context& context,
                                          const std::string& ledger, EntryId id) const {
    TRY(const Facts facts, facts_of(connection, context, ledger, id));
    const ClockFacts view = facts.view(ledgers_, connection, context);
    std::vector<ClockView> out;
    for (const Clock& clock : facts.ledger->clocks) {
        for (const WorkedRun& worked : work_out(view, clock).runs) {
            out.push_back(view_of(worked, clock, context));
            out.back().days = days_of(worked, clock, context.workdays);
        }
    }
    return out;
}

Result<ClockView> Clocks::explain(storage::Connection& connection, const Context& context,
                                  const std::string& ledger, EntryId id,
                                  const std::string& clock_id) const {
    TRY(const Facts facts, facts_of(connection, context, ledger, id));
    const Clock* clock = facts.ledger->clock(clock_id);
    for (const Clock& each : facts.ledger->clocks) {
        if (clock == nullptr && each.title == clock_id) clock = &each;
    }
    if (clock == nullptr) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchClock,
                      fmt::format("“{}”没有期限“{}”。", facts.ledger->title, clock_id), "clock");
    }
    const WorkedClock worked = work_out(facts.view(ledgers_, connection, context), *clock);
    if (worked.runs.empty()) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchClock,
                      worked.applies ? fmt::format("“{}”还没有起算。", clock->title)
                                     : fmt::format("这条记录不适用“{}”。", clock->title),
                      "clock");
    }
    ClockView out = view_of(worked.runs.back(), *clock, context);
    out.days = days_of(worked.runs.back(), *clock, context.workdays);
    return out;
}

std::vector<Error> Clocks::refusals(storage::Connection& connection, const Context& context,
                                    const definition::Transition& step, const Entry& with_fields,
                                    const std::vector<ledger::Passage>& passages,
                                    const std::vector<ledger::EvidenceUse>& evidence,
                                    const std::string& happened_on) const {
    Facts facts;
    facts.ledger = context.definitions.ledger(with_fields.head.ledger);
    if (facts.ledger == nullptr || facts.ledger->clocks.empty()) return {};
    facts.entry = with_fields;
    facts.passages = passages;
    facts.evidence = evidence;
    facts.surroundings = std::make_unique<ledger::StoredSurroundings>(
        connection, context.directory, context.definitions, context.workdays);
    return clock_refusals(facts.view(ledgers_, connection, context), step, happened_on);
}

std::vector<LookDay> Clocks::look_days_of(storage::Connection& connection, const Context& context,
                                          const Entry& entry, const ClockRun& run) const {
    const Facts facts = facts_of(connection, context, entry);
    const Clock* clock = facts.ledger->clock(run.clock);
    if (clock == nullptr) return {};
    for (const WorkedRun& worked :
         work_out(facts.view(ledgers_, connection, context), *clock).runs) {
        if (worked.run.run == run.run) return look_days(worked, *clock, context.workdays);
    }
    return {};
}

std::string text_of(const ClockView& view) {
    std::string out = fmt::format("{}：{}\n", view.title, view.state_text);
    out += fmt::format("计算：{}\n", view.how);
    for (const Basis& basis : view.basis) out += fmt::format("依据：{}\n", basis_text(basis));
    if (!view.run.due_on.empty())
        out += fmt::format("{}：{}\n", view.minimum ? "届满日" : "最后一日",
                           chinese_day(view.run.due_on));
    if (!view.safe_day.empty())
        out += fmt::format("稳妥日：{}（最后一日不是工作日）\n", chinese_day(view.safe_day));
    int number = 0;
    for (const calendar::DayCount& day : view.days) {
        out += fmt::format(
            "{} {} {} {}\n", calendar::to_text(day.date), calendar::weekday_text(day.date),
            day.counted ? fmt::format("第{}日", ++number) : std::string("不计"), day.text);
    }
    return out;
}

}  // namespace fazhi::procedure
