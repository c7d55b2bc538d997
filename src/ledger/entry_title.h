// What people call an entry: its title template filled in, else its number, its first text that may
// be shown, its reference.
#pragma once

#include <string>

#include "ledger/entry.h"
#include "ledger/field_input.h"

namespace fazhi::ledger {

// Never shows a private field. An entry named by another entry is named once: no recursion.
std::string entry_title(const definition::Ledger&, const Entry&, Names&);

}  // namespace fazhi::ledger
