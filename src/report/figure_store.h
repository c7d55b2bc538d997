// The SQL of frozen figures.
#pragma once

#include <string>
#include <vector>

#include "base/ids.h"
#include "base/value.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::report {

// `figure`: a map as the freeze record holds it (reports.cpp).
void insert_figure(storage::Connection&, JurisdictionId, EntryId report, const Value& figure);

}  // namespace fazhi::report
