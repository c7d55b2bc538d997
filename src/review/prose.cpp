#include "review/prose.h"

#include <algorithm>

#include "base/invariant.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

constexpr std::u32string_view kClauseMarks = U"，。；：！？,;:!?\n（）()";
constexpr std::u32string_view kSentenceMarks = U"。；！？;!?\n";

// Digits and letters in half width; marks as they are, but those that belong to numbers.
char32_t folded(char32_t c) {
    const bool letter_or_digit =
        (c >= U'０' && c <= U'９') || (c >= U'Ａ' && c <= U'Ｚ') || (c >= U'ａ' && c <= U'ｚ');
    if (letter_or_digit || c == U'％' || c == U'＋') return c - 0xFEE0;
    return c == U'　' || c == U'\t' || c == U'\u00A0' ? U' ' : c;
}

// A mark of the byte order, which a text may begin with, and other characters of no width.
bool has_no_width(char32_t c) {
    return c == U'\uFEFF' || c == U'\u200B';
}

bool is_ascii_word(char32_t c) {
    return c > U' ' && c < 0x7F;
}

constexpr std::uint32_t kStride = 32;  // characters of a stretch

}  // namespace

Prose::Prose(const SourceText& source) : source_(&source) {
    std::size_t size = 0;
    for (const TextBlock& block : source.blocks) size += block.text.size() + 1;
    text_.reserve(size);
    origins_.reserve(size);
    for (std::size_t i = 0; i < source.blocks.size(); ++i)
        add(source.blocks[i], static_cast<std::uint32_t>(i));
    find_marks();
}

// A space stays only between two words of Latin letters or digits; ** and leading # are a plain
// text's marks of emphasis and headings.
void Prose::add(const TextBlock& block, std::uint32_t number) {
    const auto begin = static_cast<std::uint32_t>(text_.size());
    const std::u32string& from = block.text;
    int level = block.kind == BlockKind::Heading ? block.level : 0;
    BlockKind kind = block.kind;
    std::size_t at = 0;
    while (at < from.size() && folded(from[at]) == U' ') ++at;
    std::size_t marks = at;
    while (marks < from.size() && from[marks] == U'#') ++marks;
    if (marks > at && marks < from.size() && folded(from[marks]) == U' ') {
        level = static_cast<int>(marks - at);
        kind = BlockKind::Heading;
        at = marks;
    }
    for (; at < from.size(); ++at) {
        const bool in_number = from[at] == U'．' && text_.size() > begin &&
                               is_ascii_digit(text_.back()) && at + 1 < from.size() &&
                               is_ascii_digit(folded(from[at + 1]));
        const char32_t c = in_number ? U'.' : folded(from[at]);
        if (has_no_width(c)) continue;
        if (c == U'*' && at + 1 < from.size() && from[at + 1] == U'*') {
            ++at;
            continue;
        }
        if (c == U' ' || c == U'\n' || c == U'\r') {
            const bool between = text_.size() > begin && is_ascii_word(text_.back()) &&
                                 at + 1 < from.size() && is_ascii_word(folded(from[at + 1]));
            if (!between) continue;
        }
        text_ += c == U'\n' || c == U'\r' ? U' ' : c;
        origins_.push_back(static_cast<std::uint32_t>(at));
    }
    const auto end = static_cast<std::uint32_t>(text_.size());
    if (end == begin) return;
    text_ += U'\n';
    origins_.push_back(static_cast<std::uint32_t>(from.size() - 1));
    paragraphs_.push_back({{begin, end}, kind, level, number});
}

std::size_t Prose::paragraph_at(std::uint32_t at) const {
    INVARIANT(at < text_.size());
    const auto next = std::upper_bound(
        paragraphs_.begin(), paragraphs_.end(), at,
        [](std::uint32_t place, const ProseParagraph& each) { return place < each.extent.begin; });
    return static_cast<std::size_t>(next - paragraphs_.begin()) - 1;
}

std::u32string_view Prose::view(Extent extent) const {
    return std::u32string_view(text_).substr(extent.begin, extent.size());
}

std::string Prose::utf8(Extent extent) const {
    return text::from_code_points(view(extent));
}

Spot Prose::spot(std::uint32_t at) const {
    const ProseParagraph& paragraph = paragraphs_[paragraph_at(at)];
    return spot_of(source_->blocks[paragraph.block], origins_[at]);
}

void Prose::find_marks() {
    for (std::uint32_t at = 0; at < text_.size(); ++at) {
        const char32_t c = text_[at];
        if (c >= 0x3400 && c < 0xFF00) continue;  // Chinese characters: no marks
        if (is_one_of(c, kClauseMarks)) clause_marks_.add(at);
        if (is_one_of(c, kSentenceMarks)) sentence_marks_.add(at);
    }
    clause_marks_.end(text_.size());
    sentence_marks_.end(text_.size());
}

void Prose::Bounds::add(std::uint32_t mark) {
    while (first_.size() * kStride <= mark)
        first_.push_back(static_cast<std::uint32_t>(marks_.size()));
    marks_.push_back(mark);
}

void Prose::Bounds::end(std::size_t size) {
    add(static_cast<std::uint32_t>(size));
}

Extent Prose::Bounds::around(std::uint32_t at) const {
    if (at > marks_.back()) return {marks_.back(), marks_.back()};
    std::uint32_t next = first_[at / kStride];
    while (marks_[next] < at) ++next;
    return {next == 0 ? 0 : marks_[next - 1] + 1, marks_[next]};
}

Extent Prose::clause(std::uint32_t at) const {
    return clause_marks_.around(at);
}

Extent Prose::sentence(std::uint32_t at) const {
    return sentence_marks_.around(at);
}

}  // namespace fazhi::review
