// CSV files (RFC 4180), as offices save them from a spreadsheet: UTF-8, perhaps with a byte order
// mark, or GB18030; CR LF or LF.
//
// Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/workbook.h"

namespace fazhi::exchange {

// Refuses kTooLarge, kNotUtf8, kNotCsv.
Result<WorkSheet> read_csv(std::string_view bytes);
// With a byte order mark, so that spreadsheets know it is UTF-8; CR LF; cells quoted where they
// must be. A cell that a spreadsheet would take for a formula (=, +, -, @ first, and no number) is
// written with a leading apostrophe.
std::string csv_text(const std::vector<std::string>& heads,
                     const std::vector<std::vector<std::string>>& rows);
// The same into a file. Refuses kNotWritten.
Result<void> write_csv(const std::filesystem::path&, const std::vector<std::string>& heads,
                       const std::vector<std::vector<std::string>>& rows);

}  // namespace fazhi::exchange
