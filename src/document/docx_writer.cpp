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
    const DocxExtras extras{.charts = body.charts.size(),
                            .has_header = !ready.draft_mark.empty(),
                            .has_comments = !ready.comments.empty()};
    std::vector<ArchiveEntry> parts{{"[Content_Types].xml", docx_content_types(extras)},
                                    {"_rels/.rels", docx_package_relations()},
                                    {"docProps/core.xml", docx_core_properties(ready)},
                                    {"word/document.xml", body.document_xml},
                                    {"word/_rels/document.xml.rels", docx_relations(extras)},
                                    {"word/styles.xml", docx_styles()},
                                    {"word/settings.xml", docx_settings()},
                                    {"word/fontTable.xml", docx_font_table()},
                                    {"word/footer1.xml", docx_footer(true)},
                                    {"word/footer2.xml", docx_footer(false)}};
    if (extras.has_header) parts.push_back({"word/header1.xml", docx_header(ready.draft_mark)});
    if (extras.has_comments) parts.push_back({"word/comments.xml", docx_comments(ready.comments)});
    for (std::size_t n = 0; n < extras.charts; ++n) {
        parts.push_back(
            {fmt::format("word/charts/chart{}.xml", n + 1), docx_chart(body.charts[n])});
    }
    return zip_archive(parts);
}

}  // namespace fazhi::document
