#include "review/read_container.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "document/xml_file.h"
#include "review/errors.h"
#include "review/read_limits.h"

namespace fazhi::review {

namespace {

Refusal not_whole(std::string_view what) {
    return refuse(ErrorKind::InvalidInput, errors::kNotWhole,
                  fmt::format("文件不完整或已损坏（{}），请重新导出或另存后再试。", what));
}

Refusal hostile(std::string_view what) {
    return refuse(
        ErrorKind::InvalidInput, errors::kHostile,
        fmt::format("文件内容异常（{}），为安全起见不予读取；请用办公软件打开后另存，再试。",
                    what));
}

Refusal refusal_of(document::ArchiveFault fault) {
    using document::ArchiveFault;
    switch (fault) {
        case ArchiveFault::Locked:
            return refuse(ErrorKind::InvalidInput, errors::kLocked,
                          "文件已加密，请去掉密码后再试。");
        case ArchiveFault::TooMany:
            return hostile(fmt::format("里面的部件超过{}个", kPartsMax));
        case ArchiveFault::UnpacksHuge:
            return hostile(fmt::format("解压后超过{}兆字节", kUnpackedBytesMax / 1'000'000));
        case ArchiveFault::NotWhole:
        case ArchiveFault::None:
            break;
    }
    return not_whole("压缩包打不开");
}

}  // namespace

Result<document::ArchiveReader> open_container(std::string_view bytes) {
    document::ArchiveReader archive(
        bytes, {.entries_max = kPartsMax, .unpacked_bytes_max = kUnpackedBytesMax});
    if (archive.fault() != document::ArchiveFault::None) return refusal_of(archive.fault());
    return archive;
}

Result<void> read_part(document::ArchiveReader& archive, std::string_view name, Part need,
                       pugi::xml_document& into) {
    const auto content = archive.content(name);
    if (!content && archive.fault() != document::ArchiveFault::None)
        return refusal_of(archive.fault());
    if (!content && need == Part::Needed) return not_whole(fmt::format("缺少 {}", name));
    if (!content) return {};
    if (content->size() > kXmlBytesMax) {
        return hostile(fmt::format("{} 超过{}兆字节", name, kXmlBytesMax / 1'000'000));
    }
    switch (document::read_xml(into, *content)) {
        case document::XmlFault::None:
            return {};
        case document::XmlFault::NotWellFormed:
            return not_whole(fmt::format("{} 读不通", name));
        case document::XmlFault::DocumentType:
            return hostile(fmt::format("{} 里定义了实体", name));
        case document::XmlFault::TooDeep:
            break;
    }
    return hostile(fmt::format("{} 的嵌套超过{}层", name, document::kXmlDepthMax));
}

std::string_view local_name(const pugi::xml_node& node) {
    const char* name = node.name();
    const char* colon = std::strchr(name, ':');
    return colon == nullptr ? name : colon + 1;
}

std::string in_small_letters(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return out;
}

}  // namespace fazhi::review
