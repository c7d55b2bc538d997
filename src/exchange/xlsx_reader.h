// XLSX files (ECMA-376, ISO/IEC 29500), as Excel, WPS and LibreOffice save them.
//
// Reads with liborcus, after the container was looked at: how large it unpacks is bounded first.
// Pure; any thread. Memory: the cells.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/workbook.h"

namespace fazhi::exchange {

inline constexpr std::size_t kUnpackedBytesMax = 200'000'000;
inline constexpr std::size_t kPartsMax = 2'000;
inline constexpr std::size_t kSheetsMax = 100;

// Every sheet in order, empty ones too. Formulas give the value the file keeps for them. Refuses
// kOldFormat (.xls, .et, or an XLSX with a password), kNotXlsx, kTooLarge.
Result<std::vector<WorkSheet>> read_xlsx(std::string_view bytes);

// The date and time of a cell's number under a number format, as text; empty: the format is none of
// dates. `epoch_1904`: the workbook counts from 1904 (old Macintosh files).
std::string date_text(double number, int format_id, std::string_view format_code, bool epoch_1904);

}  // namespace fazhi::exchange
