// Figures that may be held against another report's or a ledger's: counts of what was done in the
// year reported on.
//
// Pure; any thread.
#pragma once

#include <string>

#include "review/lexicon.h"
#include "review/report_reading.h"

namespace fazhi::review {

// Said of the year reported on, of a known measure, above nought; no share, no change, no part of
// another figure and nothing promised.
bool is_comparable(const ReportReading&, const Lexicon&, const Figure&);
// Said of what is yet to be done: in a part that holds promises.
bool is_target(const ReportReading&, const Lexicon&, const Figure&);
std::string measure_title(const Lexicon&, std::int32_t measure);

}  // namespace fazhi::review
