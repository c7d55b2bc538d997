#include "document/docx_package.h"

#include <algorithm>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "document/archive_reader.h"
#include "document/clean_text.h"
#include "document/docx_template.h"
#include "document/errors.h"
#include "document/xml_file.h"

namespace fazhi::document {

namespace {

// The first bytes of the format before DOCX, which passwords wrap a DOCX in as well.
constexpr std::string_view kOldContainer("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::string_view kTypes = "[Content_Types].xml";
constexpr std::string_view kText = "word/document.xml";
constexpr std::string_view kSettings = "word/settings.xml";

Refusal too_large() {
    return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                  fmt::format("模板文件太大：文件不超过{}兆字节，请缩小或去掉里面的图片。",
                              kTemplateBytesMax / 1'000'000));
}

Refusal not_whole() {
    return refuse(ErrorKind::InvalidInput, errors::kNotDocx,
                  "文件不是完好的 DOCX，请在文字处理软件里打开它，再“另存为”→“.docx”。");
}

Refusal locked() {
    return refuse(ErrorKind::InvalidInput, errors::kLocked,
                  "文件有密码，或者是旧的 .doc、.wps 格式；请打开后去掉密码，再“另存为”→“.docx”。");
}

std::string in_small_letters(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return out;
}

// As far as it takes to know it.
std::string shown(std::string_view target) {
    constexpr std::size_t kCharactersShown = 60;
    return utf8(code_points(clean_text(target)).substr(0, kCharactersShown));
}

Refusal refusal_of(ArchiveFault fault) {
    switch (fault) {
        case ArchiveFault::Locked:
            return locked();
        case ArchiveFault::TooMany:
        case ArchiveFault::UnpacksHuge:
            return too_large();
        case ArchiveFault::NotWhole:
        case ArchiveFault::None:
            break;
    }
    return not_whole();
}

Result<std::vector<ArchiveEntry>> parts_of(std::string_view docx) {
    if (docx.size() > kTemplateBytesMax) return too_large();
    if (docx.starts_with(kOldContainer)) return locked();
    ArchiveReader archive(docx,
                          {.entries_max = kDocxPartsMax, .unpacked_bytes_max = kUnpackedBytesMax});
    if (archive.fault() != ArchiveFault::None) return refusal_of(archive.fault());
    std::vector<ArchiveEntry> out;
    for (const std::string& name : archive.names()) {
        auto content = archive.content(name);
        if (!content) return refusal_of(archive.fault());
        out.push_back({name, *std::move(content)});
    }
    return out;
}

ArchiveEntry* part_named(std::vector<ArchiveEntry>& parts, std::string_view path) {
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [&](const ArchiveEntry& part) { return part.path == path; });
    return found == parts.end() ? nullptr : &*found;
}

Result<void> read_part(pugi::xml_document& document, const ArchiveEntry& part) {
    if (part.content.size() > kXmlPartBytesMax) return too_large();
    const XmlFault fault = read_xml(document, part.content);
    if (fault != XmlFault::None && fault != XmlFault::DocumentType) return not_whole();
    return {};
}

Result<void> check_macros(std::vector<ArchiveEntry>& parts) {
    const ArchiveEntry* types = part_named(parts, kTypes);
    if (types == nullptr || part_named(parts, kText) == nullptr) {
        return refuse(ErrorKind::InvalidInput, errors::kNotDocx,
                      "文件不是 DOCX 文档（里面没有正文），请检查是不是改过扩展名。");
    }
    bool has_macros = false;
    for (const ArchiveEntry& part : parts) {
        has_macros = has_macros || in_small_letters(part.path).find("vba") != std::string::npos;
    }
    pugi::xml_document document;
    TRY_OK(read_part(document, *types));
    for (const pugi::xml_node type : document.document_element().children()) {
        const std::string what = in_small_letters(type.attribute("ContentType").value());
        has_macros = has_macros || what.find("macroenabled") != std::string::npos ||
                     what.find("vbaproject") != std::string::npos;
    }
    if (!has_macros) return {};
    return refuse(ErrorKind::InvalidInput, errors::kHasMacros,
                  "文件里有宏，不能用作模板；请“另存为”→“.docx”（不带宏的文档）。");
}

// What the part refers to outside the file: links stay, the template it was made from is
// forgotten, anything else would be drawn in when the form is opened.
Result<void> check_relations(ArchiveEntry& part) {
    pugi::xml_document document;
    TRY_OK(read_part(document, part));
    bool changed = false;
    pugi::xml_node root = document.document_element();
    for (pugi::xml_node each = root.first_child(); each;) {
        const pugi::xml_node relation = each;
        each = each.next_sibling();
        const std::string_view type = relation.attribute("Type").value();
        if (type.ends_with("/attachedTemplate")) {
            root.remove_child(relation);
            changed = true;
            continue;
        }
        const std::string mode = in_small_letters(relation.attribute("TargetMode").value());
        if (mode != "external" || type.ends_with("/hyperlink")) continue;
        return refuse(ErrorKind::InvalidInput, errors::kDrawsFromElsewhere,
                      fmt::format("文件里有从外面引用的内容（{}），打开时会去取；"
                                  "请改为嵌入文件里，或者删去。",
                                  shown(relation.attribute("Target").value())));
    }
    if (changed) part.content = written_xml(document);
    return {};
}

Result<void> forget_own_template(ArchiveEntry& settings) {
    pugi::xml_document document;
    TRY_OK(read_part(document, settings));
    if (document.document_element().remove_child("w:attachedTemplate"))
        settings.content = written_xml(document);
    return {};
}

}  // namespace

Result<std::vector<ArchiveEntry>> unpack_docx(std::string_view docx) {
    TRY(auto parts, parts_of(docx));
    TRY_OK(check_macros(parts));
    for (ArchiveEntry& part : parts) {
        if (!in_small_letters(part.path).ends_with(".rels")) continue;
        TRY_OK(check_relations(part));
    }
    if (ArchiveEntry* settings = part_named(parts, kSettings)) {
        TRY_OK(forget_own_template(*settings));
    }
    return parts;
}

}  // namespace fazhi::document
