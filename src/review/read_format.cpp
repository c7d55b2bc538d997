#include "review/read_format.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "review/errors.h"
#include "review/read_container.h"
#include "review/read_markdown.h"

namespace fazhi::review {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kPdfHeadWithin = 1'024;  // as readers of PDF look for it
constexpr std::size_t kHtmlHeadWithin = 4'096;

struct Signature {
    std::string_view begins;
    std::string_view name;
};

constexpr std::array<Signature, 8> kPictures{{{"\x89PNG\r\n\x1A\n", "PNG"},
                                              {"\xFF\xD8\xFF", "JPEG"},
                                              {"II*\0"sv, "TIFF"},
                                              {"MM\0*"sv, "TIFF"},
                                              {"BM", "BMP"},
                                              {"P4\n", "PBM"},
                                              {"P5\n", "PGM"},
                                              {"P6\n", "PPM"}}};
constexpr std::array<Signature, 6> kNotRead{{{"{\\rtf", "RTF"},
                                             {"7z\xBC\xAF\x27\x1C", "7z 压缩包"},
                                             {"Rar!\x1A\x07", "RAR 压缩包"},
                                             {"\x1F\x8B", "GZ 压缩包"},
                                             {"MIME-Version:", "网页存档（MHTML）"},
                                             {"From: <Saved by", "网页存档（MHTML）"}}};
constexpr std::string_view kOldContainer("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
// "EncryptedPackage" in UTF-16: a DOCX with a password is wrapped in the old container.
constexpr std::string_view kEncrypted("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);

template <std::size_t kCount>
std::optional<std::string_view> found_in(const std::array<Signature, kCount>& signatures,
                                         std::string_view bytes) {
    for (const Signature& each : signatures) {
        if (bytes.starts_with(each.begins)) return each.name;
    }
    return std::nullopt;
}

Refusal not_read(std::string_view what) {
    return refuse(
        ErrorKind::InvalidInput, errors::kFormatNotRead,
        fmt::format("文件是{}，不能读取；请另存为 DOCX、PDF、OFD、网页或文字文件。", what));
}

Result<FileFormat> format_of_container(std::string_view bytes) {
    TRY(const auto archive, open_container(bytes));
    if (archive.has("word/document.xml")) return FileFormat::Docx;
    if (archive.has("OFD.xml")) return FileFormat::Ofd;
    if (archive.has("xl/workbook.xml")) return not_read("电子表格（XLSX）");
    if (archive.has("ppt/presentation.xml")) return not_read("演示文稿（PPTX）");
    if (archive.has("content.xml")) return not_read(" OpenDocument 文档（ODT 等）");
    return not_read("压缩包");
}

// The element or the declaration that begins a page, comments and blanks before it apart.
bool begins_as_html(std::string_view bytes) {
    const std::string head = in_small_letters(bytes.substr(0, kHtmlHeadWithin));
    std::string_view rest = head;
    if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
    for (;;) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
        const bool is_comment = rest.starts_with("<!--");
        if (!is_comment && !rest.starts_with("<?xml")) break;
        const std::string_view close = is_comment ? "-->"sv : "?>"sv;
        const std::size_t end = rest.find(close);
        if (end == std::string_view::npos) return false;
        rest.remove_prefix(end + close.size());
    }
    constexpr std::array kBegins{"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv,
                                 "<meta"sv,          "<div"sv,  "<p>"sv,   "<table"sv};
    return std::any_of(kBegins.begin(), kBegins.end(),
                       [&](std::string_view each) { return rest.starts_with(each); });
}

std::string ending_of(std::string_view name) {
    const std::size_t point = name.rfind('.');
    if (point == std::string_view::npos) return {};
    return in_small_letters(name.substr(point + 1));
}

struct Ending {
    std::string_view ending;
    FileFormat format;
};
constexpr std::array<Ending, 15> kEndings{{{"pdf", FileFormat::Pdf},
                                           {"docx", FileFormat::Docx},
                                           {"docm", FileFormat::Docx},
                                           {"ofd", FileFormat::Ofd},
                                           {"html", FileFormat::Html},
                                           {"htm", FileFormat::Html},
                                           {"md", FileFormat::Markdown},
                                           {"markdown", FileFormat::Markdown},
                                           {"txt", FileFormat::Text},
                                           {"png", FileFormat::Picture},
                                           {"jpg", FileFormat::Picture},
                                           {"jpeg", FileFormat::Picture},
                                           {"tif", FileFormat::Picture},
                                           {"tiff", FileFormat::Picture},
                                           {"bmp", FileFormat::Picture}}};

bool is_text(FileFormat format) {
    return format == FileFormat::Text || format == FileFormat::Markdown;
}

}  // namespace

Result<FileFormat> format_of(std::string_view name, std::string_view bytes) {
    if (bytes.empty()) {
        return refuse(ErrorKind::InvalidInput, errors::kNotText, "文件是空的，请重新选择。");
    }
    if (bytes.substr(0, kPdfHeadWithin).find("%PDF-") != std::string_view::npos)
        return FileFormat::Pdf;
    if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06"))
        return format_of_container(bytes);
    if (bytes.starts_with(kOldContainer)) {
        if (bytes.find(kEncrypted) == std::string_view::npos)
            return not_read("旧格式的办公文档（.doc、.wps 等）");
        return refuse(ErrorKind::InvalidInput, errors::kLocked,
                      "文件有打开密码，请去掉密码后再试。");
    }
    if (found_in(kPictures, bytes)) return FileFormat::Picture;
    if (const auto what = found_in(kNotRead, bytes)) return not_read(*what);
    if (begins_as_html(bytes)) return FileFormat::Html;
    const std::string ending = ending_of(name);
    const bool is_markdown = ending == "md" || ending == "markdown" || has_markdown_heading(bytes);
    return is_markdown ? FileFormat::Markdown : FileFormat::Text;
}

std::string_view title_of(FileFormat format) {
    switch (format) {
        case FileFormat::Pdf:
            return "PDF";
        case FileFormat::Docx:
            return "Word 文档（DOCX）";
        case FileFormat::Ofd:
            return "OFD";
        case FileFormat::Html:
            return "网页";
        case FileFormat::Markdown:
            return "Markdown 文字";
        case FileFormat::Text:
            return "文字文件";
        case FileFormat::Picture:
            return "图片";
    }
    return {};
}

bool is_renamed(std::string_view name, FileFormat format) {
    const std::string ending = ending_of(name);
    const auto* const said =
        std::find_if(kEndings.begin(), kEndings.end(),
                     [&](const Ending& each) { return each.ending == ending; });
    if (said == kEndings.end() || (is_text(said->format) && is_text(format))) return false;
    return said->format != format;
}

}  // namespace fazhi::review
