// A table from a file of any format that is taken: XLSX, or CSV in UTF-8 or GB18030.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/table.h"

namespace fazhi::exchange {

struct TableWish {
    std::vector<std::string> heads;  // that would be understood; empty: whatever stands first
    std::string sheet;               // its name; empty: the one that has the most of these heads
};

// Pure; any thread. Refuses kNoSuchSheet, and what read_xlsx, read_csv and table_of refuse.
Result<Sheet> read_table(std::string_view bytes, const TableWish&);
// The sheet the table would be read from, as it stands: for a copy with remarks.
Result<WorkSheet> read_sheet(std::string_view bytes, const TableWish&);

}  // namespace fazhi::exchange
