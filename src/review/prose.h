// A report's text as it is understood: one string of paragraphs, free of spaces between Chinese
// characters, digits and letters in one width, every character traceable to the source.
//
// Immutable once made; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "review/source_text.h"

namespace fazhi::review {

// Characters of the prose from `begin` to before `end`.
struct Extent {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] std::uint32_t size() const { return end - begin; }
    [[nodiscard]] bool empty() const { return begin == end; }
    [[nodiscard]] bool holds(std::uint32_t at) const { return begin <= at && at < end; }
    [[nodiscard]] bool overlaps(const Extent& other) const {
        return begin < other.end && other.begin < end;
    }
    friend bool operator==(const Extent&, const Extent&) = default;
};

struct ProseParagraph {
    Extent extent;
    BlockKind kind = BlockKind::Paragraph;
    int level = 0;  // of a heading the format marks; 0: it does not
    std::uint32_t block = 0;
};

class Prose {
public:
    // The source outlives this.
    explicit Prose(const SourceText&);

    // Behind each paragraph a newline, which is not part of it; none is empty.
    [[nodiscard]] const std::u32string& text() const { return text_; }
    [[nodiscard]] const std::vector<ProseParagraph>& paragraphs() const { return paragraphs_; }
    // Index of the paragraph that holds `at`, or ends there; `at` < text().size().
    [[nodiscard]] std::size_t paragraph_at(std::uint32_t at) const;

    [[nodiscard]] std::u32string_view view(Extent) const;
    [[nodiscard]] std::string utf8(Extent) const;
    [[nodiscard]] Spot spot(std::uint32_t at) const;
    [[nodiscard]] const SourceText& source() const { return *source_; }

    // The clause around `at`: to the next mark of punctuation on either side, 、 left in.
    [[nodiscard]] Extent clause(std::uint32_t at) const;
    // The sentence around `at`: to 。！？； or the paragraph's ends.
    [[nodiscard]] Extent sentence(std::uint32_t at) const;

private:
    void add(const TextBlock&, std::uint32_t block);
    void find_marks();

    const SourceText* source_;
    std::u32string text_;
    std::vector<std::uint32_t> origins_;  // of each character, in its block
    std::vector<ProseParagraph> paragraphs_;
    std::vector<std::uint32_t> clause_marks_;    // where clauses end, in order
    std::vector<std::uint32_t> sentence_marks_;  // where sentences end
};

bool is_one_of(char32_t character, std::u32string_view marks);
bool is_ascii_digit(char32_t character);
bool is_chinese_digit(char32_t character);  // 一二三四五六七八九十百零〇两

}  // namespace fazhi::review
