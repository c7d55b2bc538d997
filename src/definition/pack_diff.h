// What changes for the office between two sets of definitions (fazhi pack diff): read by whoever
// installs a later version. How many rows a removal touches is the caller's to count.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "definition/definition_set.h"

namespace fazhi::definition {

enum class ChangeKind { Added, Removed, Changed };

enum class ChangedThing {
    Ledger,
    Field,
    Column,
    Option,
    Evidence,
    State,
    Transition,
    Clock,
    Measure,
    Report,
    Form,
    Setting,
    Post,
};

struct Change {
    ChangeKind kind = ChangeKind::Changed;
    ChangedThing thing = ChangedThing::Ledger;
    std::string ledger;  // "" where it stands in none
    std::string id;      // "category", an option or column "category.labour"
    std::string title;
    std::string detail;  // Chinese: what changed; may be empty

    // A state, transition or option that is gone: rows that have it need a new one (definitions.md
    // §1.4).
    [[nodiscard]] bool needs_mapping() const;
};

// In the order of the new set, removals of each ledger after its additions.
std::vector<Change> changes_between(const DefinitionSet& before, const DefinitionSet& after);
// One line for a person: "删去 纠纷（dispute）的选项 category.labour
// 劳动争议（已有记录须指定对应项）".
std::string to_text(const Change&);
std::vector<std::string> differences(const DefinitionSet& before, const DefinitionSet& after);

}  // namespace fazhi::definition
