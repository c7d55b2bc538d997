#include "text/sentence.h"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace fazhi::text {

using Sentences = std::vector<std::string_view>;

TEST_CASE("prose is split behind its full stops") {
    CHECK(sentences("开展宣传20余次。发放资料8000余份！是否达标？达标；完成") ==
          Sentences{"开展宣传20余次。", "发放资料8000余份！", "是否达标？", "达标；", "完成"});
    CHECK(sentences("真的？！好。") == Sentences{"真的？！", "好。"});
    CHECK(sentences("").empty());
    CHECK(sentences(" 　\n\n").empty());
}

TEST_CASE("a line break ends a sentence and white space belongs to none") {
    CHECK(sentences("一、总体情况\n　　全年召开会议5次。\r\n二、问题") ==
          Sentences{"一、总体情况", "全年召开会议5次。", "二、问题"});
}

TEST_CASE("quotes and brackets are kept together with their sentence") {
    CHECK(sentences("他说：“好。走吧！”大家都去了。再见。") ==
          Sentences{"他说：“好。走吧！”大家都去了。", "再见。"});
    CHECK(sentences("依法办理（详见附件。共三页；）。完毕。") ==
          Sentences{"依法办理（详见附件。共三页；）。", "完毕。"});
    CHECK(sentences("办结。）下一句。") == Sentences{"办结。）", "下一句。"});
    CHECK(sentences("未闭合（说明。\n下一行。末句。") ==
          Sentences{"未闭合（说明。", "下一行。", "末句。"});
    CHECK(sentences("占比66.67%。共1,200份。") == Sentences{"占比66.67%。", "共1,200份。"});
}

TEST_CASE("nothing but white space is lost in splitting") {
    CHECK(rc::check([] {
        std::string text;
        for (int i = *rc::gen::inRange(0, 30); i > 0; --i) {
            text += *rc::gen::element<std::string>("法", "。", "“", "”", "（", "）", "；", "\n",
                                                   "a", "？");
        }
        std::string joined;
        for (const auto sentence : sentences(text)) joined += sentence;
        std::string expected;
        for (const char c : text) {
            if (c != '\n') expected += c;
        }
        RC_ASSERT(joined == expected);
    }));
}

}  // namespace fazhi::text
