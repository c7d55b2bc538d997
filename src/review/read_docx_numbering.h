// Numbers that a DOCX does not hold as text but as rules (ECMA-376 part 1, §17.9): what stands
// before a numbered paragraph when a person reads it.
//
// Labels are asked for in the order of the document: each counts on. One thread at a time.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace fazhi::review {

inline constexpr int kNumberLevels = 9;

struct NumberLevel {
    int start = 1;
    std::string format = "decimal";  // w:numFmt
    std::string text;                // w:lvlText: "第%1章"
    std::string style;               // of the paragraphs it is for
    bool is_legal = false;           // all numbers in digits
};

class DocxNumbering {
public:
    // From word/numbering.xml; nothing is numbered where it is empty.
    explicit DocxNumbering(const pugi::xml_document&);

    // The label of the next paragraph with this w:numId at this level (0-8): "（三）". Bullets have
    // none; nor have lists that are not there.
    std::u32string next_label(const std::string& list, int level);
    // The level meant for a paragraph style; 0 where none is.
    [[nodiscard]] int level_for(const std::string& list, const std::string& style) const;

private:
    using Levels = std::array<NumberLevel, kNumberLevels>;
    struct List {
        std::string scheme;  // w:abstractNumId
        std::map<int, NumberLevel> own_levels;
        std::map<int, int> own_starts;
        bool is_begun = false;
    };
    struct Count {
        std::array<int, kNumberLevels> numbers{};
        std::array<bool, kNumberLevels> is_begun{};
    };

    void read_lists(const pugi::xml_node& root);
    [[nodiscard]] const NumberLevel* level_of(const List& list, int level) const;
    void count_on(List& list, Count& count, int level) const;
    [[nodiscard]] std::string label_of(const List& list, const Count& count, int level) const;

    std::map<std::string, Levels> schemes_;
    std::map<std::string, List> lists_;
    std::map<std::string, Count> counts_;  // of a scheme: its lists count together
};

// A number in a w:numFmt: 3 is "三", "③", "c", "iii", "丙"; in digits where the format is not
// known.
std::string number_in_format(int number, std::string_view format);

}  // namespace fazhi::review
