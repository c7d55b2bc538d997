#include "review/testing/source_from.h"

#include <algorithm>

#include "review/plain_text.h"
#include "review/prose.h"

namespace fazhi::review {
namespace {

bool is_page_number(std::u32string_view line) {
    return std::all_of(line.begin(), line.end(),
                       [](char32_t c) { return is_ascii_digit(c) || is_one_of(c, U" —-"); });
}

// 一、 （一） 第一 and the like begin a paragraph.
bool begins_paragraph(std::u32string_view line) {
    if (line.starts_with(U"（") && line.size() > 2 && is_chinese_digit(line[1])) return true;
    std::size_t end = 0;
    while (end < line.size() && is_chinese_digit(line[end])) ++end;
    return end > 0 && end < line.size() && line[end] == U'、';
}

std::u32string_view trimmed(std::u32string_view line) {
    while (!line.empty() && is_one_of(line.front(), U" \u3000\t")) line.remove_prefix(1);
    while (!line.empty() && is_one_of(line.back(), U" \u3000\t")) line.remove_suffix(1);
    return line;
}

}  // namespace

SourceText source_from_broken_lines(std::string_view utf8) {
    SourceText out{.format = "text"};
    bool ended = true;
    for (TextBlock& line : paragraphs_of(utf8).blocks) {
        const std::u32string text(trimmed(line.text));
        if (is_page_number(text)) continue;
        // A full line holds some 25 to 40 characters; a title's or a heading's last one fewer.
        const bool is_short = text.size() < 24;
        if (!ended && !begins_paragraph(text) && !out.blocks.empty()) {
            TextBlock& last = out.blocks.back();
            last.runs.push_back(
                {static_cast<std::uint32_t>(last.text.size()), line.runs.front().spot});
            last.text += text;
        } else {
            line.text = text;
            out.blocks.push_back(std::move(line));
        }
        ended = is_short || is_one_of(text.back(), U"。：；");
    }
    return out;
}

}  // namespace fazhi::review
