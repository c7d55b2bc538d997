#include "review/report_reading.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "review/testing/national_lexicon.h"
#include "review/testing/read_text.h"

namespace fazhi::review {

namespace {

// "results 一、举措", the part's name and the words it begins with, one a line.
std::string parts_in(std::string_view text) {
    const SourceText source = testing::read_text(text);
    const ReportReading reading = read_report(source, national_lexicon());
    std::string out;
    for (const ReportPart& part : reading.parts) {
        const auto begin = part.title.empty() ? part.extent.begin : part.title.begin;
        out += fmt::format("{} {}\n", national_definitions().reading().parts[part.part].id,
                           reading.prose.utf8({begin, begin + 4}));
    }
    return out;
}

}  // namespace

TEST_CASE("parts are known by what their headings mean, in any order") {
    CHECK(parts_in("柳岸街道2023年法治政府建设报告\n一、党政主要负责人履行推进法治建设第一责任人职"
                   "责的情况\n正文。\n"
                   "二、2023年主要举措和成效\n正文。\n三、存在的不足和原因\n正文。\n四、2024年主要"
                   "安排\n正文。\n"
                   "五、其他需要报告的情况\n无。") ==
          "first_responsible_person 党政主要\nresults 2023\nshortcomings 存在的不\n"
          "next_year 2024\nother 其他需要\n");
}

TEST_CASE("a part below the first level, or without heading, is found too") {
    CHECK(
        parts_in(
            "柳岸街道2023年法治政府建设报告\n一、主要举措和成效\n（一）履行第一责任人职责。正文。\n"
            "（二）普法。正文。\n二、存在问题\n一是少。\n2024年，柳岸街道将继续努力。") ==
        "results 主要举措\nfirst_responsible_person 履行第一\nshortcomings 存在问题\n"
        "next_year 2024\n");
}

TEST_CASE("problems and promises are items, each with the cause it gives") {
    const SourceText source = testing::read_text(
        "柳岸街道2023年法治政府建设报告\n一、举措\n正文。\n二、存在的不足和原因\n"
        "（一）氛围不浓。由于人手少，活动形式不多。\n（二）队伍能力有待提升。\n三、下一步打算\n一是"
        "学法。二是普法。");
    const ReportReading reading = read_report(source, national_lexicon());
    REQUIRE(reading.claims.size() == 4);
    CHECK(reading.claims[0].kind == ClaimKind::Problem);
    CHECK(reading.claims[0].has_cause);
    CHECK(reading.prose.utf8(reading.claims[1].title) == "队伍能力有待提升");
    CHECK_FALSE(reading.claims[1].has_cause);
    CHECK(reading.claims[3].kind == ClaimKind::Promise);
    CHECK(reading.prose.utf8(reading.claims[3].title) == "普法");
}

TEST_CASE("titles are known by full and short names, places' own rules are left alone") {
    const SourceText source = testing::read_text(
        "学习《中华人民共和国行政处罚法》《保密法》《法治政府建设实施纲要（2021-"
        "2025）》《山东省安全生产条例》"
        "《妇女儿童权益保障法》《街道法治宣传工作方案》《法治政府建设及责任落实督察工作规定》。");
    const auto titles = read_report(source, national_lexicon()).titles;
    REQUIRE(titles.size() == 7);
    CHECK(titles[0].known->title == "行政处罚法");
    CHECK(titles[1].known->title == "保守国家秘密法");
    CHECK(titles[2].known != nullptr);
    CHECK(titles[3].is_local);
    CHECK((titles[4].is_law && titles[4].known == nullptr && !titles[4].is_local));
    CHECK_FALSE(titles[5].is_law);
    const LawTitles& laws = national_lexicon().law_titles;
    CHECK(laws.nearest(titles[4].text) == "妇女权益保障法");
    CHECK(laws.nearest(titles[6].text) == "法治政府建设与责任落实督察工作规定");
    CHECK(laws.nearest("中华人民共和国政府招标投标法") == "招标投标法");
    CHECK(laws.nearest("残疾人权益保护法") == "残疾人保障法");
    CHECK(laws.nearest("街道考勤办法").empty());
}

}  // namespace fazhi::review
