// Does a condition hold of an entry? (definitions.md §2)
//
// Pure but for what the Surroundings look up. A field that is empty (or absent) satisfies only
// {empty: true} and {not: …}.
#pragma once

#include <string>
#include <vector>

#include "base/ids.h"
#include "base/value.h"
#include "definition/condition.h"
#include "ledger/entry.h"

namespace fazhi::ledger {

// What a condition may have to ask beyond the entry itself.
class Surroundings {
public:
    virtual ~Surroundings() = default;
    [[nodiscard]] virtual Value setting(const std::string& name) = 0;
    [[nodiscard]] virtual bool has_post(PersonId, const std::string& post) = 0;
    // "workday", "weekend" or "holiday"; "" where the year is not loaded.
    [[nodiscard]] virtual std::string day_kind(const std::string& date) = 0;
    // Entries of `ledger` linked with this one, in order of recording: links in either direction,
    // entry fields in either direction, opened ones. They live as long as the surroundings.
    [[nodiscard]] virtual std::vector<const Entry*> linked(const Entry&,
                                                           const std::string& ledger) = 0;
};

// `via`: the state left last. `row`: a list's row, read before the entry; may be null.
struct Subject {
    const Entry& entry;
    std::string via;
    const Value* row = nullptr;
    const Entry* origin = nullptr;  // whose rule asks; null: this entry's
};

bool holds(const definition::Condition&, const Subject&, Surroundings&);
// The settings that are empty and without which nobody can say whether it holds: everything else of
// the condition does.
std::vector<std::string> settings_missing(const definition::Condition&, const Subject&,
                                          Surroundings&);
// Less, equal or greater: exact numbers, else texts (dates, instants).
int compare(const Value& a, const Value& b);
// The value a key names: the row's, the entry's, or built-in: state, via, unit, handler.
Value value_of(const std::string& key, const Subject&);

}  // namespace fazhi::ledger
