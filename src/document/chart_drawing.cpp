#include "document/chart_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "document/clean_text.h"
#include "document/text_measure.h"

namespace fazhi::document {

namespace {

constexpr double kTextSize = 10;
constexpr double kAxisRoom = 44;  // left of the axis, for its numbers
constexpr double kGridLines = 4;
constexpr std::size_t kLabelLinesMost = 3;
constexpr double kBarShare = 0.7;  // of a category's room
constexpr std::size_t kLabelledValuesMost = 24;

struct Scale {
    double low = 0;
    double high = 1;
    double step = 1;
};

bool is_shown(const std::optional<double>& value) {
    return value && std::isfinite(*value);
}

std::pair<double, double> bounds_of(const Chart& chart) {
    std::optional<double> low;
    std::optional<double> high;
    for (const Series& series : chart.series) {
        for (const auto& value : series.values) {
            if (!is_shown(value)) continue;
            low = std::min(low.value_or(*value), *value);
            high = std::max(high.value_or(*value), *value);
        }
    }
    return {low.value_or(0), high.value_or(0)};
}

// Steps of 1, 2 or 5 times a power of ten. Zero is on the axis, but for lines that keep far from
// it: a bar says how much, a line how it moves.
Scale scale_of(const Chart& chart) {
    auto [low, high] = bounds_of(chart);
    const bool is_far = chart.kind == ChartKind::Line && low > 0 && high - low < low / 2;
    if (!is_far || low == high) {
        low = std::min(low, 0.0);
        high = std::max(high, 0.0);
    }
    if (low == high) return {};
    const double rough = (high - low) / kGridLines;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double times : {5.0, 2.0, 1.0}) {
        if (times * power >= rough) step = times * power;
    }
    return {std::floor(low / step) * step, std::ceil(high / step) * step, step};
}

// A category's name in lines of at most `ems`; what does not fit into three ends in an ellipsis.
std::vector<std::string> label_lines(const std::string& label, double ems) {
    std::vector<std::string> lines(1);
    double used = 0;
    for (const char32_t character : code_points(label)) {
        const std::string one = utf8({&character, 1});
        const double width = nominal_ems(one);
        if (used + width > ems && used > 0) {
            if (lines.size() == kLabelLinesMost) {
                lines.back() += "…";
                return lines;
            }
            lines.emplace_back();
            used = 0;
        }
        lines.back() += one;
        used += width;
    }
    return lines;
}

class ChartPen {
public:
    ChartPen(const Chart& chart, double width, double height)
        : chart_(chart), scale_(scale_of(chart)) {
        drawing_.width = width;
        drawing_.height = height;
        drawing_.text_size = kTextSize;
        slot_ =
            (width - kAxisRoom - 6) / static_cast<double>(std::max<std::size_t>(1, categories()));
        std::size_t lines = 1;
        for (const std::string& category : chart.categories) {
            lines = std::max(lines, label_lines(category, label_ems()).size());
        }
        bottom_ = height - 6 - static_cast<double>(lines) * kTextSize * 1.3;
    }

    ChartDrawing run() {
        draw_legend();
        draw_grid();
        draw_categories();
        for (std::size_t n = 0; n < chart_.series.size(); ++n) {
            switch (chart_.kind) {
                case ChartKind::Bar:
                    draw_bars(n);
                    break;
                case ChartKind::Line:
                    draw_line(n);
                    break;
            }
        }
        return std::move(drawing_);
    }

private:
    [[nodiscard]] std::size_t categories() const { return chart_.categories.size(); }
    [[nodiscard]] double label_ems() const { return std::max(1.0, slot_ / kTextSize - 0.5); }

    [[nodiscard]] double y_of(double value) const {
        return bottom_ - (value - scale_.low) / (scale_.high - scale_.low) * (bottom_ - top_);
    }

    [[nodiscard]] double middle_of(std::size_t category) const {
        return kAxisRoom + slot_ * (static_cast<double>(category) + 0.5);
    }

    [[nodiscard]] bool shows_values() const {
        return categories() * chart_.series.size() <= kLabelledValuesMost;
    }

    void draw_legend() {
        if (!chart_.unit.empty()) {
            drawing_.texts.push_back({{0, kTextSize}, "单位：" + chart_.unit, Anchor::Start});
        }
        if (chart_.series.size() < 2) return;
        double x = drawing_.width;
        for (std::size_t n = chart_.series.size(); n > 0; --n) {
            const std::string& title = chart_.series[n - 1].title;
            drawing_.texts.push_back({{x, kTextSize}, title, Anchor::End});
            x -= nominal_ems(title) * kTextSize + 12;
            drawing_.areas.push_back({{x, 2}, 8, 8, static_cast<int>(n - 1)});
            x -= 10;
        }
    }

    void draw_grid() {
        const double right = drawing_.width;
        const int steps = static_cast<int>(std::lround((scale_.high - scale_.low) / scale_.step));
        for (int n = 0; n <= steps; ++n) {
            const double value = scale_.low + scale_.step * n;
            const double y = y_of(value);
            const bool is_axis = std::abs(value) < scale_.step / 2;
            drawing_.strokes.push_back({{{kAxisRoom, y}, {right, y}}, -1, is_axis ? 1 : 0.4});
            drawing_.texts.push_back(
                {{kAxisRoom - 5, y + kTextSize * 0.35}, value_text(value), Anchor::End});
        }
    }

    void draw_categories() {
        for (std::size_t n = 0; n < categories(); ++n) {
            double y = bottom_ + kTextSize * 1.3;
            for (const std::string& line : label_lines(chart_.categories[n], label_ems())) {
                drawing_.texts.push_back({{middle_of(n), y}, line, Anchor::Middle});
                y += kTextSize * 1.3;
            }
        }
    }

    // Of two lines, the second has its figures below.
    void draw_value(double x, double value, std::size_t series) {
        if (!shows_values()) return;
        const bool is_below = value < 0 || (chart_.kind == ChartKind::Line && series % 2 == 1);
        const double y = is_below ? y_of(value) + kTextSize * 1.3 : y_of(value) - 4;
        drawing_.texts.push_back({{x, y}, value_text(value), Anchor::Middle});
    }

    void draw_target(std::size_t index, std::size_t category, double x, double width) {
        const Series& series = chart_.series[index];
        if (category >= series.figures.size() || series.figures[category].empty()) return;
        drawing_.targets.push_back(
            {{x, top_},
             width,
             bottom_ - top_,
             series.figures[category],
             fmt::format("{} {} {}", chart_.categories[category], series.title,
                         value_text(*series.values[category]))});
    }

    void draw_bars(std::size_t index) {
        const auto& values = chart_.series[index].values;
        const double width = slot_ * kBarShare / static_cast<double>(chart_.series.size());
        for (std::size_t n = 0; n < std::min(values.size(), categories()); ++n) {
            if (!is_shown(values[n])) continue;
            const double x =
                middle_of(n) - slot_ * kBarShare / 2 + width * static_cast<double>(index);
            const double y = std::min(y_of(*values[n]), y_of(0));
            drawing_.areas.push_back({{x, y},
                                      width * 0.94,
                                      std::abs(y_of(*values[n]) - y_of(0)),
                                      static_cast<int>(index)});
            draw_value(x + width * 0.47, *values[n], index);
            draw_target(index, n, x, width);
        }
    }

    void draw_line(std::size_t index) {
        const auto& values = chart_.series[index].values;
        const int series = static_cast<int>(index);
        ChartStroke stroke{{}, series, 1.6};
        for (std::size_t n = 0; n < std::min(values.size(), categories()); ++n) {
            if (!is_shown(values[n])) {
                if (stroke.points.size() > 1) drawing_.strokes.push_back(stroke);
                stroke.points.clear();
                continue;
            }
            const Point point{middle_of(n), y_of(*values[n])};
            stroke.points.push_back(point);
            drawing_.dots.push_back({point, series});
            draw_value(point.x, *values[n], index);
            const double width = slot_ / static_cast<double>(chart_.series.size());
            draw_target(index, n, point.x - slot_ / 2 + width * static_cast<double>(index), width);
        }
        if (stroke.points.size() > 1) drawing_.strokes.push_back(stroke);
    }

    const Chart& chart_;
    Scale scale_;
    ChartDrawing drawing_;
    double slot_ = 0;
    double top_ = 30;
    double bottom_ = 0;
};

}  // namespace

ChartDrawing draw_chart(const Chart& chart, double width, double height) {
    return ChartPen(chart, width, height).run();
}

std::string series_colour(int series) {
    static constexpr std::array<const char*, 6> kColours{"#1f4e79", "#c55a11", "#7f9f3f",
                                                         "#a6a6a6", "#5b3a8c", "#3aa0a0"};
    return kColours.at(static_cast<std::size_t>(series) % kColours.size());
}

std::string value_text(double value) {
    const double rounded = std::round(value * 100) / 100;
    std::string text = fmt::format("{:.2f}", rounded == 0 ? 0.0 : rounded);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string chart_in_words(const Chart& chart) {
    std::string words = chart.title;
    if (!chart.unit.empty()) words += "（单位：" + chart.unit + "）";
    for (const Series& series : chart.series) {
        words += "：" + series.title;
        for (std::size_t n = 0; n < std::min(series.values.size(), chart.categories.size()); ++n) {
            const auto& value = series.values[n];
            words += fmt::format("{}{} {}", n == 0 ? " " : "，", chart.categories[n],
                                 is_shown(value) ? value_text(*value) : "无");
        }
    }
    return words;
}

}  // namespace fazhi::document
