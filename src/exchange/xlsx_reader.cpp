#include "exchange/xlsx_reader.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <exception>
#include <map>
#include <memory>
#include <optional>

#include <fmt/format.h>
#include <orcus/orcus_xlsx.hpp>
#include <orcus/spreadsheet/import_interface.hpp>
#include <zip.h>

#include "exchange/errors.h"
#include "exchange/plain_xml.h"
#include "text/utf8.h"

namespace fazhi::exchange {
namespace {

namespace spreadsheet = orcus::spreadsheet;
using spreadsheet::col_t;
using spreadsheet::row_t;
using spreadsheet::string_id_t;

// The first bytes of the format before XLSX, which passwords wrap an XLSX in as well.
constexpr std::string_view kOldContainer("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr double kDigitsKept = 1e15;  // A spreadsheet's number has 15 digits that are true.

struct TooLarge : std::exception {};

Refusal refused(std::string_view code, const std::string& message) {
    return refuse(ErrorKind::InvalidInput, code, message);
}

Refusal too_large() {
    return refuse(
        ErrorKind::TooLarge, errors::kTooLarge,
        fmt::format("表格太大：每张表最多{}行、{}列，请分成几个文件导入。", kRowsMax, kColumnsMax));
}

Refusal not_whole() {
    return refused(errors::kNotXlsx,
                   "文件不是完好的 XLSX，请在表格软件里打开它，再“另存为”→“.xlsx”。");
}

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* part) const { zip_fclose(part); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Part = std::unique_ptr<zip_file_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Discard>;

struct NamedPart {
    std::string name;
    std::string bytes;
};

// Of the part its bytes as they unpack, whatever its head says of their number; nothing where they
// are broken or more than `most`.
std::optional<std::string> unpacked(zip_t* archive, zip_uint64_t index, std::size_t most) {
    constexpr std::size_t kStep = 65'536;
    const Part part(zip_fopen_index(archive, index, 0));
    if (!part) return std::nullopt;
    std::string out;
    for (;;) {
        const std::size_t have = out.size();
        out.resize(have + kStep);
        const zip_int64_t got = zip_fread(part.get(), out.data() + have, kStep);
        if (got < 0 || have + static_cast<std::size_t>(got) > most) return std::nullopt;
        out.resize(have + static_cast<std::size_t>(got));
        if (got == 0) return out;
    }
}

// What a sheet is read from. Everything else of a file (pictures, macros) is left where it is.
bool is_read(std::string_view name) {
    return name.ends_with(".xml") || name.ends_with(".rels");
}

Result<std::vector<NamedPart>> parts_of(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error));
    if (!source) throw std::bad_alloc();
    const Archive archive(zip_open_from_source(source.get(), ZIP_RDONLY, &error));
    if (!archive) return not_whole();
    source.release();  // NOLINT(bugprone-unused-return-value): the archive's now.
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count > static_cast<zip_int64_t>(kPartsMax)) return too_large();
    std::vector<NamedPart> out;
    std::size_t room = kUnpackedBytesMax;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        const char* name = zip_get_name(archive.get(), index, 0);
        if (name == nullptr) return not_whole();
        if (!is_read(name)) continue;
        zip_stat_t stat;
        if (zip_stat_index(archive.get(), index, 0, &stat) == 0 && stat.size > room)
            return too_large();
        auto part = unpacked(archive.get(), index, room);
        if (!part || !is_plain_xml(*part)) return not_whole();
        room -= part->size();
        out.push_back({name, *std::move(part)});
    }
    const bool has_workbook = std::any_of(out.begin(), out.end(), [](const NamedPart& part) {
        return part.name == "xl/workbook.xml";
    });
    if (has_workbook) return out;
    return refused(errors::kNotXlsx,
                   "文件不是 XLSX 表格（里面没有工作簿），请检查是不是改过扩展名。");
}

// The parts in a container of our own making, which says of each exactly what it is: two readers of
// one hostile container may see two different ones.
std::string packed_anew(const std::vector<NamedPart>& parts) {
    zip_error_t error;
    zip_error_init(&error);
    Source buffer(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!buffer) throw std::bad_alloc();
    zip_source_keep(buffer.get());  // Read after the archive is closed.
    Archive archive(zip_open_from_source(buffer.get(), ZIP_TRUNCATE, &error));
    if (!archive) throw std::runtime_error("libzip cannot begin a container");
    for (const NamedPart& part : parts) {
        zip_source_t* bytes =
            zip_source_buffer(archive.get(), part.bytes.data(), part.bytes.size(), 0);
        const zip_int64_t index =
            zip_file_add(archive.get(), part.name.c_str(), bytes, ZIP_FL_OVERWRITE);
        if (index < 0) throw std::runtime_error("libzip cannot add a part");
        zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    }
    if (zip_close(archive.release()) != 0)
        throw std::runtime_error("libzip cannot end a container");
    std::string out;
    if (zip_source_open(buffer.get()) != 0) throw std::runtime_error("libzip lost a container");
    zip_stat_t stat;
    zip_source_stat(buffer.get(), &stat);
    out.resize(stat.size);
    const zip_int64_t got = zip_source_read(buffer.get(), out.data(), out.size());
    zip_source_close(buffer.get());
    if (got != static_cast<zip_int64_t>(out.size()))
        throw std::runtime_error("libzip lost a container");
    return out;
}

class Strings final : public spreadsheet::iface::import_shared_strings {
public:
    using Element = spreadsheet::color_elem_t;

    size_t append(std::string_view text) override {
        texts_.emplace_back(text);
        return texts_.size() - 1;
    }
    size_t add(std::string_view text) override { return append(text); }
    void set_segment_font(size_t) override {}
    void set_segment_bold(bool) override {}
    void set_segment_italic(bool) override {}
    void set_segment_font_name(std::string_view) override {}
    void set_segment_font_size(double) override {}
    void set_segment_font_color(Element, Element, Element, Element) override {}
    void append_segment(std::string_view text) override { segments_ += text; }
    size_t commit_segments() override { return append(std::exchange(segments_, {})); }

    [[nodiscard]] std::string_view at(size_t index) const {
        return index < texts_.size() ? std::string_view(texts_[index]) : std::string_view();
    }

private:
    std::vector<std::string> texts_;
    std::string segments_;
};

// The number formats by cell format: what tells a date from a number. Everything else about a
// cell's looks is passed over.
struct NumberFormat {
    int id = 0;        // ECMA-376 part 1, §18.8.30: built-in formats have no code
    std::string code;  // "yyyy\"年\"m\"月\"d\"日\""; empty: built in
};

class StyleReader final : public spreadsheet::iface::import_styles {
public:
    using Element = spreadsheet::color_elem_t;

    [[nodiscard]] NumberFormat format_of(size_t cell_format) const {
        if (cell_format >= cell_formats_.size()) return {};
        const int id = static_cast<int>(cell_formats_[cell_format]);
        const auto code = codes_.find(cell_formats_[cell_format]);
        return {id, code == codes_.end() ? std::string() : code->second};
    }

    void set_number_format_count(size_t) override {}
    void set_number_format_identifier(size_t id) override { id_ = id; }
    void set_number_format_code(std::string_view code) override { code_ = code; }
    size_t commit_number_format() override {
        codes_.insert_or_assign(id_, code_);
        return codes_.size() - 1;
    }
    void set_xf_number_format(size_t id) override { format_ = id; }
    size_t commit_cell_xf() override {
        cell_formats_.push_back(format_);
        format_ = 0;
        return cell_formats_.size() - 1;
    }
    size_t commit_cell_style_xf() override {
        format_ = 0;
        return 0;
    }
    size_t commit_dxf() override {
        format_ = 0;
        return 0;
    }

    void set_font_count(size_t) override {}
    void set_font_bold(bool) override {}
    void set_font_italic(bool) override {}
    void set_font_name(std::string_view) override {}
    void set_font_size(double) override {}
    void set_font_underline(spreadsheet::underline_t) override {}
    void set_font_underline_width(spreadsheet::underline_width_t) override {}
    void set_font_underline_mode(spreadsheet::underline_mode_t) override {}
    void set_font_underline_type(spreadsheet::underline_type_t) override {}
    void set_font_underline_color(Element, Element, Element, Element) override {}
    void set_font_color(Element, Element, Element, Element) override {}
    void set_strikethrough_style(spreadsheet::strikethrough_style_t) override {}
    void set_strikethrough_type(spreadsheet::strikethrough_type_t) override {}
    void set_strikethrough_width(spreadsheet::strikethrough_width_t) override {}
    void set_strikethrough_text(spreadsheet::strikethrough_text_t) override {}
    size_t commit_font() override { return 0; }
    void set_fill_count(size_t) override {}
    void set_fill_pattern_type(spreadsheet::fill_pattern_t) override {}
    void set_fill_fg_color(Element, Element, Element, Element) override {}
    void set_fill_bg_color(Element, Element, Element, Element) override {}
    size_t commit_fill() override { return 0; }
    void set_border_count(size_t) override {}
    void set_border_style(spreadsheet::border_direction_t, spreadsheet::border_style_t) override {}
    void set_border_color(spreadsheet::border_direction_t, Element, Element, Element,
                          Element) override {}
    void set_border_width(spreadsheet::border_direction_t, double, orcus::length_unit_t) override {}
    size_t commit_border() override { return 0; }
    void set_cell_hidden(bool) override {}
    void set_cell_locked(bool) override {}
    void set_cell_print_content(bool) override {}
    void set_cell_formula_hidden(bool) override {}
    size_t commit_cell_protection() override { return 0; }
    void set_cell_xf_count(size_t) override {}
    void set_cell_style_xf_count(size_t) override {}
    void set_dxf_count(size_t) override {}
    void set_xf_font(size_t) override {}
    void set_xf_fill(size_t) override {}
    void set_xf_border(size_t) override {}
    void set_xf_protection(size_t) override {}
    void set_xf_style_xf(size_t) override {}
    void set_xf_apply_alignment(bool) override {}
    void set_xf_horizontal_alignment(spreadsheet::hor_alignment_t) override {}
    void set_xf_vertical_alignment(spreadsheet::ver_alignment_t) override {}
    void set_cell_style_count(size_t) override {}
    void set_cell_style_name(std::string_view) override {}
    void set_cell_style_xf(size_t) override {}
    void set_cell_style_builtin(size_t) override {}
    void set_cell_style_parent_name(std::string_view) override {}
    size_t commit_cell_style() override { return 0; }

private:
    std::map<size_t, std::string> codes_;
    std::vector<size_t> cell_formats_;  // the number format of each
    size_t id_ = 0;
    std::string code_;
    size_t format_ = 0;
};

// A number as a person would type it.
std::string number_text(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e18) return fmt::format("{:.0f}", value);
    return fmt::format("{:.15g}", value);
}

// One sheet as orcus hands it over: cells first, some of them twice (format, then value), in any
// order.
class SheetReader final : public spreadsheet::iface::import_sheet,
                          public spreadsheet::iface::import_sheet_properties,
                          public spreadsheet::iface::import_formula {
public:
    SheetReader(std::string name, const Strings& strings) : strings_(strings) {
        sheet_.name = std::move(name);
    }

    // Once all cells and styles are known.
    WorkSheet finished(const StyleReader& styles, bool epoch_1904) {
        for (const auto& [place, number] : numbers_) {
            const auto format = formats_.find(place);
            const NumberFormat known =
                format == formats_.end() ? NumberFormat{} : styles.format_of(format->second);
            std::string text = date_text(number, known.id, known.code, epoch_1904);
            if (text.empty()) {
                text = number_text(number);
                if (std::abs(number) >= kDigitsKept) sheet_.spoiled.insert(place);
            }
            cell(place) = std::move(text);
        }
        return std::move(sheet_);
    }

    void set_auto(row_t row, col_t column, std::string_view text) override {
        put(row, column, text);
    }
    void set_string(row_t row, col_t column, string_id_t index) override {
        put(row, column, strings_.at(index));
    }
    void set_value(row_t row, col_t column, double value) override {
        const Place place = checked(row, column);
        numbers_.insert_or_assign(place, value);
    }
    void set_bool(row_t row, col_t column, bool value) override {
        put(row, column, value ? "是" : "否");
    }
    void set_date_time(row_t row, col_t column, int year, int month, int day, int hour, int minute,
                       double) override {
        std::string text = fmt::format("{:04}-{:02}-{:02}", year, month, day);
        if (hour != 0 || minute != 0) text += fmt::format(" {:02}:{:02}", hour, minute);
        put(row, column, text);
    }
    void set_format(row_t row, col_t column, size_t format) override {
        formats_.insert_or_assign(checked(row, column), format);
    }
    void set_format(row_t top, col_t left, row_t bottom, col_t right, size_t format) override {
        // Whole columns and rows may be formatted; only what a table reaches matters.
        for (row_t row = top; row <= bottom && row < top + 1'000; ++row) {
            for (col_t column = left; column <= right && column < left + 100; ++column) {
                if (formats_.size() > kCellsMax / 4) throw TooLarge();
                formats_.emplace(Place{row, column}, format);
            }
        }
    }
    void fill_down_cells(row_t row, col_t column, row_t count) override {
        const std::string text = cell(checked(row, column));
        for (row_t more = 1; more <= count; ++more) put(row + more, column, text);
    }
    [[nodiscard]] spreadsheet::range_size_t get_sheet_size() const override {
        return {1'048'576, 16'384};
    }

    import_sheet_properties* get_sheet_properties() override { return this; }
    void set_column_width(col_t, double, orcus::length_unit_t) override {}
    void set_column_hidden(col_t, bool) override {}
    void set_row_height(row_t, double, orcus::length_unit_t) override {}
    void set_row_hidden(row_t row, bool hidden) override {
        if (hidden && static_cast<std::size_t>(row) < kRowsMax) sheet_.hidden.insert(row);
    }
    void set_merge_cell_range(const spreadsheet::range_t& range) override {
        if (sheet_.merged.size() >= kRowsMax) throw TooLarge();
        sheet_.merged.push_back(
            {range.first.row, range.first.column, range.last.row, range.last.column});
    }

    // The value that the file keeps for a formula.
    import_formula* get_formula() override { return this; }
    void set_position(row_t row, col_t column) override { formula_ = checked(row, column); }
    void set_formula(spreadsheet::formula_grammar_t, std::string_view) override {}
    void set_shared_formula_index(size_t) override {}
    void set_result_string(std::string_view text) override {
        put(formula_.row, formula_.column, text);
    }
    void set_result_value(double value) override { numbers_.insert_or_assign(formula_, value); }
    void set_result_bool(bool value) override {
        put(formula_.row, formula_.column, value ? "是" : "否");
    }
    void set_result_empty() override {}
    void commit() override {}

private:
    static Place checked(row_t row, col_t column) {
        const bool fits = row >= 0 && static_cast<std::size_t>(row) <= kRowsMax && column >= 0 &&
                          static_cast<std::size_t>(column) < kColumnsMax;
        if (!fits) throw TooLarge();
        return {row, column};
    }
    std::string& cell(Place place) {
        const auto row = static_cast<std::size_t>(place.row);
        const auto column = static_cast<std::size_t>(place.column);
        if (sheet_.rows.size() <= row) sheet_.rows.resize(row + 1);
        std::vector<std::string>& cells = sheet_.rows[row];
        if (cells.size() <= column) {
            count_ += column + 1 - cells.size();
            if (count_ > kCellsMax) throw TooLarge();
            cells.resize(column + 1);
        }
        return cells[column];
    }
    void put(row_t row, col_t column, std::string_view text) {
        cell(checked(row, column)) = text::trimmed(text);
    }

    const Strings& strings_;
    WorkSheet sheet_;
    std::map<Place, double> numbers_;
    std::map<Place, size_t> formats_;
    std::size_t count_ = 0;
    Place formula_;
};

// "B12", "$B$12" and "A1:C3" as places; sheets are not named in what we read. Throws where it is no
// reference: the file is broken.
class References final : public spreadsheet::iface::import_reference_resolver {
public:
    spreadsheet::src_address_t resolve_address(std::string_view text) override {
        spreadsheet::src_address_t out{};
        std::int64_t column = 0;
        std::int64_t row = 0;
        for (const char c : text) {
            if (c == '$') continue;
            if (c >= 'A' && c <= 'Z' && row == 0) {
                column = column * 26 + (c - 'A') + 1;
            } else if (c >= '0' && c <= '9') {
                row = row * 10 + (c - '0');
            } else {
                throw std::runtime_error("no reference");
            }
            if (column > kLast || row > kLast) throw TooLarge();
        }
        if (column == 0 || row == 0) throw std::runtime_error("no reference");
        out.column = static_cast<col_t>(column - 1);
        out.row = static_cast<row_t>(row - 1);
        return out;
    }
    spreadsheet::src_range_t resolve_range(std::string_view text) override {
        const std::size_t colon = text.find(':');
        spreadsheet::src_range_t out{};
        out.first = resolve_address(text.substr(0, colon));
        out.last =
            colon == std::string_view::npos ? out.first : resolve_address(text.substr(colon + 1));
        return out;
    }

private:
    static constexpr std::int64_t kLast = 1'048'576;  // rows of a sheet, a limit of the format
};

class WorkbookReader final : public spreadsheet::iface::import_factory,
                             public spreadsheet::iface::import_global_settings {
public:
    std::vector<WorkSheet> finished() {
        std::vector<WorkSheet> out;
        for (const auto& sheet : sheets_) out.push_back(sheet->finished(styles_, epoch_1904_));
        return out;
    }

    import_global_settings* get_global_settings() override { return this; }
    spreadsheet::iface::import_shared_strings* get_shared_strings() override { return &strings_; }
    spreadsheet::iface::import_styles* get_styles() override { return &styles_; }
    spreadsheet::iface::import_reference_resolver* get_reference_resolver(
        spreadsheet::formula_ref_context_t) override {
        return &references_;
    }
    spreadsheet::iface::import_sheet* append_sheet(spreadsheet::sheet_t,
                                                   std::string_view name) override {
        if (sheets_.size() >= kSheetsMax) throw TooLarge();
        names_.emplace_back(name);
        sheets_.push_back(std::make_unique<SheetReader>(std::string(name), strings_));
        return sheets_.back().get();
    }
    spreadsheet::iface::import_sheet* get_sheet(std::string_view name) override {
        for (std::size_t i = 0; i < names_.size(); ++i) {
            if (names_[i] == name) return sheets_[i].get();
        }
        return nullptr;
    }
    spreadsheet::iface::import_sheet* get_sheet(spreadsheet::sheet_t index) override {
        const auto at = static_cast<std::size_t>(index);
        return index >= 0 && at < sheets_.size() ? sheets_[at].get() : nullptr;
    }
    void finalize() override {}

    void set_origin_date(int year, int, int) override { epoch_1904_ = year == 1904; }
    void set_default_formula_grammar(spreadsheet::formula_grammar_t grammar) override {
        grammar_ = grammar;
    }
    [[nodiscard]] spreadsheet::formula_grammar_t get_default_formula_grammar() const override {
        return grammar_;
    }
    void set_character_set(orcus::character_set_t) override {}

private:
    Strings strings_;
    StyleReader styles_;
    References references_;
    std::vector<std::string> names_;
    std::vector<std::unique_ptr<SheetReader>> sheets_;
    bool epoch_1904_ = false;
    spreadsheet::formula_grammar_t grammar_ = spreadsheet::formula_grammar_t::xlsx;
};

}  // namespace

Result<std::vector<WorkSheet>> read_xlsx(std::string_view bytes) {
    if (bytes.starts_with(kOldContainer)) {
        return refused(
            errors::kOldFormat,
            "这是旧格式（.xls、.et）或设了打开密码的表格。请在表格软件里打开，取消密码，再"
            "“另存为”→“.xlsx”。");
    }
    if (bytes.size() > kFileBytesMax) return too_large();
    TRY(const std::vector<NamedPart> parts, parts_of(bytes));
    const std::string container = packed_anew(parts);
    WorkbookReader workbook;
    try {
        orcus::orcus_xlsx reader(&workbook);
        reader.read_stream(container);
    } catch (const TooLarge&) {
        return too_large();
    } catch (const std::exception&) {
        return refused(
            errors::kNotXlsx,
            "这个 XLSX 读不下去，文件可能已损坏。请在表格软件里打开，再“另存为”→“.xlsx”。");
    }
    return workbook.finished();
}

}  // namespace fazhi::exchange
