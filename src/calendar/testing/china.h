// The arrangements of 2022 to 2026 as the State Council announced them, for tests that read no
// packs.
#pragma once

#include <vector>

#include "calendar/workday_table.h"

namespace fazhi::calendar::testing {

std::vector<YearArrangement> china_arrangements();  // 2022 to 2026, ascending
const WorkdayTable& china();                        // all five years
WorkdayTable china_of(int year);                    // that year alone; 2022 to 2026

}  // namespace fazhi::calendar::testing
