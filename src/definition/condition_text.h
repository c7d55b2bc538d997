// Conditions and measures said to people (筛选条件, 口径): what an export or a figure was asked,
// in words. Ids become titles where the set knows them. Nobody reads this back: what is computed
// with is the definition, whose set has a digest.
//
// Pure functions; any thread.
#pragma once

#include <string>

#include "definition/condition.h"
#include "definition/definition_set.h"
#include "definition/model.h"

namespace fazhi::definition {

// What the words of a condition are about: a ledger, perhaps the columns of one of its lists
// first; null: a built-in register.
struct SaidOf {
    const DefinitionSet& set;
    const Ledger* ledger = nullptr;
    const Field* list = nullptr;
    const Ledger* origin = nullptr;  // within linked: the ledger whose rule asks; null: `ledger`
};

// "方式是“入户”，人数不少于3"; "" where it always holds.
std::string condition_text(const Condition&, const SaidOf&);

// How a measure is counted: "“走访”台账中人数之和，条件：方式是“入户”".
std::string measure_text(const Measure&, const DefinitionSet&);

}  // namespace fazhi::definition
