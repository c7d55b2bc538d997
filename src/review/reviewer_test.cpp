#include "review/reviewer.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "review/review_json.h"
#include "review/testing/national_lexicon.h"
#include "review/testing/read_text.h"

namespace fazhi::review {

namespace {

const Reviewer& reviewer() {
    static const Reviewer kReviewer = Reviewer::of(national_definitions()).value();
    return kReviewer;
}

const std::string kGood =
    "云桥区柳岸街道办事处关于2024年法治政府建设情况的报告\n云柳发〔2025〕9号\n区委、区政府：\n"
    "2024年，柳岸街道认真落实上级部署，现将有关情况报告如下：\n"
    "一、2024年推进法治政府建设的主要举措和成效\n"
    "（一）加强学法。组织理论学习中心组集中学习18次，学习《民法典》《行政处罚法》，参加人员200余人"
    "，干部职工法治意识明显增强。\n"
    "（二）化解纠纷。全年排查矛盾纠纷392起，调解成功45件，把矛盾化解在基层，群众满意度不断提高。\n"
    "二、2024年存在的不足和原因\n"
    "一是法治宣传形式较为单一，主要原因是专职人员少、经费不足；二是执法力量薄弱，由于执法人员多身兼"
    "数职，难以集中精力。\n"
    "三、2024年党政主要负责人履行推进法治建设第一责任人职责的情况\n"
    "街道主要负责人带头学法讲法，定期研究法治建设工作，亲自部署重要工作，亲自过问重大问题，督促班子"
    "成员依法办事。\n"
    "四、2025年推进法治政府建设的主要安排\n"
    "一是加强干部学法用法，制定年度学法计划；二是充实执法力量，开展执法培训；三是创新普法形式，办好"
    "重要节点宣传。\n"
    "云桥区柳岸街道办事处\n2025年2月20日\n";

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::vector<std::string> serious(const std::string& text) {
    const SourceText source = testing::read_text(text);
    std::vector<std::string> out;
    for (const Finding& each : reviewer().review(source).findings) {
        if (each.level != definition::CheckLevel::Note)
            out.push_back(each.check + "：" + each.found);
    }
    return out;
}

}  // namespace

TEST_CASE("nothing serious is found in a good report") {
    CHECK(serious(kGood).empty());
}

TEST_CASE("one thing broken in a good report is the one thing found") {
    struct Break {
        const char* from;
        const char* to;
        const char* found;
    };
    const Break breaks[] = {
        {"《行政处罚法》", "《行政处罚办法》", "law_title_misnamed：行政处罚办法"},
        {"二、2024年存在", "二、2022年存在", "year_wrong：2022年"},
        {"调解成功45件", "调解成功450件", "figure_impossible：450件"},
        {"云柳发〔2025〕9号", "云柳发[2025]9号", "document_number_form：云柳发[2025]9号"},
        {"2025年2月20日", "2025年3月20日", "late_submission：2025-03-20"},
        {"四、2025年", "五、2025年", "heading_level：五、2025年推进法治政府建设的主要安排"},
        {"推进法治建设第一责任人职责的", "推进法治建设第一责任人职责，落实谁执法谁宣传的",
         "phrase_missaid：谁执法谁宣传"},
        {"云桥区柳岸街道办事处\n2025", "云桥区青石街道办事处\n2025",
         "unit_wrong：云桥区青石街道办事处"},
        {"明显增强", "明显明显增强", "doubled_word：明显明显"},
        {"参加人员200余人", "参加人员××人", "template_left：××人"},
        {"执法培训", "执法培训，联系电话13800138000", "personal_data：13800138000"},
    };
    for (const Break& each : breaks) {
        CAPTURE(std::string(each.to));
        CHECK(serious(with(kGood, each.from, each.to)) == std::vector<std::string>{each.found});
    }
}

TEST_CASE("a finding's fingerprint stays when other paragraphs change, not when its own does") {
    const std::string broken = with(kGood, "《行政处罚法》", "《行政处罚办法》");
    const auto print = [](const std::string& text) {
        const SourceText source = testing::read_text(text);
        for (const Finding& each : reviewer().review(source).findings) {
            if (each.check == "law_title_misnamed") return each.fingerprint;
        }
        return std::string();
    };
    CHECK(print(broken).size() == 16);
    CHECK(print(broken) == print(with(broken, "2025年2月20日", "2025年2月21日")));
    CHECK(print(broken) != print(with(broken, "学习18次", "学习19次")));
}

TEST_CASE("a check that needs what the report does not say is not assessable") {
    const SourceText source = testing::read_text("一、举措\n宣传《民法典》。");
    for (const CheckOutcome& each : reviewer().review(source).outcomes) {
        if (each.check == "law_not_in_force" || each.check == "late_submission")
            CHECK(each.verdict == Verdict::NotAssessable);
        if (each.check == "law_title_unknown") CHECK(each.verdict == Verdict::Pass);
    }
}

TEST_CASE("an empty text and one of a single line are reviewed too") {
    for (const char* text : {"", "\n\n", "柳", "《", "第", "（", "100%", "1."}) {
        const SourceText source = testing::read_text(text);
        const Review review = reviewer().review(source);
        CHECK_FALSE(review.outcomes.empty());
    }
}

TEST_CASE("the JSON and SARIF of a review say what was found and where") {
    const SourceText source = testing::read_text(with(kGood, "《行政处罚法》", "《行政处罚办法》"));
    const Review review = reviewer().review(source);
    const std::string said = review_json({"柳岸.txt", &review}, reviewer().lexicon());
    const auto json = nlohmann::json::parse(said);
    CHECK(json.at("document").at("year") == 2024);
    CHECK(json.at("outline").at(0).at("title") == "2024年推进法治政府建设的主要举措和成效");
    CHECK(json.at("parts").size() == 4);
    const auto& figure = json.at("figures").at(0);
    CHECK(figure.at("measure") == "central_group_studies");
    CHECK(figure.at("value") == 18);
    CHECK(figure.at("text") == "18次");
    CHECK(figure.at("place").at("line") == 6);
    bool found = false;
    for (const auto& each : json.at("findings")) {
        if (each.at("check") != "law_title_misnamed") continue;
        found = true;
        CHECK(each.at("expected") == "行政处罚法");
        CHECK(each.at("verdict") == "FAIL");
        CHECK(each.at("place").at("line") == 6);
    }
    CHECK(found);
    const auto sarif = nlohmann::json::parse(review_sarif({said}, reviewer().lexicon()));
    CHECK(sarif.at("version") == "2.1.0");
    const auto& results = sarif.at("runs").at(0).at("results");
    CHECK(results.at(0).at("partialFingerprints").at("fazhi/v1") == review.findings[0].fingerprint);
    CHECK(nlohmann::json::parse(joined_json({said, said})).at("reports").size() == 2);
    CHECK(nlohmann::json::parse(joined_json({})).at("reports").empty());
}

}  // namespace fazhi::review
