#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "review/checks.h"
#include "text/numeral.h"

namespace fazhi::review {
namespace {

bool is_asked(const CompiledCheck& check, std::uint32_t part) {
    return check.in.empty() || std::find(check.in.begin(), check.in.end(), part) != check.in.end();
}

std::string label_text(const Subject& subject, const OutlineItem& item) {
    return subject.reading.prose.utf8({item.label.begin, item.title.end});
}

// 一、 as this style writes the number.
std::string number_text(NumberStyle style, int number) {
    switch (style) {
        case NumberStyle::Chinese:
            return text::ordinal_text(1, number);
        case NumberStyle::Bracketed:
            return text::ordinal_text(2, number);
        case NumberStyle::Arabic:
            return text::ordinal_text(3, number);
        case NumberStyle::ArabicInner:
            return text::ordinal_text(4, number);
        case NumberStyle::Item:
            return text::numeral_text(number) + "是";
        case NumberStyle::Division:
        case NumberStyle::Circled:
        case NumberStyle::Unnumbered:
            break;
    }
    return fmt::format("第{}", text::numeral_text(number));
}

// Of its text: without heading, and without what closes the report.
std::uint32_t characters_of(const ReportPart& part, const DocumentFacts& facts) {
    std::uint32_t end = part.extent.end;
    for (const Said* closing : {&facts.signature, &facts.date}) {
        if (!closing->empty() && part.extent.holds(closing->extent.begin))
            end = std::min(end, closing->extent.begin);
    }
    return end - part.extent.begin - part.title.size();
}

}  // namespace

std::vector<Finding> find_missing_parts(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    const auto& parts = subject.lexicon.reading().parts;
    const auto& present = subject.reading.parts;
    for (std::uint32_t i = 0; i < parts.size(); ++i) {
        const bool wanted = check.in.empty() ? parts[i].required : is_asked(check, i);
        const bool there = std::any_of(present.begin(), present.end(),
                                       [i](const ReportPart& each) { return each.part == i; });
        if (!wanted || there) continue;
        out.push_back(check.finding(Verdict::Fail, {}, {.found = parts[i].title}));
    }
    return out;
}

std::vector<Finding> find_thin_parts(const CompiledCheck& check, const Subject& subject) {
    const auto least = static_cast<std::uint32_t>(check.definition().limit.value_or(0));
    std::map<std::uint32_t, std::uint32_t> sizes;
    std::map<std::uint32_t, Extent> places;
    for (const ReportPart& part : subject.reading.parts) {
        if (!is_asked(check, part.part)) continue;
        sizes[part.part] += characters_of(part, subject.reading.facts);
        places.emplace(part.part, part.title.empty() ? part.extent : part.title);
    }
    std::vector<Finding> out;
    for (const auto& [part, size] : sizes) {
        const definition::PartWords& words = subject.lexicon.reading().parts[part];
        if (size >= least || !words.required) continue;
        out.push_back(check.finding(
            Verdict::Fail, places[part],
            {.found = words.title, .others = {{"characters", fmt::format("{}", size)}}}));
    }
    return out;
}

// 一、二、四、 and 一、二、二、: against the heading before on the same level.
std::vector<Finding> find_broken_sequences(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    const auto& items = subject.reading.outline.items;
    std::map<std::pair<std::int32_t, NumberStyle>, int> last;
    for (const OutlineItem& item : items) {
        if (item.number == 0) continue;
        int& before = last[{item.parent, item.style}];
        const int wanted = before + 1;
        const bool begins_anew = item.number == 1 && item.style == NumberStyle::Item;
        before = item.number;
        if (item.number == wanted || begins_anew) continue;
        // A text that is a piece of a report begins anywhere.
        if (wanted == 1 && item.parent < 0) continue;
        out.push_back(check.finding(
            Verdict::Fail, {item.label.begin, item.title.end},
            {.found = label_text(subject, item), .expected = number_text(item.style, wanted)}));
    }
    return out;
}

// （一） before 一、, 1. right below 一、: not the order of GB/T 9704.
std::vector<Finding> find_broken_levels(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    const auto& items = subject.reading.outline.items;
    const auto ranks = [](NumberStyle style) {
        return style >= NumberStyle::Chinese && style <= NumberStyle::ArabicInner;
    };
    for (const OutlineItem& item : items) {
        if (!ranks(item.style)) continue;
        auto wanted = NumberStyle::Chinese;
        if (item.parent >= 0) {
            const NumberStyle above = items[static_cast<std::size_t>(item.parent)].style;
            if (!ranks(above) || above == NumberStyle::ArabicInner) continue;
            wanted = static_cast<NumberStyle>(static_cast<int>(above) + 1);
        }
        // Said once for each run of headings, at its first.
        if (item.style == wanted || item.number != 1) continue;
        out.push_back(check.finding(
            Verdict::Fail, {item.label.begin, item.title.end},
            {.found = label_text(subject, item), .expected = number_text(wanted, 1)}));
    }
    return out;
}

// Headings speak of the year reported on, or of the next; so does the opening.
std::vector<Finding> find_wrong_years(const CompiledCheck& check, const Subject& subject,
                                      Verdict& otherwise) {
    std::vector<Finding> out;
    const int year = subject.year();
    if (year == 0) {
        otherwise = Verdict::NotAssessable;
        return out;
    }
    const Prose& prose = subject.reading.prose;
    const auto look = [&](Extent extent, bool next_too) {
        for (const YearSaid& said : years_in(prose, extent)) {
            if (said.year == year || (next_too && said.year == year + 1)) continue;
            out.push_back(check.finding(
                Verdict::Fail, {said.extent.begin, said.extent.end + 1},
                {.found = fmt::format("{}年", said.year), .expected = fmt::format("{}年", year)}));
        }
    };
    look(subject.reading.facts.title.extent, /*next_too=*/false);
    for (const OutlineItem& item : subject.reading.outline.items) {
        if (item.level == 1 && item.style != NumberStyle::Item) look(item.title, true);
    }
    return out;
}

std::vector<Finding> find_problems_without_cause(const CompiledCheck& check,
                                                 const Subject& subject) {
    std::vector<Finding> out;
    const auto& claims = subject.reading.claims;
    for (const Claim& claim : claims) {
        if (claim.kind != ClaimKind::Problem || claim.has_cause) continue;
        out.push_back(check.finding(Verdict::Uncertain, claim.title,
                                    {.found = subject.reading.prose.utf8(claim.title)}));
    }
    return out;
}

}  // namespace fazhi::review
