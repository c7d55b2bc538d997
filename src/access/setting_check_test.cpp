#include "access/setting_check.h"

#include <doctest/doctest.h>

#include "access/errors.h"
#include "access/testing/office.h"

namespace fazhi::access {

namespace {

Result<Value> check(std::string_view name, const Value& value) {
    return checked_setting(*testing::office_set().setting(name), value,
                           testing::office_directory());
}

}  // namespace

TEST_CASE("settings are stored in one form, however they are written") {
    struct Case {
        const char* name;
        Value written;
        Value stored;
    };
    const Case cases[] = {
        {"addressee", "区委、区政府", "区委、区政府"},
        {"visit_limit", "15 days", "15 days"},
        {"visit_limit", "7 day", "7 days"},
        {"hours", "40", 40},
        {"hours", 60, 60},
        {"guards", "上级单位、本级领导", Value::List{"superior", "leader"}},
        {"guards", Value::List{"leader"}, Value::List{"leader"}},
        {"report_by", "02-29", "02-29"},
        {"open_day", "是", true},
        {"open_day", false, false},
        {"since", "2024-02-29", "2024-02-29"},
        {"hearing_fine", "2000", 200'000},
        {"hearing_fine", "0.2万元", 200'000},
        {"hearing_fine", 2000, 200'000},
        {"hearing_fine", Value::Map{{"fen", 200'050}}, 200'050},
        {"contact", "李文", std::int64_t{22}},
        {"contact", "wang", std::int64_t{21}},
        {"contact", 25, 25},
    };
    for (const Case& one : cases) {
        CAPTURE(one.name);
        const auto stored = check(one.name, one.written);
        REQUIRE(stored);
        CHECK(*stored == one.stored);
    }
}

TEST_CASE("a value the setting may not have is refused and says what is expected") {
    struct Case {
        const char* name;
        Value written;
        const char* expected;
    };
    const Case cases[] = {
        {"addressee", 5, "文字"},
        {"addressee", "区委\n区政府", "控制字符"},
        {"visit_limit", "6 days", "不短于7日"},
        {"visit_limit", "10 workdays", "单位相同"},
        {"visit_limit", "soon", "期限"},
        {"visit_limit", 30, "期限"},
        {"hours", 0, "不小于1"},
        {"hours", 61, "不大于60"},
        {"hours", "4a", "整数"},
        {"hours", "99999999999999999999", "整数"},
        {"guards", "没有的人", "本级领导、上级单位"},
        {"guards", "leader、leader", "互不重复"},
        {"guards", 7, "选项"},
        {"report_by", "02-30", "月和日"},
        {"report_by", "2024-03-01", "月和日"},
        {"open_day", "也许", "是或否"},
        {"since", "2023-02-29", "日期"},
        {"hearing_fine", "很多", "以元为单位"},
        {"hearing_fine", "2000.505", "以元为单位"},
        {"hearing_fine", "0.5", "不小于1元"},
        {"hearing_fine", "200万", "不大于1000000元"},
        {"hearing_fine", true, "以元为单位"},
        {"contact", "没有此人", "姓名"},
        {"contact", 99, "姓名"},
    };
    for (const Case& one : cases) {
        CAPTURE(one.name);
        CAPTURE(one.expected);
        const auto stored = check(one.name, one.written);
        REQUIRE_FALSE(stored);
        CHECK(stored.error().code == errors::kBadSetting);
        CHECK(stored.error().where == one.name);
        CHECK(stored.error().message.find(one.expected) != std::string::npos);
    }
}

}  // namespace fazhi::access
