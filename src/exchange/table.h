// The table in a sheet of cells, as offices lay them out: title rows above the head, heads of two
// rows with merged cells, merged cells in the data, 同上, sums at the foot.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exchange/workbook.h"

namespace fazhi::exchange {

inline constexpr int kHeadSearchedRows = 30;

struct SheetRow {
    int number = 0;                  // as a spreadsheet shows it, from 1
    std::vector<std::string> cells;  // as many as heads; trimmed
};

struct Sheet {
    std::string name;                 // of the sheet in the file; empty: the file has but one
    int head_row = 1;                 // the last row of the head, as a spreadsheet shows it
    std::vector<std::string> heads;   // without spaces; distinct
    std::vector<std::size_t> places;  // which column each stands in, from 1
    std::vector<SheetRow> rows;       // without empty ones
    std::vector<std::string> notes;   // what whoever imports it should know: hidden rows, sums

    // "C12" of the head with this index.
    [[nodiscard]] std::string cell(std::size_t head, int row) const;
};

// `known`: heads that would be understood; the row that has the most of them is the head (nothing
// known: the first row that is not empty). Refuses kNoHead, kBadHead, kSpoiledNumber: all at once,
// each with its cell.
Result<Sheet> table_of(const WorkSheet&, const std::vector<std::string>& known);
// How many of the known heads the best row has.
int heads_found(const WorkSheet&, const std::vector<std::string>& known);

// "C" for 3, "AA" for 27: how a spreadsheet names its columns, from 1.
std::string column_letters(std::size_t column);
// "C12" of a place, as Sheet::cell; and the reverse, of "走访!C12" or "C12": nothing where it names
// no cell.
std::string cell_name(Place);
std::optional<Place> place_of(std::string_view cell);
// The number in "走访!第12行", what stands for a row as a whole; nothing where it is none.
std::optional<int> row_of(std::string_view where);
// How a row as a whole is named.
std::string row_text(int number);

}  // namespace fazhi::exchange
