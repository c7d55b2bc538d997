#include "review/read_characters.h"

#include <algorithm>

#include "document/characters.h"
#include "text/reading_form.h"

namespace fazhi::review {

namespace {

constexpr std::size_t kWideGapColumns = 3;
constexpr std::size_t kTabColumns = 8;

bool is_invisible(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool zero_width = (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x206F);
    const bool direction = (c >= 0x202A && c <= 0x202E) || c == 0x061C;
    return control || zero_width || direction || c == 0x00AD || c == 0xFEFF || c == 0x034F ||
           c == 0x180E;
}

bool is_letter(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= 0xC0 && c < 0x250);
}

// What stood between two characters that are seen.
struct Gap {
    std::size_t columns = 0;
    bool broken = false;  // the line ended
    Spot spot;            // of its first character
};

bool keeps_space(char32_t before, char32_t after, const Gap& gap) {
    if (gap.broken) return is_letter(before) && is_letter(after);
    if (gap.columns == 0) return false;
    if (gap.columns > kWideGapColumns) return true;
    const bool of_words = before < 0x80 && after < 0x80;
    return (of_words && after != U'%') || (is_letter(before) && is_letter(after));
}

class BlockText {
public:
    explicit BlockText(TextBlock& block) : block_(block) {}

    void add(char32_t character, Spot spot) {
        const bool goes_on = !block_.runs.empty() && next_ == spot;
        if (!goes_on) {
            block_.runs.push_back({static_cast<std::uint32_t>(block_.text.size()), spot});
        }
        block_.text += character;
        next_ = {spot.page, spot.line, spot.offset + 1};
    }

private:
    TextBlock& block_;
    Spot next_;
};

}  // namespace

bool is_space(char32_t c) {
    return c == U' ' || c == U'\t' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x202F || c == 0x205F || c == 0x1680 || c == U'\v' || c == U'\f';
}

bool is_digit(char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９');
}

bool is_blank(std::u32string_view line) {
    return std::all_of(line.begin(), line.end(),
                       [](char32_t c) { return is_space(c) || c == U'\n' || is_invisible(c); });
}

std::size_t columns_of(std::u32string_view line) {
    std::size_t columns = 0;
    for (const char32_t c : line) {
        if (c == U'\t') {
            columns += kTabColumns - columns % kTabColumns;
        } else if (is_space(c) || !is_invisible(c)) {
            columns += document::is_full_width(c) ? 2 : 1;
        }
    }
    return columns;
}

PlacedText placed(std::u32string_view line, Spot spot) {
    PlacedText out;
    out.reserve(line.size());
    append(out, line, spot);
    return out;
}

void append(PlacedText& text, const PlacedText& more) {
    text.insert(text.end(), more.begin(), more.end());
}

void append(PlacedText& text, std::u32string_view line, Spot spot) {
    for (const char32_t c : line) {
        text.push_back({c, spot});
        ++spot.offset;
    }
}

TextBlock block_of(BlockKind kind, int level, const PlacedText& text) {
    TextBlock block{.kind = kind, .level = level, .text = {}, .runs = {}, .place = {}};
    block.text.reserve(text.size());
    BlockText out(block);
    Gap gap;
    for (const auto& [character, spot] : text) {
        const bool breaks = character == U'\n';
        if (breaks || is_space(character)) {
            if (gap.columns == 0) gap.spot = spot;
            gap.broken = gap.broken || breaks;
            gap.columns += character == 0x3000 ? 2 : (character == U'\t' ? kTabColumns : 1);
            continue;
        }
        if (is_invisible(character)) continue;
        const char32_t form = text::reading_form(character);
        if (!block.text.empty() && keeps_space(block.text.back(), form, gap)) {
            out.add(U' ', gap.spot);
        }
        gap = {};
        out.add(form, spot);
    }
    return block;
}

}  // namespace fazhi::review
