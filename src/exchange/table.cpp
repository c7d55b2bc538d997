#include "exchange/table.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include <fmt/format.h>

#include "exchange/errors.h"
#include "text/utf8.h"

namespace fazhi::exchange {
namespace {

// As heads are compared: full-width forms folded, without spaces, line ends and the star of what
// must be filled.
std::string plain_head(std::string_view text) {
    std::string out;
    for (const char c : text::fold_width(text)) {
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t' && c != '*') out += c;
    }
    return out;
}

// The heads that would be understood, by how they are compared.
using KnownHeads = std::map<std::string, std::string>;

KnownHeads known_heads(const std::vector<std::string>& heads) {
    KnownHeads out;
    for (const std::string& head : heads) out.emplace(plain_head(head), head);
    return out;
}

const std::string& cell_at(const WorkSheet& sheet, int row, int column) {
    static const std::string kNone;
    const auto r = static_cast<std::size_t>(row);
    const auto c = static_cast<std::size_t>(column);
    return r < sheet.rows.size() && c < sheet.rows[r].size() ? sheet.rows[r][c] : kNone;
}

bool is_blank(const std::vector<std::string>& cells) {
    return std::all_of(cells.begin(), cells.end(),
                       [](const std::string& cell) { return cell.empty(); });
}

struct HeadRow {
    int row = -1;
    int matches = 0;
};

HeadRow find_head(const WorkSheet& sheet, const KnownHeads& known) {
    HeadRow best;
    HeadRow first;
    const int searched = std::min(kHeadSearchedRows, static_cast<int>(sheet.rows.size()));
    for (int row = 0; row < searched; ++row) {
        const auto& cells = sheet.rows[static_cast<std::size_t>(row)];
        if (is_blank(cells)) continue;
        if (first.row < 0) first.row = row;
        const auto matches = static_cast<int>(
            std::count_if(cells.begin(), cells.end(), [&](const std::string& cell) {
                return !cell.empty() && known.contains(plain_head(cell));
            }));
        if (matches > best.matches) best = {row, matches};
    }
    return best.matches > 0 ? best : first;
}

Error fault(std::string_view code, std::string message, std::string where) {
    return Error{ErrorKind::InvalidInput, code, std::move(message), std::move(where)};
}

class TableReader {
public:
    TableReader(const WorkSheet& sheet, const std::vector<std::string>& known)
        : sheet_(sheet), known_(known_heads(known)) {
        for (const auto& row : sheet.rows) width_ = std::max(width_, static_cast<int>(row.size()));
        for (const CellRange& range : sheet.merged) {
            if (range.bottom > range.top) tall_.push_back(range);
        }
        std::sort(tall_.begin(), tall_.end(),
                  [](const CellRange& a, const CellRange& b) { return a.top < b.top; });
    }

    Result<Sheet> run() {
        const HeadRow head = find_head(sheet_, known_);
        if (head.row < 0) {
            return refuse(ErrorKind::InvalidInput, errors::kNoHead,
                          "表里没有内容：第一行应是栏目名，下面每行一条。", "A1");
        }
        top_ = bottom_ = head.row;
        for (const CellRange& range : tall_) {
            if (range.top > head.row || range.bottom < head.row) continue;
            top_ = std::min(top_, range.top);
            bottom_ = std::max(bottom_, range.bottom);
        }
        out_.name = sheet_.name;
        out_.head_row = bottom_ + 1;
        read_heads();
        read_rows();
        note_hidden();
        if (!faults_.empty()) return refuse(join_errors(std::move(faults_)));
        return std::move(out_);
    }

private:
    // The merged cell of several rows that covers this one, or nothing.
    [[nodiscard]] const CellRange* tall_at(int row, int column) const {
        for (const CellRange& range : tall_) {
            if (range.top > row) break;
            if (range.contains(row, column)) return &range;
        }
        return nullptr;
    }

    // Of a head of several rows the lowest text counts; what it stands under goes before it where
    // only both together are known ("证据" above "照片").
    [[nodiscard]] std::string head_of(int column) const {
        std::string lowest;
        for (int row = bottom_; row >= top_; --row) {
            std::string text = plain_head(cell_at(sheet_, row, column));
            if (text.empty()) {
                for (const CellRange& range : sheet_.merged) {
                    if (range.contains(row, column))
                        text = plain_head(cell_at(sheet_, range.top, range.left));
                }
            }
            if (text.empty() || text == lowest) continue;
            if (lowest.empty()) {
                lowest = text;
            } else if (!known_.contains(lowest) && known_.contains(text + "：" + lowest)) {
                return text + "：" + lowest;
            } else if (!known_.contains(lowest) && known_.contains(text + ":" + lowest)) {
                return text + ":" + lowest;
            }
        }
        return lowest;
    }

    [[nodiscard]] bool has_data(int column) const {
        for (int row = bottom_ + 1; row < static_cast<int>(sheet_.rows.size()); ++row) {
            if (!cell_at(sheet_, row, column).empty()) return true;
        }
        return false;
    }

    void read_heads() {
        std::set<std::string> seen;
        for (int column = 0; column < width_; ++column) {
            std::string head = head_of(column);
            const auto place = static_cast<std::size_t>(column) + 1;
            const std::string where = fmt::format("{}{}", column_letters(place), bottom_ + 1);
            if (head.empty()) {
                if (has_data(column)) {
                    faults_.push_back(
                        fault(errors::kBadHead,
                              fmt::format("{}列有内容，但没有表头；请写上栏目名，或删去这一列（CSV "
                                          "里带逗号的内容要用英文双引号括起来）。",
                                          column_letters(place)),
                              where));
                }
                continue;
            }
            if (!seen.insert(head).second) {
                faults_.push_back(fault(
                    errors::kBadHead, fmt::format("表头“{}”出现了两次，请留一列。", head), where));
                continue;
            }
            const auto original = known_.find(head);
            out_.heads.push_back(original == known_.end() ? head : original->second);
            out_.places.push_back(place);
        }
    }

    [[nodiscard]] static bool is_ditto(const std::string& cell) {
        return cell == "同上" || cell == "〃" || cell == "″" || cell == "同上行";
    }

    void read_rows() {
        std::vector<std::string> above(out_.heads.size());
        for (int row = bottom_ + 1; row < static_cast<int>(sheet_.rows.size()); ++row) {
            if (is_blank(sheet_.rows[static_cast<std::size_t>(row)])) continue;
            if (is_sum(row)) {
                out_.notes.push_back(fmt::format("第{}行是合计，没有作为内容读取。", row + 1));
                continue;
            }
            SheetRow read{row + 1, {}};
            for (std::size_t i = 0; i < out_.heads.size(); ++i) {
                const int column = static_cast<int>(out_.places[i]) - 1;
                std::string cell = cell_at(sheet_, row, column);
                if (cell.empty()) {
                    const CellRange* range = tall_at(row, column);
                    if (range != nullptr && range->top > bottom_)
                        cell = cell_at(sheet_, range->top, range->left);
                }
                if (is_ditto(cell) && !above[i].empty()) cell = above[i];
                if (sheet_.spoiled.contains({row, column})) add_spoiled(i, row, cell);
                read.cells.push_back(std::move(cell));
            }
            above = read.cells;
            out_.rows.push_back(std::move(read));
        }
    }

    [[nodiscard]] bool is_sum(int row) const {
        const auto& cells = sheet_.rows[static_cast<std::size_t>(row)];
        const auto first = std::find_if(cells.begin(), cells.end(),
                                        [](const std::string& cell) { return !cell.empty(); });
        const std::string text = plain_head(*first);
        return text == "合计" || text == "总计" || text == "小计";
    }

    void add_spoiled(std::size_t head, int row, const std::string& cell) {
        faults_.push_back(fault(
            errors::kSpoiledNumber,
            fmt::format("“{}”这样长的号码被表格当成了数字，末几位已经不对。请把“{}”这一列设为文本，"
                        "重新填写号码。",
                        cell, out_.heads[head]),
            out_.cell(head, row + 1)));
    }

    void note_hidden() {
        std::string rows;
        for (const SheetRow& row : out_.rows) {
            if (!sheet_.hidden.contains(row.number - 1)) continue;
            rows += fmt::format("{}{}", rows.empty() ? "" : "、", row.number);
        }
        if (rows.empty()) return;
        out_.notes.push_back(
            fmt::format("第{}行在表格里是隐藏的，也作为内容读取；不要的请先删除。", rows));
    }

    const WorkSheet& sheet_;
    KnownHeads known_;
    std::vector<CellRange> tall_;  // merged over several rows, by their first
    int width_ = 0;
    int top_ = 0;
    int bottom_ = 0;
    Sheet out_;
    std::vector<Error> faults_;
};

constexpr std::string_view kRowBefore = "第";
constexpr std::string_view kRowAfter = "行";

std::string_view after_sheet(std::string_view where) {
    const std::size_t mark = where.rfind('!');
    return mark == std::string_view::npos ? where : where.substr(mark + 1);
}

// A row's number, from 1.
std::optional<int> number_in(std::string_view digits) {
    int out = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (error != std::errc() || end != digits.data() + digits.size() || out < 1)
        return std::nullopt;
    return out;
}

}  // namespace

std::string Sheet::cell(std::size_t head, int row) const {
    return fmt::format("{}{}", column_letters(places[head]), row);
}

std::string column_letters(std::size_t column) {
    std::string out;
    for (; column > 0; column = (column - 1) / 26)
        out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
    return out;
}

std::string cell_name(Place place) {
    return fmt::format("{}{}", column_letters(static_cast<std::size_t>(place.column) + 1),
                       place.row + 1);
}

std::optional<Place> place_of(std::string_view cell) {
    cell = after_sheet(cell);
    std::size_t column = 0;
    std::size_t at = 0;
    for (; at < cell.size() && cell[at] >= 'A' && cell[at] <= 'Z' && column <= kColumnsMax; ++at)
        column = column * 26 + static_cast<std::size_t>(cell[at] - 'A') + 1;
    const auto row = number_in(cell.substr(at));
    if (column == 0 || !row) return std::nullopt;
    return Place{*row - 1, static_cast<int>(column) - 1};
}

std::string row_text(int number) {
    return fmt::format("{}{}{}", kRowBefore, number, kRowAfter);
}

std::optional<int> row_of(std::string_view where) {
    where = after_sheet(where);
    const bool is_row = where.starts_with(kRowBefore) && where.ends_with(kRowAfter) &&
                        where.size() > kRowBefore.size() + kRowAfter.size();
    if (!is_row) return std::nullopt;
    where.remove_prefix(kRowBefore.size());
    where.remove_suffix(kRowAfter.size());
    return number_in(where);
}

int heads_found(const WorkSheet& sheet, const std::vector<std::string>& known) {
    return find_head(sheet, known_heads(known)).matches;
}

Result<Sheet> table_of(const WorkSheet& sheet, const std::vector<std::string>& known) {
    return TableReader(sheet, known).run();
}

}  // namespace fazhi::exchange
