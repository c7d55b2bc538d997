// Rows of projected tables, whatever their columns: compared between two databases, and emptied for
// a replay.
//
// A call belongs to its connections' thread. Throws storage::Failure.
#pragma once

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "journal/findings.h"
#include "journal/projection.h"

namespace fazhi::journal {

// Compares the jurisdiction's rows of one table, both streamed in the order of the key. `replayed`
// is a SQLite scratch database, which also says what kind each column is. Answers how many rows
// `live` has.
std::int64_t compare_rows(storage::Connection& live, storage::Connection& replayed, JurisdictionId,
                          const ProjectedTable&, Findings&);

// Deletes the jurisdiction's rows of these tables, the last table first.
void empty_tables(storage::Transaction&, JurisdictionId, const std::vector<ProjectedTable>&);

}  // namespace fazhi::journal
