#include "procedure/clock_refusals.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/lateness.h"
#include "procedure/errors.h"

namespace fazhi::procedure {
namespace {

using definition::Clock;
using ledger::Passage;
using ledger::RunStatus;

std::string quoted_day(const std::string& day) {
    const auto date = calendar::date_from(day);
    return date ? calendar::chinese_text(*date) : day;
}

// About a clock, for the step it stands in the way of.
class ClockRefusal {
public:
    ClockRefusal(const definition::Transition& step, const Clock& clock)
        : step_(step), clock_(clock) {}
    Error operator()(std::string_view code, std::string message,
                     const std::vector<Basis>& basis = {}) const {
        const std::vector<Basis>& own = basis.empty() ? clock_.basis : basis;
        return Error{ErrorKind::RefusedByRule, code, std::move(message), clock_.id,
                     own.empty() ? step_.basis : own};
    }

private:
    const definition::Transition& step_;
    const Clock& clock_;
};

// Whether the clock has run out before this day, or why nobody knows.
void check_after(const ClockFacts& facts, const definition::Transition& step, const Clock& clock,
                 const std::string& happened_on, std::vector<Error>& out) {
    const ClockRefusal refused(step, clock);
    const WorkedClock worked = work_out(facts, clock);
    if (!worked.applies) return;
    if (worked.runs.empty()) {
        out.push_back(refused(
            errors::kTooEarly,
            fmt::format("“{}”须在“{}”届满后办理，而它还没有起算。", step.title, clock.title)));
        return;
    }
    const WorkedRun& last = worked.runs.back();
    const std::string& due = last.run.due_on;
    if (last.run.status == RunStatus::Undetermined) {
        out.push_back(refused(errors::kTooEarly,
                              fmt::format("“{}”须在“{}”届满后办理，请先填写{}。", step.title,
                                          clock.title, last.unknown),
                              last.basis));
    } else if (due.empty() || last.run.status == RunStatus::WaitingCalendar) {
        out.push_back(refused(errors::kTooEarly,
                              fmt::format("“{}”须在“{}”届满后办理，它现在是“{}”。", step.title,
                                          clock.title, ledger::chinese_text(last.run.status)),
                              last.basis));
    } else if (happened_on <= due) {
        out.push_back(
            refused(errors::kTooEarly,
                    fmt::format("“{}”自{}起算，到{}届满，届满以后才能“{}”。", clock.title,
                                quoted_day(last.run.started_on), quoted_day(due), step.title),
                    last.basis));
    }
}

// What a step lacks that is recorded after `due` as having happened before it.
std::string late_record_text(const ClockFacts& facts, const definition::Transition& step) {
    std::string papers;
    for (const std::string& kind : step.proof) {
        const definition::EvidenceKind* of = facts.ledger.evidence_kind(kind);
        papers +=
            fmt::format("{}“{}”", papers.empty() ? "" : "、", of == nullptr ? kind : of->title);
    }
    if (papers.empty())
        return fmt::format("期限届满以后登记的，不能作为届满前办理的“{}”", step.title);
    return fmt::format("期限届满以后补登的“{}”，请先附上证明当时已办理的{}", step.title, papers);
}

// Not of a citizen's time: what they did counts on its day.
bool is_late_record(const ClockFacts& facts, const definition::Transition& step, const Clock& clock,
                    const std::string& due) {
    return !clock.party && due < calendar::to_text(facts.today) && !has_proof(facts, step);
}

// Does the clock run until this step of its own entry?
bool waits_for(const Clock& clock, const definition::Transition& step) {
    return std::any_of(clock.until.begin(), clock.until.end(), [&](const auto& moment) {
        return moment.kind == definition::MomentKind::Transition && moment.ledger.empty() &&
               moment.name == step.id;
    });
}

void check_not_after(const ClockFacts& facts, const definition::Transition& step,
                     const Clock& clock, const std::string& happened_on, std::vector<Error>& out) {
    const ClockRefusal refused(step, clock);
    const WorkedClock worked = work_out(facts, clock);
    if (worked.runs.empty()) return;
    const WorkedRun& last = worked.runs.back();
    const std::string& due = last.run.due_on;
    // A provisional day decides nothing.
    if (due.empty() || last.run.status == RunStatus::WaitingCalendar) return;
    // What stopped in time has not run out. A step that the clock waits for must itself lie within
    // it, whatever else stopped it.
    if (!waits_for(clock, step) && !last.run.is_open() &&
        !ledger::is_past_due(last.run, facts.today))
        return;
    if (happened_on <= due) {
        if (is_late_record(facts, step, clock, due))
            out.push_back(refused(errors::kTooLate,
                                  fmt::format("“{}”已于{}届满；{}。", clock.title, quoted_day(due),
                                              late_record_text(facts, step)),
                                  last.basis));
        return;
    }
    out.push_back(refused(
        errors::kTooLate,
        fmt::format("“{}”已于{}届满，不能再“{}”。", clock.title, quoted_day(due), step.title),
        last.basis));
}

void check_extension(const ClockFacts& facts, const definition::Transition& step,
                     const Clock& clock, const std::string& happened_on, std::vector<Error>& out) {
    const ClockRefusal refused(step, clock);
    if (clock.extend.transition != step.id) return;
    const auto granted =
        std::count_if(facts.passages.begin(), facts.passages.end(),
                      [&](const Passage& passage) { return passage.transition == step.id; });
    if (step.times == 0 && clock.extend.times > 0 && granted >= clock.extend.times) {
        out.push_back(refused(errors::kTooOften, fmt::format("“{}”只能延长{}次，已经延长过。",
                                                             clock.title, clock.extend.times)));
        return;
    }
    if (!clock.extend.asked_before_due) return;
    const WorkedClock worked = work_out(facts, clock);
    if (worked.runs.empty() || !worked.runs.back().run.is_open()) {
        out.push_back(refused(errors::kTooLate,
                              fmt::format("“{}”不在计算中，没有可以延长的期限。", clock.title)));
        return;
    }
    const std::string& due = worked.runs.back().run.due_on;
    if (due.empty()) return;
    if (happened_on <= due) {
        if (is_late_record(facts, step, clock, due))
            out.push_back(
                refused(errors::kTooLate,
                        fmt::format("“{}”已于{}届满，延长须在届满前批准；{}。", clock.title,
                                    quoted_day(due), late_record_text(facts, step)),
                        worked.runs.back().basis));
        return;
    }
    out.push_back(
        refused(errors::kTooLate,
                fmt::format("“{}”已于{}届满，延长须在届满前批准。", clock.title, quoted_day(due)),
                worked.runs.back().basis));
}

}  // namespace

std::vector<Error> clock_refusals(const ClockFacts& facts, const definition::Transition& step,
                                  const std::string& happened_on) {
    std::vector<Error> out;
    for (const Clock& clock : facts.ledger.clocks) {
        const auto names = [&](const std::vector<std::string>& clocks) {
            return std::find(clocks.begin(), clocks.end(), clock.id) != clocks.end();
        };
        if (names(step.after) || step.automatic == clock.id)
            check_after(facts, step, clock, happened_on, out);
        if (names(step.not_after)) check_not_after(facts, step, clock, happened_on, out);
        check_extension(facts, step, clock, happened_on, out);
    }
    return out;
}

}  // namespace fazhi::procedure
