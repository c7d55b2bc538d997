#include "text/running_quantity.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "text/decimal.h"
#include "text/utf8.h"

namespace fazhi::text {

namespace {

const WordIndex& units() {
    static const WordIndex kUnits(
        {"次", "人次", "场", "场次", "场（次）", "份", "人", "个", "件", "名", "元", "起", "家"});
    return kUnits;
}

const char* word_of(Qualifier qualifier) {
    switch (qualifier) {
        case Qualifier::Exact:
            return "exact";
        case Qualifier::AtLeast:
            return "at_least";
        case Qualifier::About:
            return "about";
        case Qualifier::AtMost:
            return "at_most";
    }
    return "";
}

// "70 人次 at_least", one a line.
std::string found_in(std::string_view prose) {
    const std::u32string text = code_points(prose);
    std::string out;
    for (const RunningQuantity& each : running_quantities(text, units())) {
        const auto unit = text.substr(each.unit_begin, each.unit_end - each.unit_begin);
        const std::string shown = each.is_percent ? "%" : from_code_points(unit);
        out += fmt::format("{}{} {} {}", out.empty() ? "" : "；",
                           short_decimal_text(each.value, kQuantityScale), shown,
                           word_of(each.qualifier));
    }
    return out;
}

}  // namespace

TEST_CASE("numbers of every kind are found in prose with unit and qualifier") {
    struct Case {
        const char* prose;
        const char* found;
    };
    const Case cases[] = {
        {"接受法律咨询70余人次", "70 人次 at_least"},
        {"发放宣传彩页5.5万余份，", "55000 份 at_least"},
        {"发放20余万份", "200000 份 at_least"},
        {"七十余人次", "70 人次 at_least"},
        {"百余人参加", "100 人 at_least"},
        {"近百场活动", "100 场 about"},
        {"约200人", "200 人 about"},
        {"逾3000人", "3000 人 at_least"},
        {"不少于4次", "4 次 at_least"},
        {"不超过3次", "3 次 at_most"},
        {"50场以上", "50 场 at_least"},
        {"200人左右", "200 人 about"},
        {"答复率达100%", "100 % exact"},
        {"合格率为98.67%", "98.67 % exact"},
        {"百分之九十五以上", "95 % at_least"},
        {"十余次", "10 次 at_least"},
        {"两次", "2 次 exact"},
        {"二十次", "20 次 exact"},
        {"3至5次", "3 次 at_least"},
        {"10—15人", "10 人 at_least"},
        {"1+15个调委会", "16 个 exact"},
        {"经费29.52万元", "295200 元 exact"},
        {"1,200份", "1200 份 exact"},
        {"70 余人次、13 份", "70 人次 at_least；13 份 exact"},
        {"6场（次）", "6 场（次） exact"},
        {"签约5家，最近3次", "5 家 exact；3 次 exact"},
        {"修订村规民约12份", "12 份 exact"},
        {"2023年", "2023  exact"},
    };
    for (const Case& each : cases) {
        CAPTURE(std::string(each.prose));
        CHECK(found_in(each.prose) == std::string(each.found));
    }
}

TEST_CASE("ordinals, fractions and what is no numeral are left out") {
    for (const char* prose : {"第3次", "第十个国家宪法日", "三分之一", "几次", "数百人", "一百百",
                              "多次会议", "全年"}) {
        CAPTURE(std::string(prose));
        CHECK(found_in(prose).empty());
    }
}

TEST_CASE("a figure spans its qualifiers and its unit") {
    const std::u32string text = U"共约1200余人参加";
    const auto found = running_quantities(text, units());
    REQUIRE(found.size() == 1);
    CHECK(text.substr(found[0].begin, found[0].end - found[0].begin) == U"约1200余人");
    CHECK(text.substr(found[0].number_begin, found[0].number_end - found[0].number_begin) ==
          U"1200余");
    CHECK(found[0].low == 12'000'000);
}

}  // namespace fazhi::text
