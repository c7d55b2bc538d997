// What a pack says of its ledgers, once it has been read and checked: immutable values
// (definitions.md §3-§7).
//
// Titles are for people, ids for everything else. Order is the file's order wherever people see it.
// Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/kept.h"
#include "base/value.h"
#include "definition/clock_model.h"
#include "definition/condition.h"

namespace fazhi::definition {

enum class FieldType {
    Text,
    Note,
    Integer,
    Decimal,
    Money,
    Date,
    Datetime,
    Time,
    YesNo,
    Choice,
    Choices,
    Person,
    Unit,
    Entry,
    Laws,
    List,
    Group,
    IdNumber,
    Phone,
    VersionedText,
    Place,
    Figure,
};

std::string_view to_text(FieldType);                              // "yes_no", as packs write it
std::optional<FieldType> field_type_from(std::string_view text);  // the reverse
std::vector<std::string> field_type_names();

struct Option {
    std::string id;
    std::string title;
    bool retired = false;

    friend bool operator==(const Option&, const Option&) = default;
};

// `from` of an entry field: which ledgers (one or several), and the date field at which a
// register's entry must be valid.
struct Source {
    std::vector<std::string> ledgers;
    std::string valid_on;  // a date field, or "happened_on"; empty: any entry that is not void
    Condition where;

    friend bool operator==(const Source&, const Source&) = default;
};

enum class DefaultKind { None, Literal, Today, Setting, Transition };

struct Field {
    std::string id;
    std::string title;
    FieldType type = FieldType::Text;
    int scale = 0;  // decimal: digits after the point, 0-9
    bool required = false;
    std::vector<std::string> required_in;  // states: needed on entering; emptying later is refused
    std::vector<Option> options;
    DefaultKind default_kind = DefaultKind::None;
    Value default_value;         // Literal: the value; Setting: its name; Transition: its name (its
                                 // happened_on)
    std::optional<Literal> min;  // number or date; for lists: count of rows
    std::optional<Literal> max;
    std::string pattern;  // RE2 the whole text must match
    std::string unit;     // 份, 日, …
    std::string help;
    bool search = false;
    bool is_private = false;  // sealed, masked, never published
    bool is_public = false;   // may stand in the clear in the journal and be published
    bool future = false;      // dates may lie ahead of today
    bool fine = false;        // money nobody may be ranked by (行政处罚法 第七十四条)
    std::optional<Source> from;
    std::string different_from;    // another field it must differ from
    std::vector<Field> of;         // list and group: the columns
    std::vector<std::string> key;  // list: columns that no two rows may have alike
    std::string measure;           // figure: the measure it freezes
    std::vector<Basis> basis;
    std::string added_by;  // the extending pack; empty: the ledger's own

    [[nodiscard]] const Option* option(std::string_view option_id) const;
    [[nodiscard]] const Field* column(std::string_view column_id) const;
    // Sealed in the journal: private, or free text that is not marked public.
    [[nodiscard]] bool sealed() const;
    // Held in rows of its own: list, group, choices, laws.
    [[nodiscard]] bool has_rows() const;

    friend bool operator==(const Field&, const Field&) = default;
};

struct EvidenceKind {
    std::string id;
    std::string title;
    bool expected = false;  // missing is counted, does not block

    friend bool operator==(const EvidenceKind&, const EvidenceKind&) = default;
};

struct State {
    std::string id;
    std::string title;
    bool is_final = false;

    friend bool operator==(const State&, const State&) = default;
};

// links: {meeting: {where: …, at_least: 1 | all: true | latest: true}}
struct LinkDemand {
    std::string ledger;
    Condition where;
    int at_least = 1;  // with `all`: so many are linked, and each satisfies `where`; 0: or none is
    bool all = false;
    bool latest = false;

    friend bool operator==(const LinkDemand&, const LinkDemand&) = default;
};

// A set of demands that holds when `when` does. A transition's own evidence/requires/links stand in
// its first gate.
struct Gate {
    Condition when;
    std::vector<std::string> evidence;
    std::vector<std::string> requires_fields;
    std::vector<LinkDemand> links;
    std::string refuse;  // said when `when` holds
    std::vector<Basis> basis;

    friend bool operator==(const Gate&, const Gate&) = default;
};

struct Assignment {
    std::string unit_field;     // "" : unchanged
    std::string handler_field;  // a person field, or "actor"; "" : unchanged

    friend bool operator==(const Assignment&, const Assignment&) = default;
};

struct Opening {
    std::string ledger;
    std::string each;  // a list field: one entry per row
    std::map<std::string, Value>
        set;  // field → {"field": f} | {"is": v} | {"from": "happened_on" | "self"} (see §5)
    // Columns of `each` or fields. Without a unit it is the opener's, without a handler who takes
    // the step.
    Assignment assign;

    friend bool operator==(const Opening&, const Opening&) = default;
};

struct Transition {
    std::string id;
    std::string title;
    std::vector<std::string> from;
    std::string to;
    std::vector<std::string> by;      // posts, "handler", "resident", "system"
    std::vector<std::string> not_by;  // "previous_actor", "handler", or a person field
    Condition when;                   // the step exists only where this holds
    std::vector<Gate> gates;
    bool note_required = false;
    bool reopens = false;  // leads out of a final state
    std::vector<Opening> opens;
    std::string document;
    std::vector<std::string> proof;  // evidence a backdated step needs to count as on time
    std::vector<std::string> publishes, locks, unlocks;  // fields
    int times = 0;                                       // at most this often; 0: any
    Assignment assign;
    std::vector<std::string> after;      // clocks that must have run out
    std::vector<std::string> not_after;  // clocks that must not
    std::string automatic;               // the clock whose running out makes the system take it
    std::vector<Basis> basis;

    friend bool operator==(const Transition&, const Transition&) = default;
};

// Runs: of a clock; packs write on_time.
enum class CountKind { None, Entries, Reached, Passages, Standing, Rows, Units, Runs };
enum class MeasureKind { Count, Sum, Average, Distinct, Latest, Total, Ratio, OnTime };

// each: [{ledger, where, at_least}] of a `units` count
struct Coverage {
    std::string ledger;
    Condition where;
    int at_least = 1;

    friend bool operator==(const Coverage&, const Coverage&) = default;
};

// Which way a measure is better, for ranking (排名) units by it. None: nobody is ranked by it.
enum class Better { None, More, Less };

struct Measure {
    std::string id;
    std::string title;
    std::string unit;
    std::string ledger;  // the ledger it stands under
    MeasureKind kind = MeasureKind::Count;
    CountKind count = CountKind::None;
    std::vector<std::string> states;
    std::string transition;  // passages of one transition; empty: into `states`
    bool as_of_start = false;
    std::string over_list;      // rows: the list field
    std::string over_register;  // units: "unit", "person", "jurisdiction", or a register's ledger
    Condition over_where;       // condition on the register entry
    std::vector<Coverage> each;
    std::string field;  // sum, average, distinct, latest
    Condition where;
    std::vector<std::string> total;      // measures added
    std::vector<std::string> less;       // measures subtracted
    std::string numerator, denominator;  // ratio
    std::string cohort;                  // state: both sides over the denominator's entries
    std::string must_max;                // must not exceed this measure
    std::string clock;                   // on_time
    bool fine = false;
    Better better = Better::None;

    friend bool operator==(const Measure&, const Measure&) = default;
};

struct Ledger {
    std::string id;
    std::string title;
    std::string area;  // under which heading people look for it; "": the pack's own
    std::string about;
    std::vector<Basis> basis;
    std::string number;       // template; "" : none
    std::string entry_title;  // template; "" : first text field
    std::string dated_by = "occurred_on";
    std::string record_within;  // period text; "" : no limit
    bool is_register = false;
    bool built_in = false;
    std::vector<std::string> key;
    std::vector<std::string> visible_to;
    Value public_side;  // {submit, track, rate, comment}
    std::vector<Field> fields;
    std::vector<EvidenceKind> evidence;
    std::vector<State> states;  // the first is the initial one; none: a list of events
    std::vector<Transition> transitions;
    std::vector<Clock> clocks;
    std::vector<Measure> measures;
    std::string pack;
    Kept kept;  // by ledger/: how its rows are read

    [[nodiscard]] const Field* field(std::string_view field_id) const;
    [[nodiscard]] const State* state(std::string_view state_id) const;
    [[nodiscard]] const Transition* transition(std::string_view transition_id) const;
    [[nodiscard]] const EvidenceKind* evidence_kind(std::string_view kind_id) const;
    [[nodiscard]] const Clock* clock(std::string_view clock_id) const;
};

}  // namespace fazhi::definition
