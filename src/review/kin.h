// Which of many reports belong together: the same unit's of the year before, and those of the same
// district.
//
// Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace fazhi::review {

inline constexpr std::size_t kNeighboursMin = 3;    // of fewer the middle says nothing
inline constexpr std::size_t kNeighboursMax = 100;  // more are no district

struct ReportHead {
    std::string unit;    // as the report has it: 澄湖区云桥街道办事处
    int year = 0;        // 0: not said
    std::string folder;  // whose reports are one district's where units do not name theirs
};

struct Kin {
    std::optional<std::size_t> last_year;
    // Of the same year; where that are fewer than kNeighboursMin, of the district's other years
    // too, for most things happen about as often each year. None where the unit or the year is not
    // said, or there are more than kNeighboursMax.
    std::vector<std::size_t> neighbours;
    bool too_many = false;  // more than kNeighboursMax
    std::string unit;       // the same of all reports of one unit; "": not said
};

// By report. `endings`: of offices' names, as packs have them.
std::vector<Kin> kin_of(const std::vector<ReportHead>&, const std::vector<std::string>& endings);

}  // namespace fazhi::review
