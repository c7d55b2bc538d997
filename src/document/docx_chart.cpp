#include "document/docx_chart.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "document/chart_drawing.h"
#include "document/docx_parts.h"
#include "document/xml.h"

namespace fazhi::document {

namespace {

Element value(const char* name, const std::string& text) {
    return {name, {{"val", text}}};
}

Element point(std::size_t index, const std::string& text) {
    return {"c:pt", {{"idx", std::to_string(index)}}, {{"c:v", {}, {}, text}}};
}

// The figures stand in the chart itself: there is no workbook behind it to fall out of step.
Element names(const std::vector<std::string>& texts) {
    Element literal{"c:strLit", {}, {value("c:ptCount", std::to_string(texts.size()))}};
    for (std::size_t n = 0; n < texts.size(); ++n) literal.children.push_back(point(n, texts[n]));
    return literal;
}

Element figures(const Series& series, std::size_t categories) {
    Element literal{
        "c:numLit",
        {},
        {{"c:formatCode", {}, {}, "General"}, value("c:ptCount", std::to_string(categories))}};
    for (std::size_t n = 0; n < std::min(series.values.size(), categories); ++n) {
        const auto& figure = series.values[n];
        if (figure && std::isfinite(*figure)) {
            literal.children.push_back(point(n, value_text(*figure)));
        }
    }
    return literal;
}

Element fill(const std::string& colour) {
    return {"a:solidFill", {}, {value("a:srgbClr", colour)}};
}

Element line(const std::string& colour, long width_emu) {
    return {"a:ln", {{"w", std::to_string(width_emu)}}, {fill(colour)}};
}

Element look_of(ChartKind kind, int series) {
    const std::string colour = series_colour(series).substr(1);
    switch (kind) {
        case ChartKind::Bar:
            return {"c:spPr", {}, {fill(colour)}};
        case ChartKind::Line:
            return {"c:spPr", {}, {line(colour, 22225)}};
    }
    return {};
}

Element labels(ChartKind kind, int series) {
    const bool is_line = kind == ChartKind::Line;
    const char* position = is_line ? (series % 2 == 1 ? "b" : "t") : "outEnd";
    return {"c:dLbls",
            {},
            {value("c:dLblPos", position), value("c:showLegendKey", "0"), value("c:showVal", "1"),
             value("c:showCatName", "0"), value("c:showSerName", "0"), value("c:showPercent", "0"),
             value("c:showBubbleSize", "0")}};
}

Element series_of(const Chart& chart, std::size_t index) {
    const Series& series = chart.series[index];
    const int number = static_cast<int>(index);
    Element element{"c:ser",
                    {},
                    {value("c:idx", std::to_string(index)),
                     value("c:order", std::to_string(index)),
                     {"c:tx", {}, {{"c:v", {}, {}, series.title}}},
                     look_of(chart.kind, number)}};
    if (chart.kind == ChartKind::Bar) element.children.push_back(value("c:invertIfNegative", "0"));
    if (chart.kind == ChartKind::Line) {
        element.children.push_back({"c:marker",
                                    {},
                                    {value("c:symbol", "circle"),
                                     value("c:size", "5"),
                                     {"c:spPr", {}, {fill(series_colour(number).substr(1))}}}});
    }
    element.children.push_back(labels(chart.kind, number));
    element.children.push_back({"c:cat", {}, {names(chart.categories)}});
    element.children.push_back({"c:val", {}, {figures(series, chart.categories.size())}});
    if (chart.kind == ChartKind::Line) element.children.push_back(value("c:smooth", "0"));
    return element;
}

Element plot(const Chart& chart) {
    const bool is_bar = chart.kind == ChartKind::Bar;
    Element plotted{is_bar ? "c:barChart" : "c:lineChart"};
    if (is_bar) plotted.children.push_back(value("c:barDir", "col"));
    plotted.children.push_back(value("c:grouping", is_bar ? "clustered" : "standard"));
    plotted.children.push_back(value("c:varyColors", "0"));
    for (std::size_t n = 0; n < chart.series.size(); ++n) {
        plotted.children.push_back(series_of(chart, n));
    }
    plotted.children.push_back(is_bar ? value("c:gapWidth", "60") : value("c:marker", "1"));
    plotted.children.push_back(value("c:axId", "1"));
    plotted.children.push_back(value("c:axId", "2"));
    return plotted;
}

Element rich_text(const std::string& text) {
    const Element properties{"a:rPr", {{"lang", "zh-CN"}, {"sz", "1000"}, {"b", "0"}}};
    return {"c:rich",
            {},
            {{"a:bodyPr", {{"rot", "-5400000"}, {"vert", "horz"}}},
             {"a:p", {}, {{"a:r", {}, {properties, {"a:t", {}, {}, text}}}}}}};
}

Element axis(const char* name, const Chart& chart, bool has_unit) {
    const bool is_category = std::string(name) == "c:catAx";
    Element element{name,
                    {},
                    {value("c:axId", is_category ? "1" : "2"),
                     {"c:scaling", {}, {value("c:orientation", "minMax")}},
                     value("c:delete", "0"),
                     value("c:axPos", is_category ? "b" : "l")}};
    if (!is_category) {
        element.children.push_back(
            {"c:majorGridlines", {}, {{"c:spPr", {}, {line("D0D0D0", 6350)}}}});
    }
    if (has_unit) {
        element.children.push_back(
            {"c:title",
             {},
             {{"c:tx", {}, {rich_text("单位：" + chart.unit)}}, value("c:overlay", "0")}});
    }
    element.children.push_back({"c:numFmt", {{"formatCode", "General"}, {"sourceLinked", "0"}}});
    element.children.push_back(value("c:majorTickMark", "none"));
    element.children.push_back(value("c:minorTickMark", "none"));
    element.children.push_back(value("c:tickLblPos", "low"));
    element.children.push_back(value("c:crossAx", is_category ? "2" : "1"));
    element.children.push_back(value("c:crosses", "autoZero"));
    return element;
}

Element text_look() {
    const std::string font = docx_font(Face::Hei);
    return {"c:txPr",
            {},
            {{"a:bodyPr"},
             {"a:p",
              {},
              {{"a:pPr",
                {},
                {{"a:defRPr",
                  {{"sz", "1000"}},
                  {{"a:latin", {{"typeface", font}}}, {"a:ea", {{"typeface", font}}}}}}},
               {"a:endParaRPr", {{"lang", "zh-CN"}}}}}}};
}

}  // namespace

std::string docx_chart(const Chart& chart) {
    Element drawn{"c:chart",
                  {},
                  {value("c:autoTitleDeleted", "1"),
                   {"c:plotArea",
                    {},
                    {{"c:layout"},
                     plot(chart),
                     axis("c:catAx", chart, false),
                     axis("c:valAx", chart, !chart.unit.empty())}}}};
    if (chart.series.size() > 1) {
        drawn.children.push_back(
            {"c:legend", {}, {value("c:legendPos", "t"), value("c:overlay", "0")}});
    }
    drawn.children.push_back(value("c:plotVisOnly", "1"));
    drawn.children.push_back(value("c:dispBlanksAs", "gap"));
    return to_xml({"c:chartSpace",
                   docx_namespaces(),
                   {value("c:roundedCorners", "0"),
                    drawn,
                    {"c:spPr", {}, {{"a:noFill"}, {"a:ln", {}, {{"a:noFill"}}}}},
                    text_look()}});
}

}  // namespace fazhi::document
