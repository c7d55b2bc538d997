#include "review/read_pdf.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "document/pdf_writer.h"
#include "document/testing/sample_document.h"
#include "review/errors.h"
#include "review/read_ocr.h"
#include "review/testing/drawn_pdf.h"
#include "review/testing/shown.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

using testing::drawn_pdf;
using testing::DrawnText;
using testing::printed;
using Strings = std::vector<std::string>;
using Drawing = std::vector<DrawnText>;

const std::string kFirst =
    "一年来，街道深入学习宣传贯彻习近平法治思想，全年共受理群众来信来访和热线转办诉求12345件，"
    "均在规定时限内办结，群众满意率达到百分之九十九以上，取得了较好的成效。";
const std::string kSecond =
    "二是扎实开展普法宣传，发放各类宣传材料两万余份，受教育群众达到一万五千余人次，"
    "营造了浓厚的法治氛围。";

void add(Drawing& page, const Drawing& more) {
    page.insert(page.end(), more.begin(), more.end());
}

SourceText read(const std::string& pdf) {
    auto out = read_pdf(pdf);
    REQUIRE_MESSAGE(out, out.error().message);
    return *std::move(out);
}

Strings blocks(const std::vector<Drawing>& pages) {
    return testing::texts_of(read(drawn_pdf(pages)));
}

std::string_view refusal(const Result<SourceText>& result) {
    return result ? "" : result.error().code;
}

}  // namespace

TEST_CASE("lines of a PDF are joined inside words and numbers, paragraphs stay apart") {
    Drawing page = printed(kFirst, 80, 120);
    add(page, printed(kSecond, 80, 120 + 28 * 4));
    CHECK(blocks({page}) == Strings{kFirst, kSecond});
}

TEST_CASE("running heads and page numbers go, and a paragraph goes on over the page") {
    std::vector<Drawing> pages(4);
    const Drawing lines = printed(kFirst + kSecond, 80, 100);
    REQUIRE(lines.size() >= 4);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        pages[i].push_back({60, 40, "某某街道2023年度法治政府建设情况报告", 10});
        pages[i].push_back({280, 780, fmt::format("— {} —", i + 1), 14});
    }
    add(pages[0], {lines[0], lines[1]});
    add(pages[1], Drawing(lines.begin() + 2, lines.end()));
    for (std::size_t i = 2; i < lines.size(); ++i)
        pages[1][i].y = 100 + 28.0 * static_cast<double>(i - 2);
    add(pages[2], printed("三是加强监督。", 80, 100));
    add(pages[3], printed("四是总结经验。", 80, 100));
    CHECK(blocks(pages) == Strings{kFirst + kSecond, "三是加强监督。", "四是总结经验。"});
}

TEST_CASE("columns of a page are read one after the other") {
    Drawing page = printed(kFirst, 50, 100, 14);
    add(page, printed(kSecond, 320, 100, 14));
    CHECK(blocks({page}) == Strings{kFirst, kSecond});
}

TEST_CASE("a title of two lines in the middle is one, and what is smaller is another") {
    Drawing page{{130, 100, "某某街道办事处关于2023年度法治", 22},
                 {190, 135, "政府建设情况的报告", 22},
                 {230, 175, "某办发〔2024〕3号", 16}};
    add(page, printed(kFirst, 80, 220));
    CHECK(blocks({page}) ==
          Strings{"某某街道办事处关于2023年度法治政府建设情况的报告", "某办发〔2024〕3号", kFirst});
}

TEST_CASE("every character of a PDF leads to its page, line and place") {
    const SourceText source = read(drawn_pdf({printed("甲。", 80, 100), printed(kFirst, 80, 100)}));
    REQUIRE(source.pages == 2);
    REQUIRE(source.blocks.size() == 2);
    const TextBlock& block = source.blocks[1];
    CHECK(spot_of(block, 0) == Spot{2, 1, 0});
    CHECK(spot_of(block, 25) == Spot{2, 1, 25});
    CHECK(spot_of(block, 26) == Spot{2, 2, 0});
    const auto last = static_cast<std::uint32_t>(block.text.size() - 1);
    CHECK(spot_of(block, last).line == 3);
}

TEST_CASE("a report of our own making is read back in order") {
    const std::string pdf = document::write_pdf(document::testing::sample_report(), {});
    const SourceText source = read(pdf);
    CHECK(source.pages > 1);
    std::string all;
    for (const std::string& text : testing::texts_of(source)) all += text;
    const std::size_t first = all.find("一、");
    CHECK(first != std::string::npos);
    CHECK(all.find("二、", first) != std::string::npos);
    CHECK(all.find("—1—") == std::string::npos);
}

TEST_CASE("a scanned PDF is read where tesseract is, with its confidence told; else refused") {
    Drawing page{{120, 100, "法治政府建设年度报告", 26}};
    add(page, printed("全年共受理群众诉求十二件，均已办结。", 80, 180));
    const auto result = read_pdf(testing::scanned_pdf({page, {}}));
    if (!ocr_is_there()) {
        CHECK(refusal(result) == errors::kNoOcr);
        return;
    }
    REQUIRE(result);
    CHECK(testing::texts_of(*result) ==
          Strings{"法治政府建设年度报告", "全年共受理群众诉求十二件，均已办结。"});
    REQUIRE(testing::notices_of(*result) == Strings{"ocr"});  // nothing of the blank page
    CHECK(result->notices[0].spot.page == 1);
    const auto picture = read_picture(testing::drawn_png(page));
    REQUIRE(picture);
    CHECK(testing::texts_of(*picture) == testing::texts_of(*result));
}

TEST_CASE("a PDF that is cut, empty or no PDF is refused") {
    const std::string whole = drawn_pdf({printed(kFirst, 80, 100)});
    CHECK(refusal(read_pdf(whole.substr(0, 200))) == errors::kNotWhole);
    CHECK(refusal(read_pdf("%PDF-1.7\n")) == errors::kNotWhole);
    CHECK(refusal(read_pdf(drawn_pdf({{}}))) == errors::kNoText);
    CHECK(refusal(read_picture("\x89PNG\r\n\x1A\n")) ==
          (ocr_is_there() ? errors::kNotWhole : errors::kNoOcr));
}

}  // namespace fazhi::review
