#include <map>

#include <re2/re2.h>

#include "review/checks.h"
#include "text/utf8.h"

namespace fazhi::review {

namespace {

struct NameSaid {
    std::string name;
    Extent extent;
};

// Where the pattern stands, but not behind the name of a superior: 区综合行政执法局 is another's.
std::vector<NameSaid> names_said(const re2::RE2& pattern, const Subject& subject) {
    constexpr std::u32string_view kSuperior = U"省市区县局";
    std::vector<NameSaid> out;
    re2::StringPiece rest(subject.utf8);
    re2::StringPiece found;
    std::uint32_t at = 0;
    std::size_t counted = 0;
    while (pattern.Match(subject.utf8, counted, subject.utf8.size(), re2::RE2::UNANCHORED, &found,
                         1)) {
        const auto begin = static_cast<std::size_t>(found.data() - subject.utf8.data());
        const auto skipped = std::string_view(subject.utf8).substr(counted, begin - counted);
        at += static_cast<std::uint32_t>(text::length(skipped));
        const std::string name(found.data(), found.size());
        const Extent extent{at, at + static_cast<std::uint32_t>(text::length(name))};
        at = extent.end;
        counted = begin + found.size();
        const std::u32string& text = subject.reading.prose.text();
        if (extent.begin > 0 && is_one_of(text[extent.begin - 1], kSuperior)) continue;
        out.push_back({name, extent});
    }
    return out;
}

// Of the names that one pattern knows, the one said most often, of equals the first, is right.
void add_variants(const CompiledCheck& check, const Subject& subject, std::vector<Finding>& out) {
    for (const auto& pattern : check.patterns) {
        const auto said = names_said(*pattern, subject);
        std::map<std::string, int> counts;
        for (const NameSaid& each : said) ++counts[each.name];
        std::string right;
        for (const NameSaid& each : said) {
            if (right.empty() || counts[each.name] > counts[right]) right = each.name;
        }
        for (const NameSaid& each : said) {
            if (each.name == right) continue;
            out.push_back(check.finding(Verdict::Uncertain, each.extent,
                                        {.found = each.name, .expected = right}));
        }
    }
}

// Where the ending of the office's name stands, the characters before it are its name but for one.
void add_misspelt(const CompiledCheck& check, const Subject& subject, std::vector<Finding>& out) {
    const Prose& prose = subject.reading.prose;
    const Said& unit = subject.reading.facts.unit;
    const std::u32string right =
        text::code_points(office_core(unit.text, subject.lexicon.reading().offices));
    constexpr std::size_t kNameMin = 4;  // two characters and 街道
    if (unit.empty() || right.size() < kNameMin) return;
    const std::u32string ending = right.substr(right.size() - 2);
    const std::u32string_view text = prose.text();
    for (std::size_t at = text.find(ending); at != std::u32string_view::npos;
         at = text.find(ending, at + 1)) {
        const std::size_t end = at + ending.size();
        if (end < right.size()) continue;
        const auto begin = static_cast<std::uint32_t>(end - right.size());
        const std::u32string_view name = text.substr(begin, right.size());
        std::size_t different = 0;
        for (std::size_t i = 0; i < name.size(); ++i) different += name[i] != right[i] ? 1 : 0;
        const bool is_word =
            name.find_first_of(U"，。、；：\n“”的各全本该") == std::u32string::npos;
        if (different != 1 || !is_word) continue;
        out.push_back(check.finding(
            Verdict::Uncertain, {begin, static_cast<std::uint32_t>(end)},
            {.found = text::from_code_points(name), .expected = text::from_code_points(right)}));
    }
}

}  // namespace

std::vector<Finding> find_changing_names(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    add_misspelt(check, subject, out);
    add_variants(check, subject, out);
    return out;
}

}  // namespace fazhi::review
