// What a reader made of a file, as tests compare it.
#pragma once

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "review/source_text.h"

namespace fazhi::review::testing {

// The blocks' texts. Fails the test's REQUIRE where a block breaks a promise of source_text.h:
// runs that do not begin at 0, do not ascend, or reach beyond the text; pages beyond the last.
std::vector<std::string> texts_of(const SourceText&);
// With kind and level before each: "P 正文", "H1 标题", "C1.2.3 单元格" (table, row, column), "F
// 脚注".
std::vector<std::string> shown(const SourceText&);
// The first place of a character in the block; the text's size where it has none.
std::uint32_t char_at(const TextBlock&, char32_t);
// Codes of the notices, in order.
std::vector<std::string> notices_of(const SourceText&);

}  // namespace fazhi::review::testing

// A failed comparison shows the texts.
namespace doctest {
template <>
struct StringMaker<std::vector<std::string>> {
    static String convert(const std::vector<std::string>& texts) {
        std::string out;
        for (const std::string& text : texts) out += "\n  | " + text;
        return out.c_str();
    }
};
}  // namespace doctest
