#include "review/read_docx.h"

#include <algorithm>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "review/errors.h"
#include "review/read_container.h"
#include "review/read_docx_body.h"

namespace fazhi::review {

namespace {

constexpr std::string_view kTypes = "[Content_Types].xml";

// What runs, or may be run, when the file is opened.
Result<void> check_macros(document::ArchiveReader& archive) {
    pugi::xml_document types;
    TRY_OK(read_part(archive, kTypes, Part::Needed, types));
    const std::vector<std::string>& names = archive.names();
    bool has_macros = std::any_of(names.begin(), names.end(), [](const std::string& name) {
        return in_small_letters(name).find("vba") != std::string::npos;
    });
    for (const pugi::xml_node type : types.document_element().children()) {
        const std::string what = in_small_letters(type.attribute("ContentType").value());
        has_macros = has_macros || what.find("macroenabled") != std::string::npos ||
                     what.find("vbaproject") != std::string::npos;
    }
    if (!has_macros) return {};
    return refuse(ErrorKind::InvalidInput, errors::kHasMacros,
                  "文件里有宏，不予读取；请“另存为”→“.docx”（不带宏的文档）后再试。");
}

void note_embedded(const std::vector<std::string>& names, SourceText& out) {
    const auto count = std::count_if(names.begin(), names.end(), [](const std::string& name) {
        return name.starts_with("word/embeddings/");
    });
    if (count == 0) return;
    out.notices.push_back(
        {"embedded_file", fmt::format("文件里嵌有{}个其他文件，没有读取。", count), {}});
}

}  // namespace

Result<SourceText> read_docx(std::string_view bytes) {
    TRY(auto archive, open_container(bytes));
    TRY_OK(check_macros(archive));
    pugi::xml_document document;
    pugi::xml_document styles;
    pugi::xml_document numbering;
    pugi::xml_document footnotes;
    pugi::xml_document endnotes;
    TRY_OK(read_part(archive, "word/document.xml", Part::Needed, document));
    TRY_OK(read_part(archive, "word/styles.xml", Part::Optional, styles));
    TRY_OK(read_part(archive, "word/numbering.xml", Part::Optional, numbering));
    TRY_OK(read_part(archive, "word/footnotes.xml", Part::Optional, footnotes));
    TRY_OK(read_part(archive, "word/endnotes.xml", Part::Optional, endnotes));
    SourceText out = text_of_docx({document, styles, numbering, footnotes, endnotes});
    note_embedded(archive.names(), out);
    if (!out.blocks.empty()) return out;
    return refuse(ErrorKind::InvalidInput, errors::kNoText,
                  "文件里没有文字；如果正文是图片，请改交 PDF 或图片文件。");
}

}  // namespace fazhi::review
