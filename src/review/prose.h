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

    // What stands between 《 and 》, between “ and ”; of nested ones the outermost. One that is
    // never closed ends with its paragraph and is none.
    [[nodiscard]] const std::vector<Extent>& titles() const { return titles_.closed; }
    [[nodiscard]] const std::vector<Extent>& quotes() const { return quotes_.closed; }

private:
    void add(const TextBlock&, std::uint32_t block);
    void put(char32_t character, std::size_t origin);
    void find_marks();

    // Where clauses, or sentences, end. Asked of again and again: found by stretches of the text.
    class Bounds {
    public:
        void add(std::uint32_t mark);  // in order
        void end(std::size_t size);    // of the text
        // From behind the mark before `at` to the next mark, which `at` may be.
        [[nodiscard]] Extent around(std::uint32_t at) const;

    private:
        std::vector<std::uint32_t> marks_;
        std::vector<std::uint32_t> first_;  // of each stretch: the first mark in it, or behind it
    };

    struct Brackets {
        void meet(char32_t character, std::uint32_t at, char32_t open, char32_t close);

        std::vector<Extent> closed;
        int depth = 0;
        std::uint32_t begin = 0;
    };

    const SourceText* source_;
    std::u32string text_;
    std::vector<std::uint32_t> origins_;  // of each character, in its block
    std::uint32_t size_ = 0;              // of what was put into both so far
    std::vector<ProseParagraph> paragraphs_;
    Bounds clause_marks_;
    Bounds sentence_marks_;
    Brackets titles_;
    Brackets quotes_;
};

// Asked of every character of a text.
inline bool is_one_of(char32_t character, std::u32string_view marks) {
    for (const char32_t each : marks) {
        if (each == character) return true;
    }
    return false;
}
// A Chinese character: no digit, letter or mark.
inline bool is_han(char32_t character) {
    return character >= 0x3400 && character < 0xA000;
}
inline bool is_ascii_digit(char32_t character) {
    return character >= U'0' && character <= U'9';
}
// 一二三四五六七八九十百零〇两
inline bool is_chinese_digit(char32_t character) {
    switch (character) {
        case U'一':
        case U'二':
        case U'三':
        case U'四':
        case U'五':
        case U'六':
        case U'七':
        case U'八':
        case U'九':
        case U'十':
        case U'百':
        case U'零':
        case U'〇':
        case U'两':
            return true;
        default:
            return false;
    }
}

}  // namespace fazhi::review
