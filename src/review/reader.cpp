#include "review/reader.h"

#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "review/errors.h"
#include "review/plain_text.h"
#include "text/encoding.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

Refusal not_text(const std::filesystem::path& path) {
    return refuse(ErrorKind::InvalidInput, errors::kNotText,
                  fmt::format("{} 不是文本文件，请另存为 TXT 再审查。", path.string()));
}

}  // namespace

Result<SourceText> read_source(const std::filesystem::path& path) {
    std::error_code failed;
    const std::uintmax_t size = std::filesystem::file_size(path, failed);
    if (!failed && size > kSourceBytesMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("{} 超过 {} 字节。", path.string(), kSourceBytesMax));
    }
    std::ifstream in(path, std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (failed || in.bad() || bytes.size() != size) {
        return refuse(ErrorKind::Unavailable, errors::kUnreadable,
                      fmt::format("读不了文件 {}。", path.string()));
    }
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (bytes.starts_with(kByteOrderMark)) bytes.erase(0, kByteOrderMark.size());
    if (std::find(bytes.begin(), bytes.end(), '\0') != bytes.end()) return not_text(path);
    if (!text::valid_utf8(bytes)) {
        auto converted = text::from_gb18030(bytes);
        if (!converted) return not_text(path);
        bytes = *std::move(converted);
    }
    SourceText out = paragraphs_of(bytes);
    if (path.extension() == ".md") out.format = "markdown";
    return out;
}

}  // namespace fazhi::review
