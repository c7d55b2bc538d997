#include "review/reader.h"

#include <fmt/format.h>

#include "review/errors.h"
#include "review/read_docx.h"
#include "review/read_format.h"
#include "review/read_html.h"
#include "review/read_limits.h"
#include "review/read_markdown.h"
#include "review/read_ocr.h"
#include "review/read_ofd.h"
#include "review/read_pdf.h"
#include "review/read_plain_text.h"

namespace fazhi::review {

namespace {

Result<SourceText> read_as(FileFormat format, std::string_view bytes) {
    switch (format) {
        case FileFormat::Pdf:
            return read_pdf(bytes);
        case FileFormat::Docx:
            return read_docx(bytes);
        case FileFormat::Ofd:
            return read_ofd(bytes);
        case FileFormat::Html:
            return read_html(bytes);
        case FileFormat::Markdown:
            return read_markdown(bytes);
        case FileFormat::Picture:
            return read_picture(bytes);
        case FileFormat::Text:
            break;
    }
    return read_plain_text(bytes);
}

}  // namespace

Result<SourceText> read_source(std::string_view name, std::string_view bytes) {
    if (bytes.size() > kFileBytesMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("文件不能超过{}兆字节，请缩小图片或分成几个文件。",
                                  kFileBytesMax / 1'000'000));
    }
    TRY(const FileFormat format, format_of(name, bytes));
    TRY(SourceText out, read_as(format, bytes));
    std::size_t characters = 0;
    for (const TextBlock& block : out.blocks) characters += block.text.size();
    if (characters > kCharactersMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("文字超过{}万字，请分成几个文件。", kCharactersMax / 10'000));
    }
    if (is_renamed(name, format)) {
        out.notices.push_back(
            {"renamed",
             fmt::format("文件的内容是{}，与文件名不符，按内容读取。", title_of(format)),
             {}});
    }
    return out;
}

}  // namespace fazhi::review
