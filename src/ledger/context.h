// What a command stands on: where, who, when, under which definitions. Made by action/, passed
// down.
#pragma once

#include <cstdint>
#include <string>

#include "access/actor.h"
#include "access/directory.h"
#include "calendar/date.h"
#include "calendar/workday_table.h"
#include "definition/definition_set.h"

namespace fazhi::ledger {

struct Context {
    const access::Directory& directory;  // of the jurisdiction the entry is in
    const definition::DefinitionSet& definitions;
    const calendar::WorkdayTable& workdays;
    access::Actor actor;
    calendar::Instant accepted_at;  // fixed when the command was accepted; rules never read a clock
    calendar::Date today;           // civil day of accepted_at
    bool importing =
        false;  // history import: gates of person and evidence waived, passages marked 导入
    std::int64_t command = 0;  // seq of the command's first record; 0 until one is written
};

}  // namespace fazhi::ledger
