// A chart as lines, areas and words: drawn by the PDF and by the HTML (as SVG) from the same
// figures. DOCX holds the chart itself (docx_chart.h).
//
// Units are those of width and height; y grows downwards. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "document/block.h"

namespace fazhi::document {

struct Point {
    double x = 0;
    double y = 0;
};

enum class Anchor { Start, Middle, End };

struct ChartText {
    Point at;  // baseline
    std::string text;
    Anchor anchor = Anchor::Middle;
};

struct ChartArea {
    Point corner;  // top left
    double width = 0;
    double height = 0;
    int series = 0;
};

struct ChartStroke {
    std::vector<Point> points;
    int series = -1;  // -1: axis or grid
    double thickness = 1;
};

struct ChartDot {
    Point centre;
    int series = 0;
};

// Where a reader touches a value to open its figure: as high as the drawing's plot, so that a small
// bar is found as well.
struct ChartTarget {
    Point corner;  // top left
    double width = 0;
    double height = 0;
    std::string figure;
    std::string words;  // "3月 宣传场次 12"
};

struct ChartDrawing {
    double width = 0;
    double height = 0;
    double text_size = 10;
    std::vector<ChartStroke> strokes;
    std::vector<ChartArea> areas;
    std::vector<ChartDot> dots;
    std::vector<ChartText> texts;
    std::vector<ChartTarget> targets;
};

ChartDrawing draw_chart(const Chart&, double width, double height);

// "#rrggbb" of a series; the colours repeat after the sixth. Told apart in grey print as well.
std::string series_colour(int series);

// The value as a person writes it: no more than two decimals, "12", "3.5".
std::string value_text(double value);

// The chart in words, for those who cannot see it: "各月宣传场次（单位：场）：1月 3，2月 5".
std::string chart_in_words(const Chart&);

}  // namespace fazhi::document
