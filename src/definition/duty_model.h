// Duties (定期义务) as packs define them: what must happen again and again, for whom, and by when
// (definitions.md §8). Immutable values; any thread. What is missing is duty/'s.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "calendar/period.h"
#include "definition/clock_model.h"
#include "definition/condition.h"

namespace fazhi::definition {

enum class Every { Month, Quarter, HalfYear, Year, Days };

// Of whom it is expected: each row of a register that fits.
struct DutyTarget {
    std::string built_in;  // "unit", "person", "jurisdiction"; "": a ledger
    std::string ledger;    // a register
    Condition where;

    friend bool operator==(const DutyTarget&, const DutyTarget&) = default;
};

enum class DutyPartKind {
    Entries,  // so many entries of a ledger
    Measure,  // a measure of at least so much
    Duty,     // another duty met so many times
    Itself,   // a condition on the unit, person or entry itself
};
struct DutyPart {
    std::string title;
    DutyPartKind kind = DutyPartKind::Entries;
    std::string name;  // the ledger, measure or duty
    Condition where;
    Literal at_least;  // a whole number

    friend bool operator==(const DutyPart&, const DutyPart&) = default;
};

struct Duty {
    std::string id;
    std::string title;
    std::vector<Basis> basis;
    DutyTarget for_each;
    Every every = Every::Year;
    std::vector<std::string> days;  // Days: "03-08", …
    int window = 0;                 // Days: so many days before and after
    std::vector<DutyPart> parts;    // all of them
    DueDay due;                     // empty: the period's last day
    std::vector<calendar::Period> remind;
    std::string post;           // whose task it is; "": the handler of the unit is nobody's
    bool declares_nil = false;  // 零报告: nothing happened is said, not assumed
    std::string pack;

    friend bool operator==(const Duty&, const Duty&) = default;
};

}  // namespace fazhi::definition
