// From YAML to Condition (definitions.md §2): every key, operator and literal checked against what
// the condition is asked of.
//
// Pure functions; any thread.
#pragma once

#include <string>

#include "definition/condition.h"
#include "definition/cursor.h"
#include "definition/model.h"

namespace fazhi::definition {

// May the condition read sealed values? Those of measures and filters may not, but for {empty: …}.
enum class SealedValues { Readable, Hidden };

// What a condition is asked of: an entry of a ledger, perhaps a row of one of its lists first; or
// one of a built-in register.
struct ConditionScope {
    const DefinitionSet& set;
    const Ledger* ledger = nullptr;  // null: a built-in register
    const Field* list = nullptr;     // its columns are read first
    // Whose rule asks, where that is an entry of another ledger (links, linked); null: the same.
    const Ledger* origin = nullptr;
    std::string built_in_register = {};  // "unit" | "person" | "jurisdiction"
    SealedValues sealed = SealedValues::Readable;
};

Condition read_condition(const Cursor&, const ConditionScope&);

// A literal, or {setting: name}; null value where it is neither.
Literal read_literal(const Cursor&, const DefinitionSet&);
// {field: name} of the ledger, to be compared with one like `like`.
Literal read_field_literal(const Cursor&, const Ledger&, const Field& like, SealedValues);
// Does the value fit a field of this type? "" or what was expected, in Chinese.
std::string fault_of_value(const Value&, const Field&);

// Could the two never hold of the same entry? Only where one key asks for different options on each
// side.
bool exclude_each_other(const Condition&, const Condition&);

}  // namespace fazhi::definition
