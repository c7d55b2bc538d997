#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "exchange/csv.h"
#include "exchange/errors.h"
#include "exchange/plain_xml.h"
#include "exchange/table_file.h"
#include "exchange/xlsx_reader.h"
#include "exchange/xlsx_writer.h"

#ifdef __SANITIZE_ADDRESS__
// libxlsxwriter 1.1.4 copies the formula of a drop-down list twice and frees it once.
extern "C" const char* __lsan_default_suppressions() {  // NOLINT: the sanitizer's own name
    return "leak:libxlsxwriter";
}
#endif

namespace fazhi::exchange {

namespace {

using Lines = std::vector<std::string>;

struct Folder {
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("fazhi-xlsx-" + std::to_string(::getpid()));
    [[nodiscard]] std::filesystem::path file() const { return path / "a.xlsx"; }
};

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A sheet as an office has it: written by the library, not by us.
std::string office_sheet(const std::filesystem::path& path, bool epoch_1904) {
    lxw_workbook* book = workbook_new(path.c_str());
    if (epoch_1904) workbook_read_only_recommended(book);  // Only a flag; dates are written raw.
    lxw_worksheet* notes = workbook_add_worksheet(book, "说明");
    worksheet_write_string(notes, 0, 0, "填表说明", nullptr);
    lxw_worksheet* sheet = workbook_add_worksheet(book, "台账");
    lxw_format* date = workbook_add_format(book);
    format_set_num_format(date, "yyyy\"年\"m\"月\"d\"日\"");
    lxw_format* built_in = workbook_add_format(book);
    format_set_num_format_index(built_in, 14);
    worksheet_merge_range(sheet, 0, 0, 0, 3, "普法活动台账", nullptr);
    const char* heads[] = {"日期", "名称", "人数", "号码"};
    for (lxw_col_t i = 0; i < 4; ++i) worksheet_write_string(sheet, 1, i, heads[i], nullptr);
    worksheet_write_number(sheet, 2, 0, 45052, date);  // 2023-05-06
    worksheet_write_string(sheet, 2, 1, " 宪法宣传 ", nullptr);
    worksheet_write_formula_num(sheet, 2, 2, "=6*7", nullptr, 42);
    worksheet_write_string(sheet, 2, 3, "330102199001011234", nullptr);
    worksheet_write_number(sheet, 3, 0, 45053.5, built_in);
    worksheet_write_formula_str(sheet, 3, 1, "=B3&\"二\"", nullptr, "宪法宣传二");
    worksheet_write_number(sheet, 3, 2, 12.5, nullptr);
    worksheet_write_number(sheet, 3, 3, 330102199001011234.0, nullptr);
    lxw_row_col_options hidden{};
    hidden.hidden = LXW_TRUE;
    worksheet_set_row_opt(sheet, 3, LXW_DEF_ROW_HEIGHT, nullptr, &hidden);
    workbook_close(book);
    return bytes_of(path);
}

// The same file with another part in the place of one of its own.
std::string with_part(const std::filesystem::path& path, const char* name, std::string_view part) {
    zip_t* archive = zip_open(path.c_str(), 0, nullptr);
    REQUIRE(archive != nullptr);
    zip_source_t* source = zip_source_buffer(archive, part.data(), part.size(), 0);
    REQUIRE(zip_file_add(archive, name, source, ZIP_FL_OVERWRITE) >= 0);
    REQUIRE(zip_close(archive) == 0);
    return bytes_of(path);
}

}  // namespace

TEST_CASE(
    "an office's sheet: dates, formulas' values, merged titles, hidden rows, spoiled numbers") {
    const Folder folder;
    const std::string bytes = office_sheet(folder.file(), false);
    const auto sheets = read_xlsx(bytes);
    REQUIRE(sheets);
    REQUIRE(sheets->size() == 2);
    const WorkSheet& sheet = (*sheets)[1];
    CHECK(sheet.name == "台账");
    REQUIRE(sheet.rows.size() == 4);
    CHECK(sheet.rows[2] == Lines{"2023-05-06", "宪法宣传", "42", "330102199001011234"});
    CHECK(sheet.rows[3][0] == "2023-05-07 12:00");
    CHECK(sheet.rows[3][1] == "宪法宣传二");
    CHECK(sheet.rows[3][2] == "12.5");
    CHECK(sheet.spoiled == std::set<Place>{{3, 3}});
    CHECK(sheet.hidden == std::set<int>{3});
    REQUIRE(sheet.merged.size() == 1);
    CHECK(sheet.merged[0].right == 3);

    // The sheet with the heads is found, not the first.
    const auto table = read_table(bytes, {.heads = {"日期", "名称", "人数", "号码"}, .sheet = {}});
    REQUIRE_FALSE(table);
    CHECK(table.error().code == errors::kSpoiledNumber);
    CHECK(table.error().where == "D4");
    CHECK(read_table(bytes, {.heads = {}, .sheet = "没有"}).error().code == errors::kNoSuchSheet);
}

TEST_CASE("dates are told from numbers by their format, in both epochs") {
    CHECK(date_text(45052, 14, "", false) == "2023-05-06");
    CHECK(date_text(45052, 0, "", false).empty());
    CHECK(date_text(45052, 165, "yyyy\\-mm\\-dd", false) == "2023-05-06");
    CHECK(date_text(45052, 165, "0.00\"日\"", false).empty());
    CHECK(date_text(45052, 165, "[$-804]aaaa;@", false).empty());
    CHECK(date_text(43590, 14, "", true) == "2023-05-06");
    CHECK(date_text(0.5, 20, "", false) == "12:00");
    CHECK(date_text(1, 14, "", false) == "1900-01-01");
    CHECK(date_text(60, 14, "", false).empty());  // 29 February 1900 never was.
    CHECK(date_text(61, 14, "", false) == "1900-03-01");
    CHECK(date_text(45052.999999, 22, "", false) == "2023-05-07");
}

TEST_CASE("old, foreign and broken files are refused and say what to do") {
    CHECK(read_table("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", {}).error().code ==
          errors::kOldFormat);
    CHECK(read_table("PK\x03\x04 no zip at all", {}).error().code == errors::kNotXlsx);
    const Folder folder;
    std::string bytes = office_sheet(folder.file(), false);
    CHECK(read_table(bytes.substr(0, bytes.size() / 2), {}).error().code == errors::kNotXlsx);
}

TEST_CASE("a part that is no plain XML is refused before the parser of sheets sees it") {
    const std::string_view head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    const std::string_view strings =
        "<sst "
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>甲</t></si>"
        "</sst>";
    CHECK(is_plain_xml(fmt::format("{}{}", head, strings)));
    CHECK_FALSE(is_plain_xml(""));
    CHECK_FALSE(is_plain_xml(strings.substr(0, strings.size() - 3)));
    CHECK_FALSE(is_plain_xml(fmt::format("{}<sst/>", strings)));
    CHECK_FALSE(is_plain_xml("<a x:b=\"\"/>"));
    CHECK_FALSE(is_plain_xml("<a>&b;</a>"));
    CHECK_FALSE(is_plain_xml("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"));
    CHECK_FALSE(is_plain_xml("<!DOCTYPE a><a/>"));
    for (const char* part : {"xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml",
                             "xl/styles.xml", "[Content_Types].xml", "_rels/.rels"}) {
        const Folder folder;
        static_cast<void>(office_sheet(folder.file(), false));
        // Found by a fuzzer: liborcus 0.17 asserted, which ended the program.
        const std::string bytes =
            with_part(folder.file(), part, "<?xml version=\"1.&0\"?><sst xmlns=\"http:/;/ueCo");
        const auto sheets = read_xlsx(bytes);
        REQUIRE_FALSE(sheets);
        CHECK(sheets.error().code == errors::kNotXlsx);
    }
}

TEST_CASE("what is written is read again: text as text, numbers as numbers, choices hidden") {
    const Folder folder;
    const OutSheet out{
        .name = "走访[台账]",
        .columns = {{.title = "编号", .help = "", .choices = {}, .is_number = false},
                    {.title = "人数", .help = "几人", .choices = {}, .is_number = true},
                    {.title = "方式",
                     .help = "",
                     .choices = {"入户", "电话"},
                     .is_number = false,
                     .is_required = true}},
        .rows = {{"007", "12", "入户"}, {"=1+1", "多人", ""}}};
    REQUIRE(write_xlsx(folder.file(), out, 10));
    const auto sheets = read_xlsx(bytes_of(folder.file()));
    REQUIRE(sheets);
    CHECK((*sheets)[0].name == "走访 台账 ");
    CHECK((*sheets)[0].rows[1] == Lines{"007", "12", "入户"});
    CHECK((*sheets)[0].rows[2][0] == "=1+1");
    CHECK((*sheets)[0].rows[2][1] == "多人");
}

TEST_CASE("several sheets stand in order, each under a name of its own") {
    const Folder folder;
    const std::string wide(40, 'a');
    const auto sheet = [](const std::string& name, std::vector<std::string> choices) {
        return OutSheet{.name = name,
                        .columns = {{.title = "方式", .help = "", .choices = std::move(choices)}},
                        .rows = {{name}}};
    };
    REQUIRE(write_xlsx(folder.file(), {sheet("走访", {"入户"}), sheet("走访", {"电话", "入户"}),
                                       sheet(wide, {}), sheet(wide, {}), sheet("选项", {})}));
    const auto sheets = read_xlsx(bytes_of(folder.file()));
    REQUIRE(sheets);
    Lines names;
    Lines cells;
    for (const WorkSheet& each : *sheets) {
        if (each.name == "选项") continue;  // what the lists offer
        names.push_back(each.name);
        cells.push_back(each.rows.at(1).at(0));
    }
    CHECK(names ==
          Lines{"走访", "走访 2", std::string(30, 'a'), std::string(28, 'a') + " 2", "Sheet1"});
    CHECK(cells == Lines{"走访", "走访", wide, wide, "选项"});
}

TEST_CASE("what cannot be written, or not whole, is refused and leaves no file") {
    const Folder folder;
    OutSheet out{
        .name = "走访", .columns = {{.title = "备注", .help = "", .choices = {}}}, .rows = {}};
    CHECK(write_xlsx("/nowhere/a.xlsx", out).error().code == errors::kNotWritten);
    CHECK(write_csv("/nowhere/a.csv", {"备注"}, {}).error().code == errors::kNotWritten);
    CHECK(write_remarks("/nowhere/a.xlsx", {}, {}).error().code == errors::kNotWritten);
    out.rows = {{"短"}, {std::string(40'000, 'a')}};
    const auto refused = write_xlsx(folder.file(), out);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errors::kTooLarge);
    CHECK(refused.error().where == "A3");
    CHECK_FALSE(std::filesystem::exists(folder.file()));
}

TEST_CASE("a cell's name is read as it is written") {
    for (const Place place : {Place{0, 0}, Place{11, 2}, Place{99'999, 25}, Place{4, 26}}) {
        CHECK(place_of("走访!" + cell_name(place)) == place);
        CHECK(place_of(cell_name(place)) == place);
    }
    CHECK(cell_name({11, 2}) == "C12");
    for (const char* none :
         {"", "C", "12", "c12", "C0", "C12x", "走访!第12行", "AAAAAAAAAAAAAAAA1"})
        CHECK_FALSE(place_of(none));
    CHECK(row_of("走访!" + row_text(12)) == 12);
    CHECK(row_text(12) == "第12行");
    for (const char* none : {"", "第行", "C12", "第x行"}) CHECK_FALSE(row_of(none));
}

TEST_CASE("a copy with remarks holds the sheet, and a remark where something is wrong") {
    const Folder folder;
    WorkSheet sheet;
    sheet.name = "表";
    sheet.rows = {{"日期"}, {"2023-02-30"}};
    REQUIRE(
        write_remarks(folder.file(), sheet, {{{1, 0}, "没有这一天。"}, {{4, 2}, "这里空着。"}}));
    const auto sheets = read_xlsx(bytes_of(folder.file()));
    REQUIRE(sheets);
    CHECK((*sheets)[0].rows[1][0] == "2023-02-30");
    CHECK(bytes_of(folder.file()).find("xl/comments1.xml") != std::string::npos);
}

}  // namespace fazhi::exchange
