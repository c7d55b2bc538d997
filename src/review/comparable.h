// Figures that may be held against another report's or a ledger's: counts of what was done in the
// year reported on.
//
// Pure; any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "review/lexicon.h"
#include "review/report_reading.h"

namespace fazhi::review {

// Counted in the year reported on, above nought: no share, no change, nothing promised.
bool is_count(const ReportReading&, const Lexicon&, const Figure&);
// A count of a known measure, no part of another figure.
bool is_comparable(const ReportReading&, const Lexicon&, const Figure&);
// Said of what is yet to be done: in a part that holds promises.
bool is_target(const ReportReading&, const Lexicon&, const Figure&);
// What the clause of a figure says, as pairs of neighbouring letters, its digits left out.
using LetterPairs = std::set<std::pair<char32_t, char32_t>>;
LetterPairs pairs_of(std::u32string_view);
// In percent, how much of the shorter stands in the other; 0 where either says next to nothing.
std::size_t shared_percent(const LetterPairs&, const LetterPairs&);

std::string measure_title(const Lexicon&, std::int32_t measure);

}  // namespace fazhi::review
