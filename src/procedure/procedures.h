// Procedures (办理流程): which step may happen now, what is still missing, and doing it
// (definitions.md §5).
//
// Deciding is pure (step_rules.h, person_rules.h); this class looks the facts up, decides, and has
// ledger/ store. A refusal names everything that is missing, each with its basis.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/context.h"
#include "ledger/ledgers.h"

namespace fazhi::procedure {

class Clocks;

struct Step {
    std::string ledger;
    EntryId entry;
    std::string transition;
    std::string happened_on;  // YYYY-MM-DD; "" : today
    Value fields;             // brought along, as typed; may be null
    std::string note;
};

struct Outcome {
    ledger::Entry entry;
    std::map<std::string, std::vector<EntryId>> opened;  // by ledger
    std::string second_person;  // "leader" | "superior_unit" where somebody stood in
};

class Procedures {
public:
    Procedures(ledger::Ledgers& ledgers, const Clocks& clocks)
        : ledgers_(ledgers), clocks_(clocks) {}

    // Refuses with everything missing; kinds and order as procedure/errors.h.
    Result<Outcome> move(storage::Transaction&, ledger::Context&, const Step&);
    // The same list without doing it: empty: the step may happen. (还差什么)
    Result<std::vector<Error>> missing(storage::Connection&, const ledger::Context&,
                                       const Step&) const;
    // What a correction that made `after` of `before` has against it: gates of steps the entry has
    // taken that it would not pass now and passed before. Imported steps had no gates.
    std::vector<Error> against_correction(storage::Connection&, const ledger::Context&,
                                          const ledger::Entry& before,
                                          const ledger::Entry& after) const;
    // The steps that leave the entry's state and exist for it (`when`), in order, each with what it
    // still misses.
    struct Possible {
        std::string transition;
        std::string title;
        std::vector<Error> missing;
    };
    Result<std::vector<Possible>> possible(storage::Connection&, const ledger::Context&,
                                           const std::string& ledger, EntryId) const;

private:
    struct Weighed;
    struct Opener {
        const definition::Ledger& ledger;
        const ledger::Entry& entry;
        std::string happened_on;
    };
    ledger::Standing with_passages(storage::Connection&, const ledger::Context&,
                                   ledger::Entry) const;
    Result<const definition::Transition*> step_of(const ledger::Context&, const Step&) const;
    Weighed weigh(storage::Connection&, const ledger::Context&, const Step&,
                  const definition::Transition&, const ledger::Standing& before) const;
    Result<void> open(storage::Transaction&, ledger::Context&, const Opener&,
                      const definition::Opening&, Outcome&);

    ledger::Ledgers& ledgers_;
    const Clocks& clocks_;
};

}  // namespace fazhi::procedure
