#include "review/figures.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "review/testing/national_lexicon.h"
#include "review/testing/read_text.h"

namespace fazhi::review {

namespace {

struct Read {
    explicit Read(std::string_view text)
        : source(testing::read_text(text)),
          prose(source),
          marks(national_lexicon(), prose.text()),
          outline(outline_of(prose)),
          facts(facts_of(prose, outline, national_lexicon())),
          figures(figures_of(prose, marks, outline, facts, national_lexicon())) {}

    [[nodiscard]] std::string measure(const Figure& figure) const {
        if (figure.measure < 0) return "-";
        return national_definitions()
            .measure_words()[static_cast<std::size_t>(figure.measure)]
            .measure;
    }

    SourceText source;
    Prose prose;
    TextMarks marks;
    Outline outline;
    DocumentFacts facts;
    std::vector<Figure> figures;
};

// "70 人次 at_least", one a line; with the measure where wanted.
std::string figures_in(const std::string& text, bool measures = false) {
    const Read read(text);
    std::string out;
    for (const Figure& each : read.figures) {
        out += fmt::format("{}{} {} {}", out.empty() ? "" : "；", value_text(each.value), each.unit,
                           qualifier_name(each.qualifier));
        if (measures) out += " " + read.measure(each);
    }
    return out;
}

}  // namespace

TEST_CASE("quantities are figures, with value, unit and qualifier") {
    const std::pair<const char*, const char*> cases[] = {
        {"接受法律咨询70余人次，修改合同协议等文书13份。", "70 人次 at_least；13 份 exact"},
        {"发放宣传彩页5.5万余份。", "55000 份 at_least"},
        {"开展《民法典》学习督导一次，切实提高。", "1 次 exact"},
        {"调处率100%，成功率98.6%。", "100 % exact；98.6 % exact"},
        {"今年以来无因行政决策不当引发的重大群体性事件。", "0 起 exact"},
        {"依法完成生活区征收户“清零”。", "0 户 exact"},
        {"全年未发生行政诉讼败诉案件。", "0 件 exact"},
        {"举办法治讲座两场、十余次培训。", "2 场 exact；10 次 at_least"},
        {"“8890”诉求655件，12345热线工单8890件。", "655 件 exact；8890 件 exact"},
        {"8890诉求655件。", "655 件 exact"},
        {"较去年下降63%。", "63 % exact"},
        {"罚款29.52万元。", "295200 元 exact"},
    };
    for (const auto& each : cases) {
        CAPTURE(std::string(each.first));
        CHECK(figures_in(each.first) == std::string(each.second));
    }
}

TEST_CASE("dates, numbers of papers, ordinals, names and rules are no figures") {
    for (const char* text :
         {"2023年4月15日，街道开展活动。", "云办发〔2023〕4号文件。",
          "第八个五年规划，第十个国家宪法日。", "落实“三重一大”制度，推进“八五普法”。",
          "打造“334”楼院协商治理模式。", "结合“4.15”全民国家安全教育日。",
          "制定《街道落实“5个一”工作办法》。", "每季度召开1次例会。",
          "作为一项重要政治任务，打造一支队伍。", "从三个方面推进，取得一定成效。",
          "形成一个体系，建立一套制度机制。", "一是强化领导；二是压实责任。",
          "学习贯彻党的二十大精神及二十届三中全会精神。", "部分村两委成员。", "确保信访积案清零。",
          "依据第3条第2款。", "法无授权不可为。", "与自己无关的事项。"}) {
        CAPTURE(std::string(text));
        CHECK(figures_in(text).empty());
    }
}

TEST_CASE("a figure is known by the words around it, before and behind") {
    const std::pair<const char*, const char*> cases[] = {
        {"2023年排查矛盾纠纷392起，调处情感、邻里、家庭等矛盾纠纷43起，消除安全隐患117起。",
         "392 起 exact disputes_found；43 起 exact disputes_handled；117 起 exact hazards_removed"},
        {"15个城市社区与12名律师签订了法律顾问合同。",
         "15 个 exact communities_with_counsel；12 名 exact counsel_lawyers"},
        {"收到政协提案2件，答复满意率达100%。",
         "2 件 exact cppcc_proposals；100 % exact cppcc_satisfaction_rate"},
        {"今年共启动6个小区业委会换届程序，完成3个小区业委会换届改选。",
         "6 个 exact owners_elections_started；3 个 exact owners_elections_completed"},
        {"参考率、合格率均达100%。",
         "100 % exact exam_attendance_rate；100 % exact exam_pass_rate"},
        {"种植苗木30棵。", "30 棵 exact -"},
    };
    for (const auto& each : cases) {
        CAPTURE(std::string(each.first));
        CHECK(figures_in(each.first, /*measures=*/true) == std::string(each.second));
    }
}

TEST_CASE("parts know their total, listed in brackets, behind a colon, or some of them") {
    const Read brackets("配备工作人员30名（其他说明），专职人员9名（城管3名，司法6名）。");
    REQUIRE(brackets.figures.size() == 4);
    CHECK(brackets.figures[0].total == -1);
    CHECK(brackets.figures[2].total == 1);
    CHECK(brackets.figures[3].listed_part);
    const Read colon("辖区现有调委会16个：1个街道级调委会，15个社区级调委会，调解员180余名。");
    REQUIRE(colon.figures.size() == 4);
    CHECK(colon.figures[1].total == 0);
    CHECK(colon.figures[2].listed_part);
    CHECK(colon.figures[3].total == -1);
    const Read of_which("调解纠纷14件，其中邻里纠纷5件、家庭纠纷4件，成功率100%。");
    REQUIRE(of_which.figures.size() == 4);
    CHECK(of_which.figures[1].total == 0);
    CHECK_FALSE(of_which.figures[1].listed_part);
    CHECK(of_which.figures[3].total == -1);
}

TEST_CASE("a figure's period is the year said last, or that of the heading, or the report's") {
    const Read read(
        "柳岸街道2023年法治政府建设报告\n一、2023年举措\n调解纠纷14件。2022年调解纠纷9件，去年培训3"
        "次。\n"
        "二、2024年安排\n开展培训4次。\n三、其他\n发放资料50份。");
    REQUIRE(read.figures.size() == 5);
    CHECK(read.figures[0].year == 2023);
    CHECK(read.figures[1].year == 2022);
    CHECK(read.figures[2].year == 2022);
    CHECK(read.figures[3].year == 2024);
    CHECK(read.figures[4].year == 2023);
    CHECK_FALSE(read.figures[4].period_stated);
}

TEST_CASE("a change against another year says its direction") {
    const Read read("信访量同比下降12.5%，办件量较去年增长136件，调解纠纷14件。");
    REQUIRE(read.figures.size() == 3);
    CHECK(read.figures[0].change == Change::Down);
    CHECK(read.figures[1].change == Change::Up);
    CHECK(read.figures[2].change == Change::None);
}

}  // namespace fazhi::review
