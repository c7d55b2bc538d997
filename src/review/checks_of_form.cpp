#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "calendar/date.h"
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
        places.emplace(part.part, part.extent);
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

namespace {

// The year a heading speaks of: the next where its part promises.
class WrongYears {
public:
    WrongYears(const CompiledCheck& check, const Subject& subject)
        : check_(check), subject_(subject), year_(subject.year()) {}

    std::vector<Finding> all();

private:
    void add(Extent extent, int said, int right);
    void look_at_headings();
    void look_at_opening();
    void look_at_titles_of_plans();
    void look_at_number_and_date();

    const CompiledCheck& check_;
    const Subject& subject_;
    const int year_;
    std::vector<Finding> out_;
};

void WrongYears::add(Extent extent, int said, int right) {
    out_.push_back(check_.finding(
        Verdict::Fail, extent,
        {.found = fmt::format("{}年", said), .expected = fmt::format("{}年", right)}));
}

void WrongYears::look_at_headings() {
    const ReportReading& reading = subject_.reading;
    for (std::size_t i = 0; i < reading.outline.items.size(); ++i) {
        const OutlineItem& item = reading.outline.items[i];
        if (item.level != 1 || item.style == NumberStyle::Item) continue;
        const auto years = years_in(reading.prose, item.title);
        const auto part = std::find_if(
            reading.parts.begin(), reading.parts.end(),
            [&](const ReportPart& each) { return each.outline == static_cast<std::int32_t>(i); });
        const bool promises = part != reading.parts.end() &&
                              subject_.lexicon.reading().parts[part->part].claims == "promise";
        for (const YearSaid& said : years) {
            const Extent extent{said.extent.begin, said.extent.end + 1};
            const bool allowed = said.year == year_ || said.year == year_ + 1;
            if (!allowed) add(extent, said.year, promises ? year_ + 1 : year_);
            if (promises && years.size() == 1 && said.year == year_) add(extent, year_, year_ + 1);
        }
    }
}

// The first year after the title, where it belongs to no date.
void WrongYears::look_at_opening() {
    const ReportReading& reading = subject_.reading;
    const Extent opening{reading.facts.title.extent.end, reading.outline.head.end};
    if (reading.facts.title_year == 0 || opening.end <= opening.begin) return;
    const auto years = years_in(reading.prose, opening);
    if (years.empty()) return;
    const YearSaid& first = years.front();
    if (first.year == year_ || first.year == year_ + 1) return;
    add({first.extent.begin, first.extent.end + 1}, first.year, year_);
}

// 《某镇2027年普法计划》 in a report on 2025; but 2021—2025年 is a range that may reach further.
void WrongYears::look_at_titles_of_plans() {
    const std::u32string& prose_text = subject_.reading.prose.text();
    for (const CitedTitle& title : subject_.reading.titles) {
        if (title.known != nullptr) continue;
        for (const YearSaid& said : years_in(subject_.reading.prose, title.extent)) {
            const char32_t before = prose_text[said.extent.begin - 1];
            if (said.year > year_ + 1 && !is_one_of(before, U"—–-－~～至到"))
                add({said.extent.begin, said.extent.end + 1}, said.year, year_);
        }
    }
}

// A report on a year is numbered and dated in the next; one that is numbered and dated in the same
// later year is late, which another check says, and names no wrong year.
void WrongYears::look_at_number_and_date() {
    const DocumentFacts& facts = subject_.reading.facts;
    const auto date = calendar::date_from(facts.date.text);
    const int dated = date ? static_cast<int>(date->year()) : 0;
    const int numbered = facts.number ? facts.number->year : 0;
    if (dated == numbered && dated > year_ + 1) return;
    const auto look = [&](const Said& said, int issued) {
        if (said.empty() || issued == 0 || issued == year_ || issued == year_ + 1) return;
        add(said.extent, issued, year_ + 1);
    };
    if (facts.number) look(facts.number->whole, numbered);
    look(facts.date, dated);
}

std::vector<Finding> WrongYears::all() {
    look_at_opening();
    look_at_headings();
    look_at_titles_of_plans();
    look_at_number_and_date();
    return std::move(out_);
}

}  // namespace

std::vector<Finding> find_wrong_years(const CompiledCheck& check, const Subject& subject,
                                      Verdict& otherwise) {
    if (subject.year() != 0) return WrongYears(check, subject).all();
    otherwise = Verdict::NotAssessable;
    return {};
}

}  // namespace fazhi::review
