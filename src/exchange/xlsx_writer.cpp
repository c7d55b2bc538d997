#include "exchange/xlsx_writer.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <map>
#include <new>
#include <system_error>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "base/invariant.h"
#include "exchange/errors.h"
#include "exchange/not_written.h"
#include "exchange/table.h"
#include "text/utf8.h"

namespace fazhi::exchange {
namespace {

constexpr std::size_t kCellCharactersMax = 32'767;  // a limit of the format
constexpr std::size_t kNameCharactersMax = 31;
constexpr double kWidthMost = 40;
constexpr const char* kOptionSheet = "选项";

// Closed, and so written, by close(); what is not is given up.
class Book {
public:
    explicit Book(const std::filesystem::path& path) : path_(path) {}
    ~Book() {
        if (book_ != nullptr) workbook_close(book_);
    }
    Book(const Book&) = delete;
    Book& operator=(const Book&) = delete;

    // Before anything else. Tried first: the library leaks what it made where it cannot write.
    Result<void> open() {
        if (!std::ofstream(path_, std::ios::binary | std::ios::app)) return not_written(path_);
        book_ = workbook_new(path_.c_str());
        if (book_ == nullptr) throw std::bad_alloc();
        return {};
    }
    // Where a sheet of this book is called so already, by this name and a number.
    lxw_worksheet* add(const std::string& name) {
        const std::string wanted = sheet_name(name, "");
        std::string free = wanted;
        for (int n = 2; workbook_get_worksheet_by_name(book_, free.c_str()) != nullptr; ++n)
            free = sheet_name(name, fmt::format(" {}", n));
        lxw_worksheet* sheet = workbook_add_worksheet(book_, free.c_str());
        INVARIANT(sheet != nullptr);
        return sheet;
    }
    // The sheet that lists offer from.
    lxw_worksheet* add_options() {
        lxw_worksheet* sheet = workbook_add_worksheet(book_, kOptionSheet);
        INVARIANT(sheet != nullptr);
        worksheet_hide(sheet);
        return sheet;
    }
    lxw_format* format() { return workbook_add_format(book_); }
    void write(lxw_worksheet* sheet, Place at, const std::string& text, lxw_format* format) {
        if (text.empty() && format == nullptr) return;
        if (text::length(text) > kCellCharactersMax) {
            too_long_.push_back(
                Error{ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("这一格有{}个字，表格文件一格最多{}个；请导出为 .csv。",
                                  text::length(text), kCellCharactersMax),
                      cell_name(at)});
            return;
        }
        worksheet_write_string(sheet, static_cast<lxw_row_t>(at.row),
                               static_cast<lxw_col_t>(at.column), text.c_str(), format);
    }
    // A file in which something is missing is not left behind.
    Result<void> close() {
        const lxw_error error = workbook_close(std::exchange(book_, nullptr));
        if (error == LXW_NO_ERROR && too_long_.empty()) return {};
        std::error_code ignored;  // What cannot be written may not be there to be removed.
        std::filesystem::remove(path_, ignored);
        if (!too_long_.empty()) return refuse(join_errors(std::move(too_long_)));
        return not_written(path_);
    }

private:
    // What a spreadsheet allows as a name, with this behind it.
    static std::string sheet_name(const std::string& name, const std::string& behind) {
        std::string out;
        for (const char c : name)
            out += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
        out = text::truncated(out, kNameCharactersMax - behind.size(), "");
        return (out.empty() || out == kOptionSheet ? "Sheet1" : out) + behind;
    }

    std::filesystem::path path_;
    lxw_workbook* book_ = nullptr;
    std::vector<Error> too_long_;
};

// At most 15 digits: what a spreadsheet keeps.
bool write_number(lxw_worksheet* sheet, Place at, const std::string& text) {
    constexpr std::size_t kDigitsMost = 15;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.size() > kDigitsMost)
        return false;
    worksheet_write_number(sheet, static_cast<lxw_row_t>(at.row), static_cast<lxw_col_t>(at.column),
                           number, nullptr);
    return true;
}

double width_of(const OutSheet& sheet, std::size_t column) {
    constexpr std::size_t kLookedAt = 200;
    std::size_t widest = text::display_width(sheet.columns[column].title) + 2;
    for (std::size_t row = 0; row < std::min(kLookedAt, sheet.rows.size()); ++row)
        widest = std::max(widest, text::display_width(sheet.rows[row][column]));
    return std::min(kWidthMost, static_cast<double>(widest) + 2);
}

// The choices stand in a sheet of their own: a list typed into a rule may have 255 characters.
class Choices {
public:
    explicit Choices(Book& book) : book_(book) {}

    void offer(lxw_worksheet* sheet, std::size_t column, const std::vector<std::string>& choices,
               int last_row) {
        if (options_ == nullptr) {
            options_ = book_.add_options();
        }
        for (std::size_t i = 0; i < choices.size(); ++i)
            book_.write(options_, {static_cast<int>(i), next_}, choices[i], nullptr);
        const std::string letters = column_letters(static_cast<std::size_t>(next_) + 1);
        const std::string range =
            fmt::format("={0}!${1}$1:${1}${2}", kOptionSheet, letters, choices.size());
        ++next_;
        std::string formula = range;
        std::string title = "不在可选项中";
        std::string message = "请从下拉列表中选择。";
        lxw_data_validation rule{};
        rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        rule.value_formula = formula.data();
        rule.error_title = title.data();
        rule.error_message = message.data();
        const auto at = static_cast<lxw_col_t>(column);
        worksheet_data_validation_range(sheet, 1, at, static_cast<lxw_row_t>(last_row), at, &rule);
    }

private:
    Book& book_;
    lxw_worksheet* options_ = nullptr;
    int next_ = 0;
};

// The sheets of one book, in the same looks.
class SheetWriter {
public:
    explicit SheetWriter(Book& book)
        : book_(book),
          head_(head_format(0xE8EEF4)),
          required_(head_format(0xFFF2CC)),
          text_(book.format()),
          choices_(book) {
        format_set_num_format(text_, "@");  // A number that is typed here stays as it was typed.
    }

    void write(const OutSheet& out, int blank_rows) {
        lxw_worksheet* sheet = book_.add(out.name);
        const int last_row = static_cast<int>(out.rows.size()) + blank_rows;
        for (std::size_t i = 0; i < out.columns.size(); ++i) {
            const OutColumn& column = out.columns[i];
            const auto at = static_cast<lxw_col_t>(i);
            worksheet_set_column(sheet, at, at, width_of(out, i),
                                 column.is_number ? nullptr : text_);
            book_.write(sheet, {0, static_cast<int>(i)}, column.title,
                        column.is_required ? required_ : head_);
            if (!column.help.empty()) worksheet_write_comment(sheet, 0, at, column.help.c_str());
            if (!column.choices.empty() && last_row > 0)
                choices_.offer(sheet, i, column.choices, last_row);
        }
        for (std::size_t row = 0; row < out.rows.size(); ++row) write_row(sheet, out, row);
        worksheet_freeze_panes(sheet, 1, 0);
    }

private:
    lxw_format* head_format(lxw_color_t colour) {
        lxw_format* format = book_.format();
        format_set_bold(format);
        format_set_text_wrap(format);
        format_set_border(format, LXW_BORDER_THIN);
        format_set_bg_color(format, colour);
        return format;
    }

    void write_row(lxw_worksheet* sheet, const OutSheet& out, std::size_t row) {
        for (std::size_t i = 0; i < out.columns.size(); ++i) {
            const std::string& cell = out.rows[row][i];
            const Place at{static_cast<int>(row) + 1, static_cast<int>(i)};
            const bool written = out.columns[i].is_number && write_number(sheet, at, cell);
            if (!written && !cell.empty()) book_.write(sheet, at, cell, text_);
        }
    }

    Book& book_;
    lxw_format* head_;
    lxw_format* required_;
    lxw_format* text_;
    Choices choices_;
};

}  // namespace

Result<void> write_xlsx(const std::filesystem::path& path, const OutSheet& out, int blank_rows) {
    Book book(path);
    TRY_OK(book.open());
    SheetWriter(book).write(out, blank_rows);
    return book.close();
}

Result<void> write_xlsx(const std::filesystem::path& path, const std::vector<OutSheet>& sheets) {
    INVARIANT(!sheets.empty());
    Book book(path);
    TRY_OK(book.open());
    SheetWriter writer(book);
    for (const OutSheet& out : sheets) writer.write(out, 0);
    return book.close();
}

Result<void> write_remarks(const std::filesystem::path& path, const WorkSheet& read,
                           const std::vector<Remark>& remarks) {
    Book book(path);
    TRY_OK(book.open());
    lxw_worksheet* sheet = book.add(read.name);
    lxw_format* wrong = book.format();
    format_set_bg_color(wrong, 0xFFC7CE);
    std::map<Place, std::string> by_place;
    for (const Remark& remark : remarks) {
        std::string& text = by_place[remark.place];
        text += (text.empty() ? "" : "\n") + remark.text;
    }
    for (std::size_t row = 0; row < read.rows.size(); ++row) {
        for (std::size_t column = 0; column < read.rows[row].size(); ++column) {
            const Place place{static_cast<int>(row), static_cast<int>(column)};
            if (by_place.contains(place)) continue;
            book.write(sheet, place, read.rows[row][column], nullptr);
        }
    }
    for (const auto& [place, remark] : by_place) {
        const auto row = static_cast<std::size_t>(place.row);
        const auto column = static_cast<std::size_t>(place.column);
        const bool is_there = row < read.rows.size() && column < read.rows[row].size();
        book.write(sheet, place, is_there ? read.rows[row][column] : "", wrong);
        worksheet_write_comment(sheet, static_cast<lxw_row_t>(place.row),
                                static_cast<lxw_col_t>(place.column), remark.c_str());
    }
    return book.close();
}

}  // namespace fazhi::exchange
