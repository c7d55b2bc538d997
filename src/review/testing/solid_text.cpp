#include "review/testing/solid_text.h"

#include <algorithm>

#include "text/utf8.h"

namespace fazhi::review::testing {
namespace {

bool is_white(char32_t c) {
    return c == U' ' || c == U'\n' || c == U'\t' || c == U'\r' || c == U'\u3000';
}

char32_t half_width(char32_t c) {
    const bool letter_or_digit =
        (c >= U'０' && c <= U'９') || (c >= U'Ａ' && c <= U'Ｚ') || (c >= U'ａ' && c <= U'ｚ');
    const bool mark = c == U'％' || c == U'＋' || c == U'．';
    return letter_or_digit || mark ? c - 0xFEE0 : c;
}

}  // namespace

std::u32string solid(std::string_view utf8) {
    std::u32string out;
    for (const char32_t c : text::code_points(utf8)) {
        if (!is_white(c)) out += half_width(c);
    }
    return out;
}

SolidText::SolidText(const Prose& prose) {
    for (std::uint32_t at = 0; at < prose.text().size(); ++at) {
        if (is_white(prose.text()[at])) continue;
        text_ += half_width(prose.text()[at]);
        places_.push_back(at);
    }
}

std::optional<Extent> SolidText::place(std::string_view words, std::size_t nth) const {
    const std::u32string wanted = solid(words);
    if (wanted.empty()) return std::nullopt;
    std::size_t at = text_.find(wanted);
    for (std::size_t i = 1; i < nth && at != std::u32string::npos; ++i)
        at = text_.find(wanted, at + wanted.size());
    if (at == std::u32string::npos) return std::nullopt;
    return Extent{places_[at], places_[at + wanted.size() - 1] + 1};
}

bool SolidText::begins_so(std::uint32_t at, std::string_view words) const {
    const auto first = std::lower_bound(places_.begin(), places_.end(), at);
    return std::u32string_view(text_)
        .substr(static_cast<std::size_t>(first - places_.begin()))
        .starts_with(solid(words));
}

}  // namespace fazhi::review::testing
