// The built-in registers (unit, person, jurisdiction) as entries, so that conditions can be asked
// of them.
//
// Pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "access/directory.h"
#include "ledger/entry.h"

namespace fazhi::ledger {

// Entries whose id is the row's and whose fields are its columns; a person's posts are a list under
// "post". None for another name.
std::vector<Entry> register_rows(const access::Directory&, std::string_view register_name);

}  // namespace fazhi::ledger
