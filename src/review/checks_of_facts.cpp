
#include <fmt/format.h>
#include <re2/re2.h>

#include "calendar/date.h"
#include "review/checks.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

// The fact by its name in packs.
Said fact_of(const DocumentFacts& facts, const std::string& name) {
    if (name == "title") return facts.title;
    if (name == "kind") return facts.kind;
    if (name == "unit") return facts.unit;
    if (name == "year") return facts.year_said;
    if (name == "number") return facts.number ? facts.number->whole : Said{};
    if (name == "addressee") return facts.addressee;
    if (name == "date") return facts.date;
    return name == "signature" ? facts.signature : Said{};
}

Finding differing(const CompiledCheck& check, const Said& said, const std::string& expected,
                  const std::string& against) {
    return check.finding(
        Verdict::Fail, said.extent,
        {.found = said.text, .expected = expected, .others = {{"against", against}}});
}

std::string year_text(int year) {
    return fmt::format("{}年", year);
}

void compare_year(const CompiledCheck& check, const Subject& subject, std::vector<Finding>& out) {
    const DocumentFacts& facts = subject.reading.facts;
    if (subject.expected_year != 0 && facts.year != 0 && facts.year != subject.expected_year) {
        out.push_back(
            differing(check, facts.year_said, year_text(subject.expected_year), "应报年度"));
    }
    // The opening speaks of the title's year first.
    const auto years =
        years_in(subject.reading.prose, {facts.title.extent.end, subject.reading.outline.head.end});
    if (facts.title.empty() || years.empty() || facts.year == 0) return;
    if (years_in(subject.reading.prose, facts.title.extent).empty()) return;
    const YearSaid& first = years.front();
    const bool date_or_number = first.year == facts.year + 1;
    if (first.year == facts.year || date_or_number) return;
    const Extent extent{first.extent.begin, first.extent.end + 1};
    out.push_back(differing(check, {year_text(first.year), extent}, year_text(facts.year), "标题"));
}

void compare_unit(const CompiledCheck& check, const Subject& subject, std::vector<Finding>& out) {
    const auto& endings = subject.lexicon.reading().offices;
    const DocumentFacts& facts = subject.reading.facts;
    if (facts.unit.empty()) return;
    const std::string core = office_core(facts.unit.text, endings);
    const auto differs = [&](const std::string& other) {
        const std::string its = office_core(other, endings);
        return its.find(core) == std::string::npos && core.find(its) == std::string::npos;
    };
    if (!subject.expected_unit.empty() && differs(subject.expected_unit))
        out.push_back(differing(check, facts.unit, subject.expected_unit, "应报单位"));
    if (!facts.signature.empty() && differs(facts.signature.text))
        out.push_back(differing(check, facts.signature, facts.unit.text, "标题"));
}

// A report on a year is numbered and dated in the next.
void compare_issue_year(const CompiledCheck& check, const Subject& subject, const Said& said,
                        int issued, std::vector<Finding>& out) {
    const int year = subject.year();
    if (said.empty() || issued == 0 || year == 0) return;
    if (issued == year || issued == year + 1) return;
    out.push_back(differing(check, said, year_text(year + 1), "报告年度"));
}

int year_of_date(const Said& date) {
    const auto parsed = calendar::date_from(date.text);
    return parsed ? static_cast<int>(parsed->year()) : 0;
}

}  // namespace

std::vector<Finding> find_missing_facts(const CompiledCheck& check, const Subject& subject) {
    if (!fact_of(subject.reading.facts, check.definition().fact).empty()) return {};
    return {check.finding(Verdict::Fail, {}, {.found = check.definition().title})};
}

std::vector<Finding> find_malformed_facts(const CompiledCheck& check, const Subject& subject) {
    const Said said = fact_of(subject.reading.facts, check.definition().fact);
    if (said.empty()) return {};
    for (const auto& pattern : check.patterns) {
        if (re2::RE2::FullMatch(said.text, *pattern)) return {};
    }
    return {check.finding(Verdict::Fail, said.extent, {.found = said.text})};
}

std::vector<Finding> find_disagreeing_facts(const CompiledCheck& check, const Subject& subject,
                                            Verdict& otherwise) {
    const std::string& fact = check.definition().fact;
    const DocumentFacts& facts = subject.reading.facts;
    std::vector<Finding> out;
    if (fact_of(facts, fact).empty()) otherwise = Verdict::NotAssessable;
    if (fact == "year") compare_year(check, subject, out);
    if (fact == "unit") compare_unit(check, subject, out);
    if (fact == "number" && facts.number)
        compare_issue_year(check, subject, facts.number->whole, facts.number->year, out);
    if (fact == "date")
        compare_issue_year(check, subject, facts.date, year_of_date(facts.date), out);
    return out;
}

std::vector<Finding> find_late_dates(const CompiledCheck& check, const Subject& subject,
                                     Verdict& otherwise) {
    const Said said = fact_of(subject.reading.facts, check.definition().fact);
    const auto date = calendar::date_from(said.text);
    if (!date || subject.year() == 0) {
        otherwise = Verdict::NotAssessable;
        return {};
    }
    const std::string last = fmt::format("{:04}-{}", subject.year() + 1, check.definition().by);
    if (said.text < last) return {};
    return {check.finding(Verdict::Fail, said.extent, {.found = said.text, .expected = last})};
}

// Where the ending of the office's name stands, the characters before it are its name but for one.
std::vector<Finding> find_changing_names(const CompiledCheck& check, const Subject& subject) {
    const Prose& prose = subject.reading.prose;
    const Said& unit = subject.reading.facts.unit;
    const std::u32string right =
        text::code_points(office_core(unit.text, subject.lexicon.reading().offices));
    constexpr std::size_t kNameMin = 4;  // two characters and 街道
    if (unit.empty() || right.size() < kNameMin) return {};
    const std::u32string ending = right.substr(right.size() - 2);
    const std::u32string_view text = prose.text();
    std::vector<Finding> out;
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
    return out;
}

}  // namespace fazhi::review
