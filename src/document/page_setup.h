// The page of GB/T 9704-2012: A4, 22 lines of 28 characters, and what hangs on it. Lengths are
// points.
#pragma once

namespace fazhi::document {

constexpr double millimetres(double mm) {
    return mm * 72.0 / 25.4;
}

inline constexpr double kPageWidth = millimetres(210);
inline constexpr double kPageHeight = millimetres(297);
inline constexpr double kMarginTop = millimetres(37);
inline constexpr double kMarginBottom = millimetres(35);
inline constexpr double kMarginLeft = millimetres(28);
inline constexpr double kMarginRight = millimetres(26);
inline constexpr double kTextWidth = millimetres(156);  // 版心
inline constexpr double kTextHeight = millimetres(225);

inline constexpr int kLinesOnPage = 22;
inline constexpr int kCharactersInLine = 28;
inline constexpr double kLinePitch = kTextHeight / kLinesOnPage;           // 28.99
inline constexpr double kCharacterPitch = kTextWidth / kCharactersInLine;  // 15.79

inline constexpr double kBodySize = 16;    // 三号
inline constexpr double kTitleSize = 22;   // 二号
inline constexpr double kSmallSize = 14;   // 四号: page number, imprint
inline constexpr double kTableSize = 12;   // 小四
inline constexpr double kNoteSize = 10.5;  // 五号

inline constexpr double kThickRule = millimetres(0.35);  // 版记: first and last
inline constexpr double kThinRule = millimetres(0.25);   // 版记: between
inline constexpr double kRedRule = 2;

inline constexpr double kHeadFromTop = millimetres(35);  // 版心 edge to 发文机关标志
inline constexpr double kRedRuleBelowNumber = millimetres(4);
inline constexpr double kPageNumberBelowText = millimetres(7);  // 版心 edge to the dashes

// Size of the red name (发文机关标志): as large as one line holds, no larger than the usual 50
// points.
constexpr double red_head_size(double characters) {
    const double fitting = kTextWidth / (characters < 1 ? 1 : characters);
    return fitting < 50 ? fitting : 50;
}

}  // namespace fazhi::document
