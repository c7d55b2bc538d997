#include "review/read_plain_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "review/errors.h"
#include "review/read_limits.h"
#include "review/read_lines.h"
#include "text/encoding.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Refusal not_text(std::string_view why) {
    return refuse(ErrorKind::InvalidInput, errors::kNotText,
                  fmt::format("读不出文字：{}；请在记事本里打开，“另存为”时选 UTF-8 编码。", why));
}

std::string with_plain_line_ends(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            out += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            out += '\n';
        }
    }
    return out;
}

std::u32string_view without_end(std::u32string_view line) {
    while (!line.empty() && is_blank(line.substr(line.size() - 1))) line.remove_suffix(1);
    return line;
}

// In em, as if the file were shown in a fixed pitch.
SourceLine line_of(std::u32string_view line, std::uint32_t number, bool after_gap) {
    line = without_end(line);
    std::size_t blanks = 0;
    while (blanks < line.size() && is_space(line[blanks])) ++blanks;
    SourceLine out;
    out.text = placed(line, {1, number, 0});
    out.left = static_cast<double>(columns_of(line.substr(0, blanks))) / 2;
    out.right = static_cast<double>(columns_of(line)) / 2;
    out.after_gap = after_gap;
    return out;
}

// How many lines reach as far as the longest does.
template <class Measure>
std::size_t count_longest(const std::vector<SourceLine>& lines, const Measure& measure) {
    std::size_t longest = 0;
    std::size_t count = 0;
    for (const SourceLine& line : lines) {
        const std::size_t length = measure(line);
        if (length > longest) count = 0;
        longest = std::max(longest, length);
        count += length == longest ? 1 : 0;
    }
    return count;
}

// A program that broke lines after so many characters, whatever their width, shows in lines of one
// number of characters; then each takes an em.
void measure_in_characters(std::vector<SourceLine>& lines) {
    const auto characters = [](const SourceLine& line) { return line.text.size(); };
    const auto half_ems = [](const SourceLine& line) {
        return static_cast<std::size_t>(line.right * 2);
    };
    constexpr std::size_t kShare = 3;  // at least one line in so many
    const std::size_t longest = count_longest(lines, characters);
    if (longest * kShare < lines.size() || longest <= count_longest(lines, half_ems)) return;
    for (SourceLine& line : lines) {
        std::size_t blanks = 0;
        while (blanks < line.text.size() && is_space(line.text[blanks].character)) ++blanks;
        line.left = static_cast<double>(blanks);
        line.right = static_cast<double>(line.text.size());
    }
}

// A page's number stands alone: between blank lines, at an end of the file or of a page.
std::vector<SourceLine> lines_of(std::u32string_view text) {
    std::vector<SourceLine> out;
    bool after_gap = false;
    std::uint32_t number = 0;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(U'\n', begin), text.size());
        const std::u32string_view line = text.substr(begin, end - begin);
        begin = end + 1;
        ++number;
        const bool at_page_end = line.find(U'\f') != std::u32string_view::npos;
        if (is_blank(line)) {
            after_gap = true;
        } else if (!is_page_number(line, at_page_end ? Bare::Yes : Bare::No)) {
            out.push_back(line_of(line, number, after_gap));
            after_gap = false;
        }
    }
    measure_in_characters(out);
    return out;
}

}  // namespace

Result<std::string> decoded_text(std::string_view bytes) {
    if (bytes.size() > kTextFileBytesMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooLarge,
                      fmt::format("文字文件不能超过{}兆字节，请分成几个文件。",
                                  kTextFileBytesMax / 1'000'000));
    }
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return not_text("文件是 UTF-16（记事本里叫“Unicode”）编码");
    if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
    if (bytes.find('\0') != std::string_view::npos) return not_text("文件不是文字文件");
    if (text::valid_utf8(bytes)) return with_plain_line_ends(bytes);
    const auto converted = text::from_gb18030(bytes);
    if (!converted) return not_text("文件既不是 UTF-8 也不是 GB18030 编码，或者不完整");
    return with_plain_line_ends(*converted);
}

Result<SourceText> read_plain_text(std::string_view bytes) {
    TRY(const std::string decoded, decoded_text(bytes));
    SourceText out{.format = "text", .pages = 1, .blocks = {}, .notices = {}};
    for (const PlacedText& paragraph : joined_paragraphs(lines_of(text::code_points(decoded)))) {
        TextBlock block = block_of(BlockKind::Paragraph, 0, paragraph);
        if (!block.text.empty()) out.blocks.push_back(std::move(block));
    }
    join_parted(out.blocks);
    if (!out.blocks.empty()) return out;
    return refuse(ErrorKind::InvalidInput, errors::kNoText, "文件里没有文字。");
}

}  // namespace fazhi::review
