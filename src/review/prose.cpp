#include "review/prose.h"

#include <algorithm>

#include "base/invariant.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

constexpr std::u32string_view kClauseMarks = U"，。；：！？,;:!?\n（）()";
// All of them also end clauses.
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
    text_.resize(size);
    origins_.resize(size);
    for (std::size_t i = 0; i < source.blocks.size(); ++i)
        add(source.blocks[i], static_cast<std::uint32_t>(i));
    text_.resize(size_);
    origins_.resize(size_);
    find_marks();
}

void Prose::put(char32_t character, std::size_t origin) {
    text_[size_] = character;
    origins_[size_] = static_cast<std::uint32_t>(origin);
    ++size_;
}

// A space stays only between two words of Latin letters or digits; ** and leading # are a plain
// text's marks of emphasis and headings.
void Prose::add(const TextBlock& block, std::uint32_t number) {
    const std::uint32_t begin = size_;
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
    const auto last = [&] { return size_ > begin ? text_[size_ - 1] : U'\n'; };
    const auto next = [&] { return at + 1 < from.size() ? folded(from[at + 1]) : U'\n'; };
    for (; at < from.size(); ++at) {
        if (is_han(from[at])) {
            put(from[at], at);
            continue;
        }
        const bool in_number =
            from[at] == U'．' && is_ascii_digit(last()) && is_ascii_digit(next());
        const char32_t c = in_number ? U'.' : folded(from[at]);
        if (has_no_width(c)) continue;
        if (c == U'*' && at + 1 < from.size() && from[at + 1] == U'*') {
            ++at;
            continue;
        }
        const bool space = c == U' ' || c == U'\n' || c == U'\r';
        if (space && !(is_ascii_word(last()) && is_ascii_word(next()))) continue;
        put(space ? U' ' : c, at);
    }
    const Extent extent{begin, size_};
    if (extent.empty()) return;
    put(U'\n', from.size() - 1);
    paragraphs_.push_back({extent, kind, level, number});
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
        if (is_han(c) || is_ascii_digit(c)) continue;
        titles_.meet(c, at, U'《', U'》');
        quotes_.meet(c, at, U'“', U'”');
        if (!is_one_of(c, kClauseMarks)) continue;
        clause_marks_.add(at);
        if (is_one_of(c, kSentenceMarks)) sentence_marks_.add(at);
    }
    clause_marks_.end(text_.size());
    sentence_marks_.end(text_.size());
}

void Prose::Brackets::meet(char32_t c, std::uint32_t at, char32_t open, char32_t close) {
    if (c == U'\n') {
        depth = 0;
    } else if (c == open && depth++ == 0) {
        begin = at + 1;
    } else if (c == close && depth > 0 && --depth == 0) {
        closed.push_back({begin, at});
    }
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
