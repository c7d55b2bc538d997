#include "exchange/csv.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <orcus/csv_parser.hpp>

#include "exchange/errors.h"
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

Error fault(std::string_view code, std::string message, std::string where) {
    return Error{ErrorKind::InvalidInput, code, std::move(message), std::move(where)};
}

bool is_blank(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(),
                       [](const std::string& cell) { return cell.empty(); });
}

std::vector<Error> faults_of_heads(const std::vector<std::string>& heads) {
    std::vector<Error> out;
    std::set<std::string> seen;
    for (size_t i = 0; i < heads.size(); ++i) {
        const std::string where = column_letters(i + 1) + "1";
        if (heads[i].empty()) {
            out.push_back(fault(errors::kBadHead,
                                fmt::format("第1行{}列没有表头，请写上栏目名，或删去这一列。",
                                            column_letters(i + 1)),
                                where));
        } else if (!seen.insert(heads[i]).second) {
            out.push_back(fault(errors::kBadHead,
                                fmt::format("表头“{}”出现了两次，请留一列。", heads[i]), where));
        }
    }
    return out;
}

Result<Sheet> sheet_of(std::vector<std::vector<std::string>> rows) {
    while (!rows.empty() && !rows.front().empty() && rows.front().back().empty())
        rows.front().pop_back();
    if (rows.empty() || rows.front().empty()) {
        return refuse(ErrorKind::InvalidInput, errors::kNotCsv, "文件第一行应是表头，现在是空的。",
                      "A1");
    }
    Sheet sheet;
    sheet.heads = rows.front();
    std::vector<Error> faults = faults_of_heads(sheet.heads);
    for (size_t i = 1; i < rows.size(); ++i) {
        if (is_blank(rows[i])) continue;
        const int number = static_cast<int>(i) + 1;
        while (rows[i].size() > sheet.heads.size() && rows[i].back().empty()) rows[i].pop_back();
        if (rows[i].size() > sheet.heads.size()) {
            faults.push_back(fault(
                errors::kTooManyCells,
                fmt::format("第{}行有{}格，表头只有{}栏；内容里有逗号的，要用英文双引号括起来。",
                            number, rows[i].size(), sheet.heads.size()),
                fmt::format("{}{}", column_letters(sheet.heads.size() + 1), number)));
            continue;
        }
        rows[i].resize(sheet.heads.size());
        sheet.rows.push_back({number, std::move(rows[i])});
    }
    if (!faults.empty()) return refuse(join_errors(std::move(faults)));
    return sheet;
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

std::string column_letters(std::size_t column) {
    std::string out;
    for (; column > 0; column = (column - 1) / 26)
        out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
    return out;
}

Result<Sheet> read_csv(std::string_view bytes) {
    if (bytes.size() > kFileBytesMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("文件超过{}MB，请分成几个文件导入。", kFileBytesMax / 1'000'000));
    }
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    if (!text::valid_utf8(bytes)) {
        return refuse(ErrorKind::InvalidInput, errors::kNotUtf8,
                      "文件不是UTF-8编码，请在表格软件里“另存为”→“CSV UTF-8（逗号分隔）”。");
    }
    const std::string plain = with_plain_line_ends(bytes);
    orcus::csv::parser_config config;
    config.delimiters = ",";
    config.text_qualifier = '"';
    config.trim_cell_value = false;
    Collector collector;
    try {
        orcus::csv_parser<Collector> parser(plain.data(), plain.size(), collector, config);
        parser.parse();
    } catch (const orcus::csv::parse_error&) {
        return refuse(ErrorKind::InvalidInput, errors::kNotCsv,
                      fmt::format("第{}行附近读不下去：双引号没有成对，或双引号后面不是逗号。",
                                  collector.rows.size()),
                      fmt::format("A{}", collector.rows.size()));
    }
    if (collector.too_large) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("最多{}行、{}列，请分成几个文件导入。", kRowsMax, kColumnsMax));
    }
    return sheet_of(std::move(collector.rows));
}

std::string write_csv(const std::vector<std::string>& heads,
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

}  // namespace fazhi::exchange
