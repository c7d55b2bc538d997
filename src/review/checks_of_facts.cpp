#include <algorithm>
#include <optional>

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
    if (name == "unit") return facts.unit;
    if (name == "number") return facts.number ? facts.number->whole : Said{};
    if (name == "addressee") return facts.addressee;
    if (name == "date") return facts.date;
    if (name == "published") return facts.published;
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

// 我镇, 全镇, 本镇.
std::size_t times_spoken_of(std::u32string_view text, char32_t kind) {
    std::size_t count = 0;
    for (std::size_t at = 1; at < text.size(); ++at)
        count += text[at] == kind && is_one_of(text[at - 1], U"我全本") ? 1 : 0;
    return count;
}

// How often the office is named between title and signature.
std::size_t times_named(const Subject& subject, const std::string& core) {
    const DocumentFacts& facts = subject.reading.facts;
    const std::u32string name = text::code_points(core);
    const std::u32string_view text = subject.reading.prose.text();
    std::size_t count = 0;
    for (std::size_t at = text.find(name); at != std::u32string_view::npos;
         at = text.find(name, at + 1)) {
        const auto begin = static_cast<std::uint32_t>(at);
        const bool own = facts.title.extent.holds(begin) || facts.signature.extent.holds(begin);
        count += own ? 0 : 1;
    }
    return count + times_spoken_of(text, name.back());
}

bool name_one_office(const std::string& one, const std::string& other) {
    return one.find(other) != std::string::npos || other.find(one) != std::string::npos;
}

// The title's office, or the signature's where the text speaks of that one.
std::string own_office(const Subject& subject) {
    const auto& endings = subject.lexicon.reading().offices;
    const DocumentFacts& facts = subject.reading.facts;
    const std::string title = office_core(facts.unit.text, endings);
    const std::string signature = office_core(facts.signature.text, endings);
    if (facts.unit.empty() || facts.signature.empty() || name_one_office(title, signature))
        return facts.unit.empty() ? signature : title;
    return times_named(subject, signature) > times_named(subject, title) ? signature : title;
}

// The title against all else, and against what the reader was told.
void compare_title(const CompiledCheck& check, const Subject& subject, std::vector<Finding>& out) {
    const auto& endings = subject.lexicon.reading().offices;
    const DocumentFacts& facts = subject.reading.facts;
    if (facts.title_year != 0 && facts.title_year != facts.year) {
        out.push_back(differing(check, {year_text(facts.title_year), facts.year_said.extent},
                                year_text(facts.year), "正文"));
    } else if (subject.expected_year != 0 && facts.year != 0 &&
               facts.year != subject.expected_year) {
        out.push_back(
            differing(check, facts.year_said, year_text(subject.expected_year), "应报年度"));
    }
    if (facts.unit.empty()) return;
    const std::string core = office_core(facts.unit.text, endings);
    const std::string own = own_office(subject);
    if (!name_one_office(core, own)) {
        out.push_back(differing(check, facts.unit, own, "正文"));
    } else if (!subject.expected_unit.empty() &&
               !name_one_office(core, office_core(subject.expected_unit, endings))) {
        out.push_back(differing(check, facts.unit, subject.expected_unit, "应报单位"));
    }
}

// 落实 of 落实街道: a word that the report also has where no office's ending follows it.
bool is_word(std::u32string_view text, std::u32string_view name, std::u32string_view ending) {
    for (std::size_t at = text.find(name); at != std::u32string_view::npos;
         at = text.find(name, at + 1)) {
        if (!text.substr(at + name.size()).starts_with(ending)) return true;
    }
    return false;
}

// 沙篱街道将…, in another's report: the office that a sentence begins with, but for 街道 alone.
std::optional<Extent> office_at(const Subject& subject, std::uint32_t begin) {
    constexpr std::size_t kNameMax = 5;  // characters before the ending
    const std::u32string& text = subject.reading.prose.text();
    for (const std::u32string& ending : subject.lexicon.offices) {
        const std::u32string_view near =
            std::u32string_view(text).substr(begin, kNameMax + ending.size());
        const std::size_t at = begin + std::min(near.find(ending), near.size());
        if (ending.size() > 2 || at == begin + near.size() || at < begin + 2) continue;
        const std::u32string_view name = std::u32string_view(text).substr(begin, at - begin);
        const bool is_name = std::all_of(name.begin(), name.end(), [](char32_t c) {
            return is_han(c) &&
                   !is_one_of(c, U"各全本我该在由从把将向与和对了是的等及一二三四五六七八九十");
        });
        if (is_name && !is_word(text, name.substr(name.size() - 2), ending))
            return Extent{begin, static_cast<std::uint32_t>(at + ending.size())};
    }
    return std::nullopt;
}

// A sentence about what another office does: 某街道将…, 2023年，某街道紧扣….
void add_other_offices(const CompiledCheck& check, const Subject& subject,
                       std::vector<Finding>& out) {
    const std::string own = own_office(subject);
    const Prose& prose = subject.reading.prose;
    const auto look = [&](std::uint32_t begin) {
        const auto office = office_at(subject, begin);
        if (!office || name_one_office(prose.utf8(*office), own)) return;
        const auto& doing = check.words;
        if (!doing.longest_at(prose.text(), office->end)) return;
        out.push_back(differing(check, {prose.utf8(*office), *office}, own, "标题"));
    };
    const DocumentFacts& facts = subject.reading.facts;
    for (const ProseParagraph& paragraph : prose.paragraphs()) {
        const bool heads_or_closes = paragraph.extent.overlaps(facts.title.extent) ||
                                     paragraph.extent.overlaps(facts.signature.extent);
        if (heads_or_closes) continue;
        for (std::uint32_t at = paragraph.extent.begin; at < paragraph.extent.end;) {
            const Extent sentence = prose.sentence(at);
            look(sentence.begin);
            const Extent clause = prose.clause(sentence.begin);
            if (clause.end + 1 < sentence.end && clause.size() <= 8) look(clause.end + 1);
            at = sentence.end + 1;
        }
    }
}

void compare_unit(const CompiledCheck& check, const Subject& subject, std::vector<Finding>& out) {
    const auto& endings = subject.lexicon.reading().offices;
    const DocumentFacts& facts = subject.reading.facts;
    if (facts.unit.empty()) return;
    const std::string own = own_office(subject);
    if (!facts.signature.empty() &&
        !name_one_office(office_core(facts.signature.text, endings), own))
        out.push_back(differing(check, facts.signature, own, "标题"));
    add_other_offices(check, subject, out);
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
    std::vector<Finding> out;
    if (fact_of(subject.reading.facts, fact).empty()) otherwise = Verdict::NotAssessable;
    if (fact == "title") compare_title(check, subject, out);
    if (fact == "unit") compare_unit(check, subject, out);
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

}  // namespace fazhi::review
