// What duties (定期义务) ask of whom, and how much of it is there (definitions.md §8).
//
// Cost: for each duty one pass over the entries its parts count in the period, a few of them in
// memory at a time; nothing is kept. One connection, one thread.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "duty/duty_rules.h"
#include "ledger/context.h"
#include "ledger/entry.h"
#include "ledger/scan.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::duty {

// One part of what is asked.
struct PartState {
    std::string title;
    std::int64_t is = 0;
    std::int64_t wanted = 1;

    [[nodiscard]] bool met() const { return is >= wanted; }
};

// A duty of somebody in one period.
struct DutyState {
    const definition::Duty* duty = nullptr;
    std::int64_t target = 0;  // the unit, person, jurisdiction or entry
    std::string target_name;
    UnitId unit;  // where the work lies; none: the office as a whole
    DutyPeriod period;
    std::vector<PartState> parts;
    bool declared_nil = false;

    [[nodiscard]] bool met() const;
    // "quarterly_meeting/2024-Q1/12": the same work is the same text.
    [[nodiscard]] std::string origin() const;
};

class Duties {
public:
    Duties(storage::Connection& connection, const ledger::Context& context)
        : connection_(connection), context_(context) {}

    // Every duty's periods that have begun by `last` and do not end before `first`, for each whom
    // it binds, in the order of the definitions. Refuses what measures refuse.
    Result<std::vector<DutyState>> states(calendar::Date first, calendar::Date last);

private:
    struct Target {
        std::int64_t id = 0;
        std::string name;
        UnitId unit;
        ledger::Entry row;  // of a built-in register, or where a part asks about it
    };
    std::vector<Target> targets_of(const definition::Duty&, const DutyPeriod&);
    void each_entry(const definition::Ledger&, const std::set<std::string>& fields,
                    const ledger::ScanRange&, const std::function<void(const ledger::Entry&)>&);
    [[nodiscard]] std::string group_key(const definition::Duty&, const DutyState&) const;
    Result<std::vector<DutyState>> states_in(const definition::Duty&, const DutyPeriod&);
    Result<void> add_part(const definition::Duty&, const definition::DutyPart&,
                          const std::vector<Target>&, std::vector<DutyState>&);
    void count_entries(const definition::Duty&, const definition::DutyPart&,
                       std::vector<DutyState>&);
    Result<void> count_measure(const definition::Duty&, const definition::DutyPart&,
                               std::vector<DutyState>&);
    Result<void> count_duty(const definition::DutyPart&, std::vector<DutyState>&);
    void read_nil(std::vector<DutyState>&);

    storage::Connection& connection_;
    const ledger::Context& context_;
};

}  // namespace fazhi::duty
