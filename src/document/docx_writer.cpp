#include "document/docx_writer.h"

#include <fmt/format.h>

#include "document/clean_text.h"
#include "document/docx_body.h"
#include "document/docx_chart.h"
#include "document/docx_parts.h"
#include "document/zip_archive.h"

namespace fazhi::document {

std::string write_docx(const Document& document) {
    const Document ready = cleaned(document);
    const DocxBody body = docx_body(ready);
    const bool has_header = !ready.draft_mark.empty();
    const std::size_t charts = body.charts.size();
    std::vector<ArchiveEntry> parts{
        {"[Content_Types].xml", docx_content_types(charts, has_header)},
        {"_rels/.rels", docx_package_relations()},
        {"docProps/core.xml", docx_core_properties(ready)},
        {"word/document.xml", body.document_xml},
        {"word/_rels/document.xml.rels", docx_relations(charts, has_header)},
        {"word/styles.xml", docx_styles()},
        {"word/settings.xml", docx_settings()},
        {"word/fontTable.xml", docx_font_table()},
        {"word/footer1.xml", docx_footer(true)},
        {"word/footer2.xml", docx_footer(false)}};
    if (has_header) parts.push_back({"word/header1.xml", docx_header(ready.draft_mark)});
    for (std::size_t n = 0; n < charts; ++n) {
        parts.push_back(
            {fmt::format("word/charts/chart{}.xml", n + 1), docx_chart(body.charts[n])});
    }
    return zip_archive(parts);
}

}  // namespace fazhi::document
