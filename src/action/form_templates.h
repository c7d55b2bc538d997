// An office's own forms (自备文书模板): the marks of their files held against the ledger they are
// filled from, when a pack is checked, put in or turned on, so that none is found wrong when it is
// used.
//
// Pure functions; any thread. Cost: every template is read.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "definition/definition_set.h"

namespace fazhi::action {

// What `{name}` in a template stands for.
struct MarkMeaning {
    bool is_known = false;
    // `{list.column}`: of a list, whose rows repeat, or of a group. Null: a field or a word.
    const definition::Field* list = nullptr;
    const definition::Field* column = nullptr;
};

MarkMeaning meaning_of(const std::string& mark, const definition::Ledger&);

// Files that are no forms, marks nobody knows, and what a law demands of the form and no mark
// states. None: they can be filled.
std::vector<definition::Problem> template_faults(const definition::DefinitionSet&);
// Refuses kFaultyTemplate with each of them.
Result<void> check_templates(const definition::DefinitionSet&);

}  // namespace fazhi::action
