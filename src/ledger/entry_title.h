// What people call an entry: its title template filled in, else its number, its first text that may
// be shown, its reference.
#pragma once

#include <string>
#include <vector>

#include "ledger/entry.h"
#include "ledger/field_input.h"

namespace fazhi::ledger {

// Never shows a private field. An entry named by another entry is named once: no recursion.
std::string entry_title(const definition::Ledger&, const Entry&, Names&);
// The fields it is made of: what must have been read of an entry to be titled.
std::vector<std::string> title_fields(const definition::Ledger&);

}  // namespace fazhi::ledger
