// What must hold of an entry's fields, whoever changes them: required, filled, locked, emptied.
// Pure; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/value.h"
#include "definition/model.h"
#include "ledger/context.h"
#include "ledger/entry.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

class Lookup;

// Fills in defaults (a literal, today, a setting) where the input says nothing.
void add_defaults(const definition::Ledger&, const Context&, Lookup&, Value& input);
// Removes members that are null.
void drop_nulls(Value& fields);
// Removes what is private, rows' columns too: what is left is what reading without it answers.
void drop_private(const definition::Ledger&, Value& fields);
// The date of a date or instant in stored form; nothing for "".
std::optional<std::string> date_of(const std::string& stored);

// Required fields without value or absence, on creating. `wrong`: fields already complained of are
// not named twice.
std::vector<Error> required_on_create(const definition::Ledger&, const Value& fields,
                                      const std::map<std::string, Absence>&,
                                      const std::vector<Error>& wrong);
// Required fields for entering `state`.
std::vector<Error> required_on_entering(const definition::Ledger&, const std::string& state,
                                        const Value& fields, const std::map<std::string, Absence>&);
// Fields of `changed` that a step has locked and none has unlocked since.
std::vector<Error> locked_fields(const definition::Ledger&, const std::vector<Passage>&,
                                 const Value& changed);
// Fields of `changed` that have a value already.
std::vector<Error> already_filled(const definition::Ledger&, const Entry& before,
                                  const Value& changed);
// Fields of `changed` that would become empty although they are required, or were for a state
// passed.
std::vector<Error> emptied_required(const definition::Ledger&, const std::vector<Passage>&,
                                    const Value& changed, const std::map<std::string, Absence>&);

void add_missing(std::vector<Error> more, std::vector<Error>& errors);
Error no_such_unit(const std::string& name);
Error no_such_person(const std::string& name);
Error taken_reference(const definition::Ledger&, const std::string& reference);
bool reference_taken(storage::Connection&, const Context&, const definition::Ledger&,
                     const std::string& reference);

}  // namespace fazhi::ledger
