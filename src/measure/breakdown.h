// The groups of a breakdown: which there are, in which order, and what people call them.
//
// One connection, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "access/directory.h"
#include "definition/definition_set.h"
#include "measure/measures.h"
#include "measure/selection.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::measure {

// A group before its figure is known.
struct GroupName {
    Value value;  // as in Groups
    std::string key;
    std::string title;
};

// What a breakdown is by: `field` null for "unit", "month" and "handler".
struct BrokenDownBy {
    std::string dimension;
    const definition::Field* field = nullptr;
    Period period;
};

// Every month of the period and every option in use, then the values met in `groups` beside them:
// units and persons as the directory has them, entries by number, the empty one last.
std::vector<GroupName> group_names(storage::Connection& connection,
                                   const access::Directory& directory,
                                   const definition::DefinitionSet& definitions,
                                   const BrokenDownBy& by, const Groups& groups);

}  // namespace fazhi::measure
