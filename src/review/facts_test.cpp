#include "review/facts.h"

#include <doctest/doctest.h>

#include "review/testing/national_lexicon.h"
#include "review/testing/read_text.h"

namespace fazhi::review {

namespace {

DocumentFacts facts_in(std::string_view text) {
    const SourceText source = testing::read_text(text);
    const Prose prose(source);
    return facts_of(prose, outline_of(prose), national_lexicon());
}

}  // namespace

TEST_CASE("a report's title, unit, year, number, addressee, signature and date are found") {
    const DocumentFacts facts = facts_in(
        "澄湖市云桥区柳岸街道关于2024年度法治政府建设情况的报告\n　　云柳发〔2025〕9号\n区委、区政"
        "府："
        "\n"
        "2024年，街道认真落实各项部署。现将情况报告如下：\n一、举措\n正文。\n"
        "澄湖市云桥区柳岸街道办事处\n2025年2月27日\n");
    CHECK(facts.unit.text == "澄湖市云桥区柳岸街道办事处");
    CHECK(facts.kind == "annual_report");
    CHECK(facts.year == 2024);
    REQUIRE(facts.number);
    CHECK(facts.number->whole.text == "云柳发〔2025〕9号");
    CHECK(facts.number->year == 2025);
    CHECK(facts.number->serial == 9);
    CHECK(facts.addressee.text == "区委、区政府");
    CHECK(facts.signature.text == "澄湖市云桥区柳岸街道办事处");
    CHECK(facts.date.text == "2025-02-27");
    CHECK(facts.dates.size() == 1);
}

TEST_CASE("a title of two lines, and what is not said stays empty") {
    const DocumentFacts facts = facts_in(
        "云桥区柳岸街道办事处\n2022年法治政府建设情况报告\n　　2022年，街道开展工作。\n　　一、举"
        "措");
    CHECK(facts.unit.text == "云桥区柳岸街道办事处");
    CHECK(facts.year == 2022);
    CHECK_FALSE(facts.number);
    CHECK(facts.addressee.empty());
    CHECK(facts.signature.empty());
    CHECK(facts.date.empty());
}

TEST_CASE("the line that introduces the text is no addressee, a year of the text stands in") {
    const DocumentFacts facts = facts_in(
        "柳岸镇法治政府建设工作报告\n现将有关情况报告如下：\n一、举措\n二〇二三年开展工作。");
    CHECK(facts.addressee.empty());
    CHECK(facts.year == 2023);
}

TEST_CASE("a number quoted in the text is not the report's own") {
    CHECK_FALSE(
        facts_in(
            "柳岸街道2023年法治政府建设报告\n根据云政发〔2022〕3号文件要求，开展工作。\n一、举措")
            .number);
}

TEST_CASE("names of one office have one core") {
    const auto& endings = national_definitions().reading().offices;
    for (const char* name :
         {"澄湖市云桥区柳岸街道", "柳岸街道办事处", "云桥区人民政府柳岸街道办事处"}) {
        CAPTURE(std::string(name));
        CHECK(office_core(name, endings) == "柳岸街道");
    }
    CHECK(office_core("云桥县青石镇人民政府", endings) == "青石镇");
    CHECK(office_core("某办公室", endings) == "某办公室");
}

}  // namespace fazhi::review
