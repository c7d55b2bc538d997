#include "report/sentence_rules.h"

#include <map>

#include <doctest/doctest.h>

#include "definition/template.h"

namespace fazhi::report {

namespace {

measure::Figure number(std::int64_t value, const char* unit = "次") {
    measure::Figure figure;
    figure.unit = unit;
    figure.value = std::to_string(value);
    figure.scaled = value * 100;
    return figure;
}

measure::Figure nothing() {
    measure::Figure figure;
    figure.unit = "%";
    figure.has_value = false;
    return figure;
}

// The sentence as text, its figures in ‹›; "" where it is left out.
std::string said(std::string_view sentence, bool keep,
                 const std::map<std::string, measure::Figure>& figures) {
    auto parsed = definition::parse_sentence(sentence);
    REQUIRE(parsed);
    parsed->keep = keep;
    const document::Runs runs =
        render(*parsed, [&](const definition::Placeholder& placeholder) -> Reading {
            const auto found = figures.find(placeholder.name);
            if (found == figures.end()) return {.text = "2023", .is_figure = false, .key = {}};
            const measure::Figure& figure = found->second;
            return {.text = figure_text(figure, placeholder.format, placeholder.unit),
                    .has_value = figure.has_value,
                    .is_zero = figure.scaled == 0,
                    .key = placeholder.name};
        });
    std::string out;
    for (const document::Run& run : runs)
        out += run.figure.empty() ? run.text : "‹" + run.text + "›";
    return out;
}

}  // namespace

TEST_CASE("the unit follows the number, and the figure is a run of its own") {
    CHECK(said("{year}年外出{a}。", false, {{"a", number(12)}}) == "2023年外出‹12次›。");
    CHECK(said("外出{a|unit:回}。", false, {{"a", number(12)}}) == "外出‹12回›。");
}

TEST_CASE("余 and 万 cut, and say what they cut") {
    struct Case {
        std::int64_t value;
        const char* about;
        const char* ten_thousands;
    };
    const Case cases[] = {
        {7, "7份", "7份"},
        {10, "10份", "10份"},
        {78, "70余份", "78份"},
        {392, "390余份", "392份"},
        {9999, "9900余份", "9999份"},
        {10000, "10000份", "1万份"},
        {55999, "5.5万余份", "5.5万份"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.value);
        CHECK(figure_text(number(each.value, "份"), "余", "") == each.about);
        CHECK(figure_text(number(each.value, "份"), "万", "") == each.ten_thousands);
    }
}

TEST_CASE("a clause is left out when one of its figures is 0 or has no value") {
    const std::map<std::string, measure::Figure> figures = {
        {"a", number(5)}, {"zero", number(0)}, {"none", nothing()}};
    CHECK(said("外出{a}[，入户{zero}]。", false, figures) == "外出‹5次›。");
    CHECK(said("外出{a}[，比例{none}]。", false, figures) == "外出‹5次›。");
    CHECK(said("外出{a}[，入户{a}、电话{zero}]。", false, figures) == "外出‹5次›。");
    CHECK(said("外出{a}[，入户{a}]。", false, figures) == "外出‹5次›，入户‹5次›。");
}

TEST_CASE("a sentence without a figure above 0 is left out unless it is kept") {
    const std::map<std::string, measure::Figure> figures = {
        {"a", number(5)}, {"zero", number(0)}, {"none", nothing()}};
    CHECK(said("外出{zero}。", false, figures).empty());
    CHECK(said("外出{zero}。", true, figures) == "外出‹0次›。");
    CHECK(said("外出{a}，入户{zero}。", false, figures) == "外出‹5次›，入户‹0次›。");
    CHECK(said("没有数据的句子照写。", false, figures) == "没有数据的句子照写。");
}

TEST_CASE("a figure without value drops its sentence, or reads 无数据 where it is kept") {
    const std::map<std::string, measure::Figure> figures = {{"a", number(5)}, {"none", nothing()}};
    CHECK(said("外出{a}，比例{none}。", false, figures).empty());
    CHECK(said("外出{a}，比例{none}。", true, figures) == "外出‹5次›，比例‹无数据›。");
}

TEST_CASE("a change needs a value above 0 last year") {
    CHECK(change_text(number(12), number(10)) == "增长20%");
    CHECK(change_text(number(5), number(10)) == "下降50%");
    CHECK(change_text(number(10), number(10)) == "持平");
    CHECK(change_text(number(10), number(0)).empty());
    CHECK(change_text(nothing(), number(1)).empty());
    CHECK(change_text(number(1), nothing()).empty());
}

}  // namespace fazhi::report
