#include "text/reading_form.h"

#include <array>
#include <utility>

#include <doctest/doctest.h>

namespace fazhi::text {

TEST_CASE("digits and letters of full width and radicals are read as what they look like") {
    constexpr std::array<std::pair<char32_t, char32_t>, 14> kCases{{
        {U'２', U'2'},
        {U'Ａ', U'A'},
        {U'ｚ', U'z'},
        {U'％', U'%'},
        {U'\u2EA0', U'民'},  // CJK radical civilian
        {U'\u2EC5', U'见'},
        {U'\u2ED3', U'长'},
        {U'\u2EF3', U'龟'},
        {U'\u2F00', U'一'},  // Kangxi radical one
        {U'\u2FD5', U'龠'},
        {U'\uF914', U'樂'},      // compatibility ideograph
        {U'\uFA0E', U'\uFA0E'},  // in that block, yet unified
        {U'\u2E9A', U'\u2E9A'},  // not assigned
        {U'民', U'民'},
    }};
    for (const auto& [written, read] : kCases) {
        CAPTURE(static_cast<unsigned>(written));
        CHECK(reading_form(written) == read);
    }
}

TEST_CASE("marks keep the width they were written with") {
    for (const char32_t mark : {U'，', U'：', U'（', U'＋', U'．', U'—', U'①', U'㎡', U'Ⅰ'}) {
        CAPTURE(static_cast<unsigned>(mark));
        CHECK(reading_form(mark) == mark);
    }
}

}  // namespace fazhi::text
