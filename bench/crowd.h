// Many entries and many offices from one: copies of rows, made by SQL, much faster than recording
// them. Their journals have a right tree but bodies that say other numbers: they prove, and do not
// replay.
#pragma once

#include <cstdint>

#include "bare_sqlite.h"
#include "base/ids.h"

namespace fazhi::bench {

// How many entries the office has, over all its ledgers.
std::int64_t entries_of(BareSqlite&, JurisdictionId);

// Copies every entry of the office, with its lists, passages, evidence, links and journal records,
// until there are at least `wanted`. Answers how many there are.
std::int64_t multiply_entries(BareSqlite&, JurisdictionId, std::int64_t wanted);

// Moves every entry beyond the first `kept` of them, with all its dates, to one of the `years`
// years before: an office that has recorded for long.
void spread_over_years(BareSqlite&, JurisdictionId, std::int64_t kept, int years);

// `count` more offices with the same units, people and rows, numbered from 1001 + `from` on.
void multiply_offices(BareSqlite&, JurisdictionId, int count, int from = 0);

}  // namespace fazhi::bench
