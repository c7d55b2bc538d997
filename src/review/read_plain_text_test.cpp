#include "review/read_plain_text.h"

#include <array>

#include <doctest/doctest.h>

#include "review/errors.h"
#include "review/testing/shown.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

using testing::char_at;
using testing::texts_of;

// "法治政府建设年度报告。\n办理120件。" in GB18030.
constexpr std::string_view kInGb18030 =
    "\xB7\xA8\xD6\xCE\xD5\xFE\xB8\xAE\xBD\xA8\xC9\xE8\xC4\xEA\xB6\xC8\xB1\xA8\xB8\xE6\xA1\xA3\n"
    "\xB0\xEC\xC0\xED"
    "120"
    "\xBC\xFE\xA1\xA3";

std::vector<std::string> paragraphs(std::string_view bytes) {
    const auto read = read_plain_text(bytes);
    REQUIRE_MESSAGE(read, read.error().message);
    return texts_of(*read);
}

}  // namespace

TEST_CASE("a text file is read in UTF-8 with or without a mark, and in GB18030") {
    const std::vector<std::string> expected{"法治政府建设年度报告。", "办理120件。"};
    CHECK(paragraphs("法治政府建设年度报告。\n办理120件。") == expected);
    CHECK(paragraphs("\xEF\xBB\xBF法治政府建设年度报告。\r\n办理120件。\r\n") == expected);
    CHECK(paragraphs("法治政府建设年度报告。\r办理120件。") == expected);
    CHECK(paragraphs(kInGb18030) == expected);
}

TEST_CASE("what is no text, or an encoding that is not read, is refused") {
    using namespace std::string_view_literals;
    for (const std::string_view bytes :
         {"a\0b"sv, "\xFF\xFE\x01\x4E"sv, "\x81"sv, "\xFF\xFF\xFF"sv}) {
        const auto read = read_plain_text(bytes);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == errors::kNotText);
    }
    const auto empty = read_plain_text(" \n\u3000\n");
    REQUIRE_FALSE(empty);
    CHECK(empty.error().code == errors::kNoText);
}

TEST_CASE("each line of a file whose author broke no line is a paragraph") {
    const std::string body =
        "　　一年来，街道深入学习宣传贯彻习近平法治思想，认真落实上级部署要求，全面推进依法行政各项"
        "工作，"
        "法治建设取得新的成效，现将有关情况报告如下，请予审议，并请提出宝贵意见和建议。";
    CHECK(paragraphs("2023年度工作报告\n" + body + "\n一、主要做法\n" + body +
                     "\n二、下一步打算\n" + body)
              .size() == 6);
    // Short lines by chance nearly as long as the longest.
    CHECK(paragraphs("开展活动十次。\n发放材料百份。\n化解纠纷三件。\n").size() == 3);
}

TEST_CASE("broken lines are joined inside words and numbers") {
    const auto found = paragraphs(
        "　　全年共受理群众来信来访和热线转办的各类诉求1\n"
        "2345件，均在规定时限内办结；通过全新改版的GovHub\n"
        "Online平台公开信息，回应率达到百分之九十九以上\n"
        "，群众比较满意。\n"
        "　　二是开展普法活动，发放各类宣传材料两万余份\n"
        "，受到欢迎。\n");
    REQUIRE(found.size() == 2);
    CHECK(found[0] ==
          "全年共受理群众来信来访和热线转办的各类诉求12345件，均在规定时限内办结；通过全新改版的Gov"
          "Hub Online"
          "平台公开信息，回应率达到百分之九十九以上，群众比较满意。");
    CHECK(found[1] == "二是开展普法活动，发放各类宣传材料两万余份，受到欢迎。");
}

TEST_CASE("blank lines part paragraphs, and page numbers go") {
    const auto found = paragraphs(
        "街道办事处坚持以习近平法治思想为指导，围绕中心、服\n"
        "务大局，扎实推进法治政府建设，\n"
        "\n— 1 —\n\f"
        "取得成效。\n\n"
        "共办理 1 件。\n- 2 -\n");
    CHECK(found == std::vector<std::string>{"街道办事处坚持以习近平法治思想为指导，围绕中心、服"
                                            "务大局，扎实推进法治政府建设，",
                                            "取得成效。", "共办理1件。"});
}

TEST_CASE("text taken from a PDF, a blank line behind each line and nothing set in, is rejoined") {
    CHECK(paragraphs("某某街道办事处\n\n"
                     "2023年度工作情况报告\n\n"
                     "一年来，街道认真贯彻上级部署，扎实推进法治政府\n\n"
                     "建设，全年共受理各类群众诉求一万二千余件，办结率为百\n\n"
                     "分之九十九。主要负责人切实履行第一责任人职责，多次研\n\n"
                     "究部署，亲自督办重点事项，推动工作落到实处见到实效。\n\n"
                     "扎实开展普法宣传，组织活动三十余场次，发放宣传\n\n"
                     "— 1 —\n\n"
                     "材料两万余份，营造了尊法学法守法用法的浓厚社会氛围。\n\n"
                     "一、存在问题\n\n"
                     "执法力量仍然不足，基层专业人员还比较缺乏，需要\n\n"
                     "进一步充实。\n") ==
          std::vector<std::string>{
              "某某街道办事处", "2023年度工作情况报告",
              "一年来，街道认真贯彻上级部署，扎实推进法治政府建设，全年共受理各类群众诉求一万二千"
              "余件，办结率为百分之九十九。主要负责人切实履行第一责任人职责，多次研究部署，亲自督办"
              "重点事项，推动工作落到实处见到实效。",
              "扎实开展普法宣传，组织活动三十余场次，发放宣传材料两万余份，营造了尊法学法守法用法的"
              "浓厚社会氛围。",
              "一、存在问题", "执法力量仍然不足，基层专业人员还比较缺乏，需要进一步充实。"});
}

TEST_CASE("a paragraph that a page's end parted is one again, what follows a title is not") {
    const std::string half =
        "街道办事处坚持以习近平法治思想为指导，围绕中心、服务大局，扎实推进法治政府建设，深入开展普"
        "法宣传"
        "和矛盾纠纷排查化解，全年组织各类宣传活动三十余场次，受教育群众";
    const std::string rest = "达到一万五千余人次，取得了良好的社会效果。";
    const std::string text = half + "\n\n" + rest + "\n\n（二）加强监督\n\n" + rest + "\n";
    CHECK(paragraphs(text) == std::vector<std::string>{half + rest, "（二）加强监督", rest});
    CHECK(paragraphs(half + "\n\n某某街道办事处\n") ==
          std::vector<std::string>{half, "某某街道办事处"});
}

TEST_CASE("every character of a text file leads to its line and place") {
    const auto read = read_plain_text("标题\r\n\n　　共 受理 １２ 件，\n");
    REQUIRE(read);
    REQUIRE(read->blocks.size() == 2);
    const TextBlock& block = read->blocks[1];
    CHECK(text::from_code_points(block.text) == "共受理12件，");
    CHECK(spot_of(block, 0) == Spot{1, 3, 2});                     // 共
    CHECK(spot_of(block, 1) == Spot{1, 3, 4});                     // 受
    CHECK(spot_of(block, char_at(block, U'1')) == Spot{1, 3, 7});  // １
    CHECK(spot_of(block, char_at(block, U'，')) == Spot{1, 3, 11});
}

}  // namespace fazhi::review
