#include "exchange/csv.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <orcus/csv_parser.hpp>

#include "exchange/errors.h"
#include "exchange/not_written.h"
#include "text/encoding.h"
#include "text/utf8.h"

namespace fazhi::exchange {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Collects what the parser reads; stops keeping where a bound is passed.
struct Collector : orcus::csv_handler {
    void begin_row() { rows.emplace_back(); }
    void cell(const char* text, size_t length, bool) {
        if (rows.size() > kRowsMax + 1 || rows.back().size() > kColumnsMax) {
            too_large = true;
            return;
        }
        rows.back().emplace_back(text::trimmed({text, length}));
    }
    std::vector<std::vector<std::string>> rows;
    bool too_large = false;
};

Refusal not_csv(std::size_t row) {
    return refuse(ErrorKind::InvalidInput, errors::kNotCsv,
                  fmt::format("第{}行附近读不下去：双引号没有成对，或双引号后面不是逗号。", row),
                  fmt::format("A{}", row));
}

std::string with_plain_line_ends(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\r') {
            if (i + 1 < bytes.size() && bytes[i + 1] == '\n') continue;
            out += '\n';
        } else {
            out += bytes[i];
        }
    }
    return out;
}

// Programs that know no UTF-8 save in the encoding of the system.
Result<std::string> as_utf8(std::string_view bytes) {
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    if (text::valid_utf8(bytes)) return std::string(bytes);
    if (auto text = text::from_gb18030(bytes)) return *std::move(text);
    return refuse(ErrorKind::InvalidInput, errors::kNotUtf8,
                  "文件既不是UTF-8也不是GB18030编码，请在表格软件里“另存为”→“.xlsx”。");
}

bool looks_like_formula(const std::string& cell) {
    if (cell.empty() || std::string_view("=+-@").find(cell.front()) == std::string_view::npos)
        return false;
    return cell.find_first_not_of("+-0123456789.") != std::string::npos;
}

std::string written_cell(const std::string& cell) {
    const std::string text = looks_like_formula(cell) ? "'" + cell : cell;
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

}  // namespace

Result<WorkSheet> read_csv(std::string_view bytes) {
    if (bytes.size() > kFileBytesMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("文件超过{}MB，请分成几个文件导入。", kFileBytesMax / 1'000'000));
    }
    TRY(const std::string text, as_utf8(bytes));
    const std::string plain = with_plain_line_ends(text);
    orcus::csv::parser_config config;
    config.delimiters = ",";
    config.text_qualifier = '"';
    config.trim_cell_value = false;
    Collector collector;
    try {
        orcus::csv_parser<Collector> parser(plain.data(), plain.size(), collector, config);
        parser.parse();
    } catch (const orcus::csv::parse_error&) {
        return not_csv(collector.rows.size());
    }
    // The parser takes what follows the last quote, to the end of the file, for one cell.
    if (std::count(plain.begin(), plain.end(), '"') % 2 != 0) return not_csv(collector.rows.size());
    if (collector.too_large) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("最多{}行、{}列，请分成几个文件导入。", kRowsMax, kColumnsMax));
    }
    WorkSheet sheet;
    sheet.rows = std::move(collector.rows);
    return sheet;
}

std::string csv_text(const std::vector<std::string>& heads,
                     const std::vector<std::vector<std::string>>& rows) {
    std::string out(kByteOrderMark);
    const auto add = [&](const std::vector<std::string>& cells) {
        for (size_t i = 0; i < cells.size(); ++i) {
            if (i > 0) out += ',';
            out += written_cell(cells[i]);
        }
        out += "\r\n";
    };
    add(heads);
    for (const std::vector<std::string>& row : rows) add(row);
    return out;
}

Result<void> write_csv(const std::filesystem::path& path, const std::vector<std::string>& heads,
                       const std::vector<std::vector<std::string>>& rows) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << csv_text(heads, rows);
    out.close();
    if (out) return {};
    return not_written(path);
}

}  // namespace fazhi::exchange
