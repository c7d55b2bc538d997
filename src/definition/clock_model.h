// Clocks (期限) as packs define them: what a legal deadline runs from, how long, and what stops,
// pauses, restarts and extends it (definitions.md §6). Immutable values; any thread. What they come
// to is procedure/'s.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "calendar/period.h"
#include "definition/condition.h"

namespace fazhi::definition {

// A day something happened, or falls due, on the entry itself or on a linked one.
enum class MomentKind { Transition, Field, ClockDue };
struct Moment {
    MomentKind kind = MomentKind::Transition;
    std::string name;    // the transition, field or clock
    std::string ledger;  // of a linked entry; "": the clock's own

    friend bool operator==(const Moment&, const Moment&) = default;
};

// How long: fixed, or as a whole number field or a setting of type duration says.
enum class LimitKind { Fixed, Field, Setting };
struct Limit {
    LimitKind kind = LimitKind::Fixed;
    calendar::Period period;                     // Fixed
    std::string name;                            // the field or setting
    calendar::Unit unit = calendar::Unit::Days;  // Field

    friend bool operator==(const Limit&, const Limit&) = default;
};

// The first case that holds for the day a run begins on is its limit.
struct LimitCase {
    Condition when;
    Limit is;
    std::string since, until;  // YYYY-MM-DD, both included; "": open
    std::vector<Basis> basis;  // empty: the clock's

    friend bool operator==(const LimitCase&, const LimitCase&) = default;
};

struct PauseRule {
    std::string from, to;        // transitions
    std::optional<Limit> limit;  // not paused longer than this

    friend bool operator==(const PauseRule&, const PauseRule&) = default;
};

struct RestartRule {
    std::vector<std::string> stop, begin;  // transitions; none: the clock does not restart

    friend bool operator==(const RestartRule&, const RestartRule&) = default;
};

struct ExtensionRule {
    std::string transition;  // "": the clock is not extended
    int times = 0;           // at most this often; 0: any
    Limit adds;
    bool asked_before_due = false;
    std::string notify;  // the field that names whom to tell; "": nobody

    friend bool operator==(const ExtensionRule&, const ExtensionRule&) = default;
};

// From this step on the limit is another one, where that ends earlier.
struct ShorteningRule {
    std::string transition;  // "": the clock is not shortened
    Limit is;

    friend bool operator==(const ShorteningRule&, const ShorteningRule&) = default;
};

enum class ClockKind {
    Within,   // to be done by the last day
    AtLeast,  // not before the last day is over
    Before,   // to be done some time before a date
    Due,      // to be done by a date
};

// The date of a Due clock: a field's, or the first such day after the clock's start.
struct DueDay {
    std::string field;
    std::string month_day;   // "03-01"
    std::string setting;     // of type month_day
    bool exclusive = false;  // before that day: the last day is the one before

    friend bool operator==(const DueDay&, const DueDay&) = default;
};

struct Clock {
    std::string id;
    std::string title;
    ClockKind kind = ClockKind::Within;
    std::vector<LimitCase> limits;  // Within, AtLeast: at least one
    std::string before_field;       // Before
    Limit by;                       // Before
    DueDay due;                     // Due
    Condition when;                 // the clock exists only where this holds
    std::optional<Moment> from;     // none (Before, Due): the day the entry is dated by
    std::vector<Moment> until;      // the first of them stops it
    std::vector<PauseRule> pauses;
    RestartRule restart;
    ExtensionRule extend;
    ShorteningRule shorten;
    std::vector<calendar::Period> warn;
    bool soft = false;   // 一般应: warns, never overdue
    bool party = false;  // theirs: counted generously, never our lateness
    std::vector<Basis> basis;

    friend bool operator==(const Clock&, const Clock&) = default;
};

}  // namespace fazhi::definition
