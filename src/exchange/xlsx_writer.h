// Writing XLSX (libxlsxwriter): exports, blank templates, copies with remarks.
//
// Refuse kNotWritten, and kTooLarge for a cell longer than the format keeps. One call, one file;
// any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/workbook.h"

namespace fazhi::exchange {

struct OutColumn {
    std::string title;
    std::string help;                  // shown when the head is pointed at; empty: none
    std::vector<std::string> choices;  // offered as a list in each cell; empty: anything
    bool is_number = false;            // cells that are numbers are written as such
    bool is_required = false;          // the head is marked
};

struct OutSheet {
    std::string name;
    std::vector<OutColumn> columns;
    std::vector<std::vector<std::string>> rows;  // everything else is written as text
};

// A row of heads that stays in sight, then the rows. `blank_rows`: so many rows below offer the
// choices too.
Result<void> write_xlsx(const std::filesystem::path&, const OutSheet&, int blank_rows = 0);
// Several sheets in one file, the first in front. INVARIANT: there is one.
Result<void> write_xlsx(const std::filesystem::path&, const std::vector<OutSheet>&);

// A remark at one cell ("C12" is row 11, column 2).
struct Remark {
    Place place;
    std::string text;
};
// The sheet as it was read, without its looks, with the remarks as comments on coloured cells.
Result<void> write_remarks(const std::filesystem::path&, const WorkSheet&,
                           const std::vector<Remark>&);

}  // namespace fazhi::exchange
