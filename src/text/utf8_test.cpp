#include "text/utf8.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "text/errors.h"

namespace fazhi::text {

TEST_CASE("well-formed UTF-8 is told from bytes that are not") {
    for (const char* text :
         {"", "abc", "法治台账", "é", "𠮷野家", "\xF4\x8F\xBF\xBF", "\xEF\xBF\xBD"}) {
        CAPTURE(text);
        CHECK(valid_utf8(text));
    }
    for (const char* bytes :
         {"\x80", "\xC0\x80", "\xC3", "\xE6\xB3", "\xED\xA0\x80", "\xF4\x90\x80\x80",
          "\xF8\x88\x80\x80\x80", "\xE0\x80\xAF", "法\xFF", "\xB7\xA8\xD6\xCE"}) {
        CHECK_FALSE(valid_utf8(bytes));
    }
}

TEST_CASE("text from outside is kept as it is, in one normal form") {
    CHECK(*checked_text("调解协议（一式两份）") == "调解协议（一式两份）");
    CHECK(*checked_text("") == "");
    CHECK(*checked_text("e\u0301") == "\u00E9");
    CHECK(*checked_text("第一行\r\n第二行\t完", {.lines = Lines::Many}) == "第一行\n第二行\t完");
    CHECK(*checked_text("葛\U000E0100飾") ==
          "葛\U000E0100飾");                     // a variation selector: a rare name's glyph
    CHECK(*checked_text("\uE000") == "\uE000");  // private use: a name no code point has
}

TEST_CASE("what must not be stored is refused with the place it stands at") {
    struct Row {
        std::string bytes;
        std::string_view code;
        const char* message;
    };
    const Row rows[] = {
        {"调解\xFF", errors::kInvalidUtf8,
         "第3个字符不是有效的 UTF-8 编码，请将文件另存为 UTF-8。"},
        {std::string("调\0解", 7), errors::kNullCharacter, "第2个字符是空字符，请删去后重新填写。"},
        {"调\x07", errors::kControlCharacter, "第2个字符是控制字符，请删去后重新填写。"},
        {"调\n解", errors::kControlCharacter, "第2个字符是换行或制表符，请删去后重新填写。"},
        {"调\u0085", errors::kControlCharacter, "第2个字符是控制字符，请删去后重新填写。"},
        {"\uFFFE", errors::kControlCharacter, "第1个字符是控制字符，请删去后重新填写。"},
        {"调解\u202E", errors::kDirectionMark,
         "第3个字符是改变文字方向的隐藏符号，请删去后重新填写。"},
        {"\u2066调", errors::kDirectionMark,
         "第1个字符是改变文字方向的隐藏符号，请删去后重新填写。"},
        {"王\u200B某", errors::kInvisibleCharacter,
         "第2个字符是看不见的零宽字符，请删去后重新填写。"},
        {"\uFEFF王某", errors::kInvisibleCharacter,
         "第1个字符是看不见的零宽字符，请删去后重新填写。"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.message);
        const auto checked = checked_text(row.bytes);
        REQUIRE_FALSE(checked);
        CHECK(checked.error().code == row.code);
        CHECK(checked.error().message == row.message);
    }
    CHECK(checked_text("a\rb", {.lines = Lines::Many}).error().code == errors::kControlCharacter);
}

TEST_CASE("text over its length is refused in characters, not bytes") {
    CHECK(checked_text("一二三四五", {.length_max = 5}));
    const auto checked = checked_text("一二三四五六", {.length_max = 5});
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == errors::kTooLong);
    CHECK(checked.error().message == "最多填写5个字符，现有6个，请从第6个字符起删减。");
    CHECK(checked_text("e\u0301", {.length_max = 1}));  // one character once composed
}

TEST_CASE("text is measured and cut by characters") {
    CHECK(length("法治a") == 3);
    CHECK(length("𠮷") == 1);
    CHECK(grapheme_count("e\u0301法") == 2);
    CHECK(display_width("法治a（）") == 9);
    CHECK(display_width("e\u0301") == 1);
    CHECK(truncated("法治台账", 4) == "法治台账");
    CHECK(truncated("法治政府建设", 4) == "法治政…");
    CHECK(truncated("法治政府建设", 1) == "…");
    CHECK(truncated("法治", 0) == "");
    CHECK(truncated("葛\U000E0100飾区役所", 3) == "葛\U000E0100飾…");
    CHECK(characters("葛\U000E0100法a") ==
          std::vector<std::string_view>{"葛\U000E0100", "法", "a"});
    CHECK(characters("").empty());
}

TEST_CASE("full-width letters and digits are folded, Chinese marks without a twin are kept") {
    CHECK(fold_width("２０２３年（Ａ）　１，２００") == "2023年(A) 1,200");
    CHECK(fold_width("《民法典》、。“”") == "《民法典》、。“”");
}

TEST_CASE("white space is trimmed at both ends, the ideographic space too") {
    CHECK(trimmed("　 调解 协议\t\n\u00A0") == "调解 协议");
    CHECK(trimmed("　　") == "");
    CHECK(trimmed("") == "");
    CHECK(trimmed("a") == "a");
}

TEST_CASE("code points and UTF-8 are the same text") {
    CHECK(code_points("法a𠮷") == U"法a𠮷");
    CHECK(from_code_points(U"法a𠮷é") == "法a𠮷é");
    CHECK(code_points("法\xFF治") == U"法\uFFFD治");
    CHECK(rc::check("round trip", [] {
        std::u32string points;
        for (const int point : *rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 0xD7FF))) {
            points += static_cast<char32_t>(point);
        }
        RC_ASSERT(code_points(from_code_points(points)) == points);
        RC_ASSERT(valid_utf8(from_code_points(points)));
    }));
}

TEST_CASE("whatever bytes arrive are answered, and what passes is stable") {
    CHECK(rc::check([](const std::string& bytes) {
        const auto checked = checked_text(bytes);
        if (checked) {
            RC_ASSERT(is_nfc(*checked));
            RC_ASSERT(*checked_text(*checked) == *checked);
        }
        RC_ASSERT((checked || !valid_utf8(bytes) || !checked.error().code.empty()));
        std::string joined;
        for (const auto& character : characters(bytes)) joined += character;
        RC_ASSERT(joined == bytes);
        RC_ASSERT(length(truncated(bytes, 5, "")) <= length(bytes));
        RC_ASSERT(trimmed(trimmed(bytes)) == trimmed(bytes));
    }));
}

}  // namespace fazhi::text
