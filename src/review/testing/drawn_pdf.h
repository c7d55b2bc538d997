// PDF files for tests: text drawn at given places, as any program lays it out.
#pragma once

#include <string>
#include <vector>

namespace fazhi::review::testing {

inline constexpr double kPageWidth = 595;  // A4, points
inline constexpr double kPageHeight = 842;

struct DrawnText {
    double x = 0;  // of the left end, points from the left
    double y = 0;  // of the upper edge, points from the top
    std::string text;
    double size = 16;
};

std::string drawn_pdf(const std::vector<std::vector<DrawnText>>& pages);
// Each page a picture of what is drawn on it, at 300 dots an inch: a scan.
std::string scanned_pdf(const std::vector<std::vector<DrawnText>>& pages);
// The first page as PNG.
std::string drawn_png(const std::vector<DrawnText>& page);

// Lines of 28 characters with a pitch of 28 points from (x, y) on, the first set in by two: a
// paragraph as offices print it.
std::vector<DrawnText> printed(const std::string& paragraph, double x, double y,
                               std::size_t characters = 28);

}  // namespace fazhi::review::testing
