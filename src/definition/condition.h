// Conditions (definitions.md §2): the maps behind `where`, `when`, `refuse_if`, `from` and the
// CLI's --where. Data only; what holds is decided by ledger/ (ledger/condition_test is the
// evaluator's). No expression language.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/value.h"

namespace fazhi::definition {

struct Condition;

// A literal of a condition: a value, or what a setting or a field holds when the condition is
// asked.
struct Literal {
    Value value;
    std::string setting;     // Not empty: the value is this setting's.
    std::string field = {};  // Not empty: this field's, of the entry whose rule asks.

    friend bool operator==(const Literal&, const Literal&) = default;
};

enum class TestKind {
    AnyOf,    // equal to one of `literals` (one: equality)
    HasAny,   // choices: holds one of `literals`
    Range,    // min ≤ value ≤ max, either may be absent
    Empty,    // empty() == flag
    HasPost,  // a person who holds the post `name`
    Day,      // a date or instant on a `name`: workday, weekend, holiday
    Hours,    // a time or instant within [from, to) by the hour, over midnight when from > to
    Linked,   // key "linked": some linked entry of ledger `name` satisfies `inner` (with `inner` =
              // {empty: true}: none)
};

struct Test {
    TestKind kind = TestKind::AnyOf;
    bool negated = false;  // {not: …}: also holds where the field is empty
    std::vector<Literal> literals;
    std::optional<Literal> min;
    std::optional<Literal> max;
    bool flag = true;   // Empty
    std::string name;   // HasPost: post; Day: which; Linked: ledger
    int from_hour = 0;  // Hours
    int to_hour = 0;
    bool none = false;             // Linked with {empty: true}: no such link
    std::vector<Condition> inner;  // Linked: none or one

    friend bool operator==(const Test&, const Test&) = default;
};

// `key` is a field of the ledger (or of the list's row, read first), or a built-in: state, via,
// unit, handler, for units: kind, for persons: post.
struct Clause {
    std::string key;
    Test test;

    friend bool operator==(const Clause&, const Clause&) = default;
};

// All clauses must hold; none: always holds.
struct Condition {
    std::vector<Clause> clauses;
    [[nodiscard]] bool always() const { return clauses.empty(); }
    friend bool operator==(const Condition&, const Condition&) = default;
};

}  // namespace fazhi::definition
