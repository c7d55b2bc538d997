#include "document/docx_package.h"

#include <algorithm>
#include <memory>
#include <new>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <pugixml.hpp>
#include <zip.h>

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

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* part) const { zip_fclose(part); }
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Part = std::unique_ptr<zip_file_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Discard>;

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

// A name that stays inside the container, whoever unpacks it.
bool is_safe(std::string_view name) {
    return !name.empty() && name.front() != '/' && name.find('\\') == std::string_view::npos &&
           name.find("..") == std::string_view::npos;
}

// The bytes as they unpack, whatever the container says of their number; nothing where they are
// broken or more than `most`.
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

Result<Archive> opened(std::string_view docx) {
    if (docx.size() > kTemplateBytesMax) return too_large();
    if (docx.starts_with(kOldContainer)) return locked();
    zip_error_t error;
    zip_error_init(&error);
    Source source(zip_source_buffer_create(docx.data(), docx.size(), 0, &error));
    if (!source) throw std::bad_alloc();
    Archive archive(zip_open_from_source(source.get(), ZIP_RDONLY, &error));
    if (!archive) return not_whole();
    source.release();  // NOLINT(bugprone-unused-return-value): the archive's now.
    return archive;
}

Result<std::vector<ArchiveEntry>> parts_of(zip_t* archive) {
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    if (count > static_cast<zip_int64_t>(kDocxPartsMax)) return too_large();
    std::vector<ArchiveEntry> out;
    std::set<std::string> names;
    std::size_t room = kUnpackedBytesMax;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        zip_stat_t stat;
        if (zip_stat_index(archive, index, 0, &stat) != 0 || stat.name == nullptr)
            return not_whole();
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 &&
            stat.encryption_method != ZIP_EM_NONE) {
            return locked();
        }
        const std::string_view name = stat.name;
        if (name.ends_with('/')) continue;  // a folder
        if (!is_safe(name) || !names.insert(in_small_letters(name)).second) return not_whole();
        if ((stat.valid & ZIP_STAT_SIZE) != 0 && stat.size > room) return too_large();
        auto content = unpacked(archive, index, room);
        if (!content) return not_whole();
        room -= content->size();
        out.push_back({std::string(name), *std::move(content)});
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
    if (!read_xml(document, part.content)) return not_whole();
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
    TRY(const Archive archive, opened(docx));
    TRY(auto parts, parts_of(archive.get()));
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
