#include "exchange/table_file.h"

#include <algorithm>

#include <fmt/format.h>

#include "exchange/csv.h"
#include "exchange/errors.h"
#include "exchange/xlsx_reader.h"

namespace fazhi::exchange {
namespace {

// XLSX and the formats read_xlsx refuses by name; everything else is taken for text.
bool is_spreadsheet(std::string_view bytes) {
    return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06") ||
           bytes.starts_with("\xD0\xCF\x11\xE0");
}

std::string names_of(const std::vector<WorkSheet>& sheets) {
    std::string out;
    for (const WorkSheet& sheet : sheets) out += (out.empty() ? "" : "、") + sheet.name;
    return out;
}

Result<WorkSheet> chosen(std::vector<WorkSheet> sheets, const TableWish& wish) {
    if (!wish.sheet.empty()) {
        const auto found = std::find_if(sheets.begin(), sheets.end(), [&](const WorkSheet& sheet) {
            return sheet.name == wish.sheet;
        });
        if (found != sheets.end()) return std::move(*found);
        return refuse(ErrorKind::NotFound, errors::kNoSuchSheet,
                      fmt::format("文件里没有工作表“{}”，有：{}。", wish.sheet, names_of(sheets)),
                      "--sheet");
    }
    // The fullest of equals is the first: sheets of examples and options come later.
    const auto best =
        std::max_element(sheets.begin(), sheets.end(), [&](const WorkSheet& a, const WorkSheet& b) {
            const int in_a = heads_found(a, wish.heads);
            const int in_b = heads_found(b, wish.heads);
            return in_a != in_b ? in_a < in_b : (a.rows.empty() && !b.rows.empty());
        });
    if (best != sheets.end()) return std::move(*best);
    return refuse(ErrorKind::InvalidInput, errors::kNoHead, "文件里没有工作表。", "A1");
}

}  // namespace

Result<WorkSheet> read_sheet(std::string_view bytes, const TableWish& wish) {
    if (!is_spreadsheet(bytes)) return read_csv(bytes);
    TRY(std::vector<WorkSheet> sheets, read_xlsx(bytes));
    return chosen(std::move(sheets), wish);
}

Result<Sheet> read_table(std::string_view bytes, const TableWish& wish) {
    TRY(const WorkSheet sheet, read_sheet(bytes, wish));
    return table_of(sheet, wish.heads);
}

}  // namespace fazhi::exchange
