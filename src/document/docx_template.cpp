#include "document/docx_template.h"

#include <set>

#include "document/docx_package.h"
#include "document/docx_part.h"

namespace fazhi::document {

namespace {

// The body, headers, footers and notes.
bool has_text(std::string_view path) {
    if (!path.starts_with("word/") || !path.ends_with(".xml")) return false;
    path.remove_prefix(5);
    return path == "document.xml" || path == "footnotes.xml" || path == "endnotes.xml" ||
           ((path.starts_with("header") || path.starts_with("footer")) &&
            path.find('/') == std::string_view::npos);
}

}  // namespace

Result<std::vector<std::string>> marks_of_docx(std::string_view docx) {
    TRY(const auto parts, unpack_docx(docx));
    std::vector<std::string> out;
    std::set<std::string> known;
    for (const ArchiveEntry& part : parts) {
        if (!has_text(part.path)) continue;
        TRY(const auto names, marks_of_part(part));
        for (const std::string& name : names) {
            if (known.insert(name).second) out.push_back(name);
        }
    }
    return out;
}

Result<std::string> fill_docx(std::string_view docx, const TemplateFill& fill) {
    TRY(auto parts, unpack_docx(docx));
    FillRoom room;
    for (ArchiveEntry& part : parts) {
        if (!has_text(part.path)) continue;
        TRY(part.content, fill_part(part, fill, room));
    }
    return zip_archive(parts);
}

}  // namespace fazhi::document
