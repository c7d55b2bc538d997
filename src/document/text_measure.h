// How wide text is. The PDF asks the fonts (pango_text.h); DOCX and tests count characters.
#pragma once

#include <string_view>

namespace fazhi::document {

enum class Face {
    Title,     // 小标宋
    FangSong,  // 仿宋: the text
    Hei,       // 黑体: headings of level 1, table heads
    Kai,       // 楷体: headings of level 2, names of signers
    Song,      // 宋体: page numbers
};

enum class Ink { Black, Red, Grey };

struct TextStyle {
    Face face = Face::FangSong;
    double size = 16;  // points
    double em = 16;  // points a full-width character takes up; the grid sets it apart from the size
    Ink ink = Ink::Black;

    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

class TextMeasure {
public:
    TextMeasure() = default;
    TextMeasure(const TextMeasure&) = delete;
    TextMeasure& operator=(const TextMeasure&) = delete;
    virtual ~TextMeasure() = default;

    // Points, for text that holds no full-width character and no line feed.
    virtual double width(std::string_view text, const TextStyle&) const = 0;
};

// Half an em each character: what a typewriter, and most rules of thumb, would say.
class NominalMeasure : public TextMeasure {
public:
    double width(std::string_view text, const TextStyle&) const override;
};

// In ems, full-width characters 1, all others ½.
double nominal_ems(std::string_view text);

}  // namespace fazhi::document
