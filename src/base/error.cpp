#include "base/error.h"

#include <array>

#include <fmt/format.h>

#include "base/invariant.h"

namespace fazhi {
namespace {

// 1-9999 in Chinese numerals: statute articles are cited so.
std::string article_numeral(int article) {
    static constexpr std::array<const char*, 10> kDigits = {"零", "一", "二", "三", "四",
                                                            "五", "六", "七", "八", "九"};
    static constexpr std::array<const char*, 4> kUnits = {"", "十", "百", "千"};
    const std::string digits = std::to_string(article);
    std::string out;
    bool zero = false;
    for (size_t i = 0; i < digits.size(); ++i) {
        const auto digit = static_cast<size_t>(digits[i] - '0');
        const size_t place = digits.size() - 1 - i;
        if (digit == 0) {
            zero = true;
            continue;
        }
        if (zero && !out.empty()) out += "零";
        zero = false;
        if (!(digit == 1 && place == 1 && out.empty())) out += kDigits.at(digit);
        out += kUnits.at(place);
    }
    return out;
}

}  // namespace

std::string basis_text(const Basis& basis) {
    std::string out = basis.law.empty() ? "" : fmt::format("《{}》", basis.law);
    for (size_t i = 0; i < basis.articles.size(); ++i) {
        out += fmt::format("{}第{}条", i == 0 ? "" : "、", article_numeral(basis.articles[i]));
    }
    if (!basis.applies.empty()) out += fmt::format("（{}）", basis.applies);
    if (!basis.note.empty()) out += out.empty() ? basis.note : fmt::format("：{}", basis.note);
    return out;
}

std::vector<Error> flatten(const Error& error) {
    std::vector<Error> out;
    Error head = error;
    head.also.clear();
    out.push_back(std::move(head));
    for (const Error& next : error.also) {
        for (Error& flat : flatten(next)) out.push_back(std::move(flat));
    }
    return out;
}

Error join_errors(std::vector<Error> errors) {
    INVARIANT(!errors.empty());
    Error first = std::move(errors.front());
    for (size_t i = 1; i < errors.size(); ++i) first.also.push_back(std::move(errors[i]));
    return first;
}

}  // namespace fazhi
