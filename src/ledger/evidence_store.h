// Which files of evidence the whole database names. One connection.
#pragma once

#include <vector>

#include "base/digest.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

// Of entries that are not destroyed, each once, in order.
std::vector<Digest> evidence_named(storage::Connection&);

}  // namespace fazhi::ledger
