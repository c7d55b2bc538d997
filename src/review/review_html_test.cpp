#include "review/review_html.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "review/marked_text.h"
#include "review/read_plain_text.h"
#include "review/review_docx.h"
#include "review/review_json.h"
#include "review/testing/national_lexicon.h"

namespace fazhi::review {

namespace {

struct Reviewed {
    explicit Reviewed(std::string_view text, const Companions& companions = {})
        : source(*read_plain_text(text)),
          review(Reviewer::of(national_definitions())->review(source, {}, companions)) {}

    [[nodiscard]] ReviewedFile file() const { return {"报告<1>.txt", &review, &source, human}; }
    [[nodiscard]] std::string page() const { return review_html(file(), national_lexicon()); }

    SourceText source;
    Review review;
    const std::vector<std::optional<HumanVerdict>>* human = nullptr;
};

std::size_t count_of(const std::string& text, std::string_view what) {
    std::size_t out = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++out;
    return out;
}

}  // namespace

TEST_CASE("each finding stands beside its paragraph, and its words are marked") {
    const Reviewed reviewed(
        "云桥街道2024年法治政府建设报告\n一、举措\n宣传《妇女儿童权益保障法》，满意率102%。\n");
    const std::string page = reviewed.page();
    CHECK(count_of(page, "<article") == reviewed.review.findings.size());
    CHECK(count_of(page, "<mark class=\"error\">") >= 2);
    CHECK(page.find("妇女儿童权益保障法<sup>") != std::string::npos);
    // The card stands behind the paragraph of its words and before the next.
    const std::size_t paragraph = page.find("宣传");
    CHECK(page.find("可能应为《妇女权益保障法》") > paragraph);
    CHECK(page.find("没有成段") == std::string::npos);
}

TEST_CASE("what people said of a finding is printed with it, in every output") {
    Reviewed reviewed("云桥街道2024年法治政府建设报告\n一、举措\n满意率102%，办结率103%。\n");
    const auto& findings = reviewed.review.findings;
    std::vector<std::optional<HumanVerdict>> human(findings.size());
    CHECK(reviewed.page().find("人工复核") == std::string::npos);
    reviewed.human = &human;
    std::vector<std::size_t> rates;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (findings[i].check == "rate_over_hundred") rates.push_back(i);
    }
    REQUIRE(rates.size() == 2);
    human[rates[0]] = {.entry = {},
                       .verdict = "waived",
                       .reason = "上级<表>",
                       .given_by = "经办",
                       .given_on = "2025-02-01",
                       .approved_by = "主任",
                       .expires_on = "2025-03-01"};
    human[rates[1]] = {.entry = {},
                       .verdict = "waived",
                       .reason = "再核",
                       .given_by = "经办",
                       .given_on = "2025-02-01",
                       .approved_by = {},
                       .expires_on = "2025-03-01",
                       .state = VerdictState::Asked};
    const std::string page = reviewed.page();
    CHECK(page.find("豁免到2025-03-01（经办，2025-02-01；主任批准）。理由：上级&lt;表&gt;") !=
          std::string::npos);
    CHECK(page.find(fmt::format("人工复核：属实0处，误报0处，豁免1处，还有{}处没有复核。",
                                findings.size() - 1)) != std::string::npos);
    const std::string json = review_json(reviewed.file(), national_lexicon());
    CHECK(count_of(json, R"("verdict":"waived")") == 2);
    const std::string sarif = review_sarif({json}, national_lexicon());
    CHECK(count_of(sarif, R"("status":"accepted")") == 1);
    CHECK(count_of(sarif, R"("status":"underReview")") == 1);
    CHECK(count_of(sarif, R"("suppressions":[])") == findings.size() - 2);
}

TEST_CASE("what a report says is text in the page, whatever it looks like") {
    const Reviewed reviewed("<script>alert(1)</script>&amp;云桥街道2024年法治政府建设报告\n");
    const std::string page = reviewed.page();
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find("&lt;script&gt;") != std::string::npos);
    CHECK(page.find("报告&lt;1&gt;.txt") != std::string::npos);
    CHECK(page.find("http") == std::string::npos);
}

TEST_CASE("a copied excerpt is shown beside where it comes from") {
    const std::string passage =
        "将年度要点分解为27项，逐项明确牵头科室和完成时限，年底全部办结。各社区书记在述职时一并述法"
        "，12个社区"
        "无一遗漏。";
    const Reviewed before("云桥街道2023年法治政府建设报告\n" + passage + "\n");
    const Companion last_year("云桥街道2023年报告", before.review.reading);
    const Reviewed reviewed("云桥街道2024年法治政府建设报告\n" + passage + "\n",
                            {.last_year = &last_year});
    const std::string page = reviewed.page();
    CHECK(page.find("class=\"pair\"") != std::string::npos);
    CHECK(page.find("云桥街道2023年报告，第2行") != std::string::npos);
}

TEST_CASE("the pieces of a paragraph are its text, in order, each with its findings") {
    const Reviewed reviewed(
        "宣传《妇女儿童权益保障法》，满意率102%，调解纠纷14件，其中邻里纠纷15件。\n");
    const Prose& prose = reviewed.review.reading.prose;
    const Extent whole = prose.paragraphs().front().extent;
    std::uint32_t at = whole.begin;
    std::size_t marked = 0;
    for (const MarkedPiece& piece : marked_pieces(reviewed.review, whole)) {
        CHECK(piece.extent.begin == at);
        CHECK_FALSE(piece.extent.empty());
        at = piece.extent.end;
        for (const std::size_t i : piece.findings)
            CHECK(reviewed.review.findings[i].extent.overlaps(piece.extent));
        marked += piece.findings.empty() ? 0 : 1;
    }
    CHECK(at == whole.end);
    CHECK(marked >= 3);
}

}  // namespace fazhi::review
