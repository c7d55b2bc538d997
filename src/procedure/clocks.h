// The clocks (期限) of stored entries: kept up with every change, listed, and explained day by day.
//
// Deciding is clock_rules.h's; this class looks the facts up and has ledger/ store what came out. A
// ledger without clocks costs nothing; else a change costs a look at the entry's passages, and one
// record where a run has changed. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/clock_store.h"
#include "ledger/context.h"
#include "ledger/ledgers.h"
#include "procedure/clock_rules.h"

namespace fazhi::procedure {

// One run of a clock as people read it: on screen, in the terminal, in the API.
struct ClockView {
    std::string clock;
    std::string title;
    ledger::ClockRun run;
    std::vector<Basis> basis;
    bool party = false;
    bool soft = false;
    bool minimum = false;  // a period that must be over first
    bool overdue = false;
    std::string safe_day;  // the last workday up to the due day, where that is a rest day; else ""
    std::optional<int> workdays_left;  // of an open run that is due; negative: overdue
    std::string state_text;  // "还剩5个工作日", "已逾期3个工作日", "按期完成", …
    std::string how;         // "自2024年4月8日起20个工作日，延长15个工作日", …
    std::vector<calendar::DayCount> days;
};

class Clocks {
public:
    explicit Clocks(ledger::Ledgers& ledgers) : ledgers_(ledgers) {}

    // After a change of the entry: its runs, and those of entries whose clocks look at it.
    Result<void> follow(storage::Transaction&, ledger::Context&, const std::string& ledger,
                        EntryId) const;
    // The same of an entry as it stands after the change, private fields masked, with its evidence.
    Result<void> follow(storage::Transaction&, ledger::Context&, const ledger::Standing&,
                        std::vector<ledger::EvidenceUse>) const;
    // The same of the entry alone; answers whether a run has changed.
    Result<bool> work_out_again(storage::Transaction&, ledger::Context&, const std::string& ledger,
                                EntryId) const;

    // The runs of an entry's clocks with their days, in the definition's order. Refuses
    // kNoSuchEntry.
    Result<std::vector<ClockView>> of(storage::Connection&, const ledger::Context&,
                                      const std::string& ledger, EntryId) const;
    // The last run of one clock, with its days. Refuses kNoSuchClock.
    Result<ClockView> explain(storage::Connection&, const ledger::Context&,
                              const std::string& ledger, EntryId, const std::string& clock) const;
    // What stands against a step (clock_refusals) that brings these fields along.
    std::vector<Error> refusals(storage::Connection&, const ledger::Context&,
                                const definition::Transition&, const ledger::Entry& with_fields,
                                const std::vector<ledger::Passage>&,
                                const std::vector<ledger::EvidenceUse>&,
                                const std::string& happened_on) const;
    // The days on which a run of the entry is to be looked at; none where it has ended.
    std::vector<LookDay> look_days_of(storage::Connection&, const ledger::Context&,
                                      const ledger::Entry&, const ledger::ClockRun&) const;

private:
    struct Facts;
    Result<Facts> facts_of(storage::Connection&, const ledger::Context&, const std::string& ledger,
                           EntryId) const;
    // INVARIANT: the definitions have the entry's ledger.
    Facts facts_of(storage::Connection&, const ledger::Context&, ledger::Entry) const;
    Facts facts_of(storage::Connection&, const ledger::Context&, ledger::Standing,
                   std::vector<ledger::EvidenceUse>) const;
    Result<void> follow_others(storage::Transaction&, ledger::Context&, const ledger::Entry&) const;
    Result<bool> settle(storage::Transaction&, ledger::Context&, const Facts&) const;

    ledger::Ledgers& ledgers_;
};

// The explanation as lines of text, the days last.
std::string text_of(const ClockView&);

}  // namespace fazhi::procedure
