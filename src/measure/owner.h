// Whose an entry is: the units, persons and register entries that a coverage counts (`units`), and
// the built-in registers as entries, so that conditions can be asked of them.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/directory.h"
#include "base/value.h"
#include "definition/condition.h"
#include "definition/model.h"
#include "ledger/entry.h"

namespace fazhi::measure {

// The persons an entry names in person fields, of its lists too; its handler where it has no such
// field. Each once.
std::vector<Value> persons_of(const definition::Ledger& ledger, const ledger::Entry& entry);
// The entries of `register_ledger` it names in entry fields, of its lists too; itself where it is
// one. Each once.
std::vector<Value> register_entries_of(const definition::Ledger& ledger, const ledger::Entry& entry,
                                       std::string_view register_ledger);
// The fields those two read.
std::vector<std::string> person_fields(const definition::Ledger& ledger);
std::vector<std::string> entry_fields(const definition::Ledger& ledger,
                                      std::string_view register_ledger);

}  // namespace fazhi::measure
