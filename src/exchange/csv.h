// CSV files (RFC 4180), as offices save them from a spreadsheet: UTF-8, perhaps with a byte order
// mark, CR LF or LF.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace fazhi::exchange {

inline constexpr std::size_t kFileBytesMax = 50'000'000;
inline constexpr std::size_t kRowsMax = 200'000;
inline constexpr std::size_t kColumnsMax = 400;

struct SheetRow {
    int number = 0;                  // of the row, heads being row 1, as a spreadsheet shows it
    std::vector<std::string> cells;  // as many as heads; trimmed
};

struct Sheet {
    std::vector<std::string> heads;  // trimmed, distinct
    std::vector<SheetRow> rows;      // without empty ones
};

// Refuses kTooLarge, kNotUtf8, kNotCsv, kBadHead, kTooManyCells: all faults at once in `also`, each
// with row and column.
Result<Sheet> read_csv(std::string_view bytes);
// With a byte order mark, so that spreadsheets know it is UTF-8; CR LF; cells quoted where they
// must be. A cell that a spreadsheet would take for a formula (=, +, -, @ first, and no number) is
// written with a leading apostrophe.
std::string write_csv(const std::vector<std::string>& heads,
                      const std::vector<std::vector<std::string>>& rows);

// "C" for 3, "AA" for 27: how a spreadsheet names its columns, from 1.
std::string column_letters(std::size_t column);

}  // namespace fazhi::exchange
