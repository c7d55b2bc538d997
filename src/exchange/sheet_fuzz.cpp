// Any text as the sheet of an otherwise whole XLSX file, its strings behind a zero byte: read, or
// refused. Past the container's checksums, which bytes changed at random never get through.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zip.h>

#include "exchange/table.h"
#include "exchange/xlsx_reader.h"

namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

// The names of the format are long: each is put together once.
const std::string kPackage = "http://schemas.openxmlformats.org/package/2006/";
const std::string kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const std::string kType = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

std::string types() {
    const auto part = [](const std::string& name, const std::string& kind) {
        return "<Override PartName=\"/xl/" + name + ".xml\" ContentType=\"" + kType + kind +
               "+xml\"/>";
    };
    return "<Types xmlns=\"" + kPackage + "content-types\">" +
           "<Default Extension=\"xml\" ContentType=\"application/xml\"/>" +
           part("workbook", "sheet.main") + part("worksheets/sheet1", "worksheet") +
           part("sharedStrings", "sharedStrings") + "</Types>";
}

std::string relations(const std::vector<std::pair<std::string, std::string>>& targets) {
    std::string out = "<Relationships xmlns=\"" + kPackage + "relationships\">";
    for (std::size_t i = 0; i < targets.size(); ++i) {
        out += "<Relationship Id=\"r" + std::to_string(i + 1) + "\" Type=\"" + kOffice + "/" +
               targets[i].first + "\" Target=\"" + targets[i].second + "\"/>";
    }
    return out + "</Relationships>";
}

std::string workbook() {
    return "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
           "xmlns:r=\"" +
           kOffice + "\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
}

std::string packed(const Parts& parts) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (buffer == nullptr) std::abort();
    zip_source_keep(buffer);  // Read after the archive is closed.
    zip_t* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    if (archive == nullptr) std::abort();
    for (const auto& [name, bytes] : parts) {
        zip_source_t* part = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
        const zip_int64_t index = zip_file_add(archive, name.c_str(), part, ZIP_FL_ENC_UTF_8);
        if (index < 0) std::abort();
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    }
    if (zip_close(archive) != 0 || zip_source_open(buffer) != 0) std::abort();
    zip_source_seek(buffer, 0, SEEK_END);
    std::string out(static_cast<std::size_t>(zip_source_tell(buffer)), '\0');
    zip_source_seek(buffer, 0, SEEK_SET);
    zip_source_read(buffer, out.data(), out.size());
    zip_source_close(buffer);
    zip_source_free(buffer);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t zero = all.find('\0');
    const std::string strings =
        zero == std::string_view::npos ? std::string() : std::string(all.substr(zero + 1));
    const std::string file =
        packed({{"[Content_Types].xml", types()},
                {"_rels/.rels", relations({{"officeDocument", "xl/workbook.xml"}})},
                {"xl/workbook.xml", workbook()},
                {"xl/_rels/workbook.xml.rels", relations({{"worksheet", "worksheets/sheet1.xml"},
                                                          {"sharedStrings", "sharedStrings.xml"}})},
                {"xl/worksheets/sheet1.xml", std::string(all.substr(0, zero))},
                {"xl/sharedStrings.xml", strings}});
    const auto sheets = fazhi::exchange::read_xlsx(file);
    if (!sheets) return 0;
    for (const auto& sheet : *sheets)
        static_cast<void>(fazhi::exchange::table_of(sheet, {"日期", "单位"}));
    return 0;
}
