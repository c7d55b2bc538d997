// What a measure picks from the entries of one ledger, and what it takes of each (definitions.md
// §7).
//
// A Collector sees every entry of the ledger once and keeps an Item for each thing that counts:
// an entry, a passage or a row of a list. Pure but for the Surroundings; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/value.h"
#include "definition/condition.h"
#include "definition/model.h"
#include "ledger/entry.h"
#include "ledger/evaluate.h"
#include "measure/passage_book.h"

namespace fazhi::measure {

// What is taken of each thing counted.
enum class Take { Nothing, Number, Value };

// By what things are grouped.
enum class Dimension {
    None,
    Unit,    // the entry's unit
    Month,   // of the day it is counted on
    Field,   // `by_field`, of the row first; each of several choices
    Person,  // persons that the entry's person fields name, else its handler
    Entry,   // entries of `by_field` (a ledger) that its entry fields name
};

struct Selection {
    const definition::Ledger* ledger = nullptr;
    definition::CountKind count = definition::CountKind::Entries;  // never None or Units
    std::vector<std::string> states;
    std::string transition;
    std::string clock;                         // runs
    std::string over_list;                     // rows: the list
    std::vector<definition::Condition> where;  // all must hold
    Take take = Take::Nothing;
    std::string field;       // what is taken: of the row first
    int scale = 0;           // digits after the point of the number taken; money in fen
    DayNumber from = 0;      // counted from this day on; 0: from the beginning
    DayNumber to = 0;        // to this day inclusive; standing: on this day
    bool of_cohort = false;  // only entries that the denominator counts are asked after
    Dimension dimension = Dimension::None;
    std::string by_field;
};

// Numbers for the values things are grouped by: 0 first, in the order they were met.
class Groups {
public:
    std::int32_t of(const Value& key);
    [[nodiscard]] std::int32_t find(const Value& key) const;  // -1: never met
    [[nodiscard]] const std::vector<Value>& keys() const { return keys_; }

private:
    std::map<Value, std::int32_t> numbers_;
    std::vector<Value> keys_;
};

struct Item {
    std::int64_t entry = 0;
    std::int64_t number = 0;  // taken: units of the selection's scale
    std::int32_t value = 0;   // taken: a number of Collector::values()
    std::int32_t group = 0;   // 0 where there is no dimension
    DayNumber on = 0;         // the day it is counted on; standing: the entry's own
    bool has_taken = false;   // false where the field is empty
};

// A clock's run that has come to something: in time, or late.
struct SettledRun {
    DayNumber due = 0;
    bool in_time = false;
};
using RunBook = std::map<std::int64_t, std::vector<SettledRun>>;  // by entry

class Collector {
public:
    // Whatever is named outlives the collector. `book` is complete; an entry it does not know has
    // not passed since, and stood as it stands.
    Collector(const Selection& selection, const PassageBook& book, Groups& groups,
              ledger::Surroundings& surroundings);

    // Runs: those counted.
    void set_runs(RunBook runs) { runs_ = std::move(runs); }

    void take(const ledger::Entry& entry);
    [[nodiscard]] const std::vector<Item>& items() const { return items_; }
    // The different values taken, each with its number.
    [[nodiscard]] const Groups& values() const { return values_; }

private:
    void take_dated(const ledger::Entry& entry);
    void take_reached(const ledger::Entry& entry);
    void take_passages(const ledger::Entry& entry);
    void take_standing(const ledger::Entry& entry);
    void take_runs(const ledger::Entry& entry);
    [[nodiscard]] bool is_valid(const ledger::Entry& entry) const;
    [[nodiscard]] bool in_span(DayNumber on) const;
    [[nodiscard]] bool names_state(std::int32_t state) const;
    [[nodiscard]] std::optional<std::string> stood_via(const ledger::Entry& entry) const;
    [[nodiscard]] std::string via_of(const ledger::Entry& entry) const;

    [[nodiscard]] bool fits(const ledger::Subject& subject);
    void admit(const ledger::Subject& subject, DayNumber on);
    void add(Item item, const ledger::Subject& subject);
    void add_to_groups(const Item& item, const ledger::Subject& subject);
    [[nodiscard]] std::vector<Value> group_keys(const ledger::Subject& subject, DayNumber on) const;

    const Selection& selection_;
    const PassageBook& book_;
    Groups& groups_;
    ledger::Surroundings& surroundings_;
    std::vector<std::int32_t> states_;
    std::int32_t transition_ = -1;
    RunBook runs_;
    Groups values_;
    std::vector<Item> items_;
};

}  // namespace fazhi::measure
