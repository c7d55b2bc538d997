#include "text/sentence.h"

#include <cstddef>

#include "text/code_point.h"
#include "text/utf8.h"

namespace fazhi::text {
namespace {

bool is_one_of(char32_t c, std::u32string_view marks) {
    return marks.find(c) != std::u32string_view::npos;
}

bool ends_sentence(char32_t c) {
    return is_one_of(c, U"。！？；!?;");
}

bool opens(char32_t c) {
    return is_one_of(c, U"“‘「『（(【《〈[");
}

bool closes(char32_t c) {
    return is_one_of(c, U"”’」』）)】》〉]");
}

}  // namespace

std::vector<std::string_view> sentences(std::string_view text) {
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    const auto cut = [&](std::size_t end) {
        const std::string_view sentence = trimmed(text.substr(begin, end - begin));
        if (!sentence.empty()) out.push_back(sentence);
        begin = end;
    };

    int depth = 0;
    bool ended =
        false;  // A terminator stands behind us: only more of them or closing marks still belong.
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const char32_t c = next_code_point(text, at).value_or(kReplacement);
        if (ended && !ends_sentence(c) && !closes(c)) {
            cut(here);
            ended = false;
        }
        if (c == U'\n' || c == U'\r') {
            cut(here);
            depth = 0;
            ended = false;
        } else if (opens(c)) {
            ++depth;
        } else if (closes(c)) {
            depth = depth > 0 ? depth - 1 : 0;
        } else if (ends_sentence(c)) {
            ended = depth == 0;
        }
    }
    cut(text.size());
    return out;
}

}  // namespace fazhi::text
