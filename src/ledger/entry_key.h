// What tells a ledger's entries apart (`key:`): by it a row that is imported again finds the entry
// it was.
//
// On a connection or transaction, on its thread. One look-up by index.
#pragma once

#include <optional>

#include "base/result.h"
#include "ledger/context.h"
#include "ledger/entry.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

// The entry, not void, whose key fields hold what `typed` (as typed: field_input.h) gives them.
// Nothing where the ledger has no key, or one of its fields is empty or wrong. Refuses
// kAmbiguousKey where several have this key.
Result<std::optional<EntryId>> entry_with_key(storage::Connection&, const Context&,
                                              const definition::Ledger&, const Value& typed);

// The part of `typed` that would change the entry; all of it where some of it is wrong. `entry`
// with its private fields, else these always differ.
Value differing_fields(storage::Connection&, const Context&, const definition::Ledger&,
                       const Entry& entry, const Value& typed);

}  // namespace fazhi::ledger
