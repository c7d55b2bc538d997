// What a spreadsheet file holds, as cells of text: where readers of XLSX and CSV meet, before
// anybody asks which row is the head (table.h).
//
// Values only; any thread.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace fazhi::exchange {

inline constexpr std::size_t kFileBytesMax = 50'000'000;
inline constexpr std::size_t kRowsMax = 200'000;
inline constexpr std::size_t kColumnsMax = 400;
inline constexpr std::size_t kCellsMax = 4'000'000;

// Rows and columns count from 0; both ends are within.
struct CellRange {
    int top = 0;
    int left = 0;
    int bottom = 0;
    int right = 0;

    [[nodiscard]] bool contains(int row, int column) const {
        return row >= top && row <= bottom && column >= left && column <= right;
    }
};

struct Place {
    int row = 0;
    int column = 0;

    friend auto operator<=>(const Place&, const Place&) = default;
};

struct WorkSheet {
    std::string name;
    // As a person would type it: dates 2023-05-06, numbers without an exponent; trimmed. Rows may
    // be of different lengths.
    std::vector<std::vector<std::string>> rows;
    std::vector<CellRange> merged;
    std::set<int> hidden;  // rows
    // Numbers of more digits than a spreadsheet keeps: their last digits are gone.
    std::set<Place> spoiled;
};

}  // namespace fazhi::exchange
