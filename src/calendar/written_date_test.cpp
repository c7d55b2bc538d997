#include "calendar/written_date.h"

#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "calendar/errors.h"

namespace fazhi::calendar {

using namespace std::chrono_literals;

TEST_CASE("a date is read as clerks write it") {
    for (const char* written :
         {"2023-05-06", "2023-5-6", "2023/5/6", "2023/05/06", "2023.5.6", "2023年5月6日",
          "2023年05月06日", "2023年5月6号", "2023年5月6", "20230506", " 2023-05-06 ",
          "２０２３年５月６日", "２０２３－５－６", "２０２３／０５／０６", "2023．5．6",
          "　2023年5月6日　", "2023 年 5 月 6 日"}) {
        CAPTURE(written);
        const auto parsed = parse_written_date(written);
        REQUIRE(parsed);
        CHECK(*parsed == 2023y / 5 / 6);
    }
}

TEST_CASE("a date without its year is refused, not given this year") {
    for (const char* written : {"5月6日", "5月6", "5/6", "5-6", "5.6", "05月06日", "５月６号"}) {
        CAPTURE(written);
        const auto parsed = parse_written_date(written);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errors::kYearMissing);
        CHECK(parsed.error().message == "日期缺少年份，请写成“2023年5月6日”这样的完整日期。");
    }
}

TEST_CASE("a written day that does not exist is refused with the length of its month") {
    const auto june = parse_written_date("2023年6月31日");
    REQUIRE_FALSE(june);
    CHECK(june.error().code == errors::kNoSuchDay);
    CHECK(june.error().message == "2023年6月只有30天，没有31日，请核对日期。");
    CHECK(parse_written_date("2023.2.29").error().code == errors::kNoSuchDay);
    CHECK(parse_written_date("20231301").error().code == errors::kNoSuchDay);
    CHECK(parse_written_date("2023/0/6").error().code == errors::kNoSuchDay);
}

TEST_CASE("what cannot be read as a date is refused with an example of one") {
    for (const char* written : {"",
                                "  ",
                                "昨天",
                                "2023",
                                "2023年",
                                "2023年5月",
                                "2023-05",
                                "23-5-6",
                                "6/5/2023",
                                "2023-5/6",
                                "2023年5月6日上午",
                                "2023--06",
                                "2023-5-6-7",
                                "-2023-5-6",
                                "2023年5月006日",
                                "二〇二三年五月六日",
                                "99999999999999999999",
                                "2023Y5M6D",
                                "\xFF\xFE",
                                "2023-05-06T00:00:00Z",
                                "2023 05 06"}) {
        CAPTURE(written);
        const auto parsed = parse_written_date(written);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == errors::kNotADate);
        CHECK(parsed.error().message.find("2023") != std::string::npos);
    }
    CHECK_FALSE(parse_written_date(std::string(10'000, '1')));
}

TEST_CASE("a time of day is read behind its date") {
    for (const char* written :
         {"2023-05-06 9:30", "2023-05-06 09:30", "2023/5/6 09:30:00", "2023年5月6日 9:30",
          "2023年5月6日9时30分", "2023年5月6日9点30分", "2023年5月6日9点30", "2023-05-06T09:30:00",
          "2023-05-06T01:30:00Z", "２０２３年５月６日　９：３０", "2023 年 5 月 6 日 9:30"}) {
        CAPTURE(written);
        const auto parsed = parse_written_time(written);
        REQUIRE(parsed);
        CHECK(to_text(*parsed) == "2023-05-06T01:30:00Z");
    }
    CHECK(to_text(*parse_written_time("2023年5月6日9时")) == "2023-05-06T01:00:00Z");
    CHECK(to_text(*parse_written_time("2023-05-06 00:00:01")) == "2023-05-05T16:00:01Z");
}

TEST_CASE("a time of day that is missing or impossible is refused") {
    for (const char* written :
         {"", "2023-05-06", "2023年5月6日", "2023-05-06 24:00", "2023-05-06 9:60", "2023-05-06 9",
          "2023-05-06 9:", "9:30", "2023-05-06 9:30:10:5", "2023-05-06 9:30 10"}) {
        CAPTURE(written);
        CHECK_FALSE(parse_written_time(written));
    }
    CHECK(parse_written_time("5月6日 9:30").error().code == errors::kYearMissing);
    CHECK(parse_written_time("2023-02-30 9:30").error().code == errors::kNoSuchDay);
}

TEST_CASE("a day that names no year is put into one, everything else stays as it was") {
    CHECK(with_year("5月6日", 2023) == "2023年5月6日");
    CHECK(with_year(" 5 月 6 号", 2023) == "2023年5 月 6 号");
    CHECK(with_year("5/6", 2023) == "2023/5/6");
    CHECK(with_year("５．６", 2023) == "2023.５．６");
    CHECK(*parse_written_date(with_year("５．６", 2023)) == *make_date(2023, 5, 6));
    CHECK(with_year("2月30日", 2023) == "2023年2月30日");  // Refused when it is read.
    for (const char* kept : {"2022-05-06", "", "上周三", "5", "2023年5月"})
        CHECK(with_year(kept, 2024) == kept);
}

TEST_CASE("whatever is typed, reading a date answers or refuses") {
    CHECK(rc::check([](const std::string& typed) {
        const auto date = parse_written_date(typed);
        RC_ASSERT((date ? date->ok() : !date.error().message.empty()));
        const auto time = parse_written_time(typed);
        RC_ASSERT((time.has_value() || !time.error().message.empty()));
    }));
}

}  // namespace fazhi::calendar
