#include <algorithm>

#include <fmt/format.h>

#include "review/checks.h"

namespace fazhi::review {
namespace {

// Only the National People's Congress makes what is called 法, which leaves no place for another of
// that name; 办法 are made by many.
bool is_called_law(const std::string& title) {
    return title.ends_with("法") && !title.ends_with("办法");
}

// The law that was probably meant; "" where that cannot be said.
std::string meant_by(const Subject& subject, const CitedTitle& title) {
    const bool another_place = title.is_local && !is_called_law(title.text);
    return another_place ? "" : subject.lexicon.law_titles.nearest(title.text);
}

// What the report may know of: laws of its year, and of the next where it speaks of that.
std::string last_day_known(const Subject& subject, const CitedTitle& title) {
    const auto& parts = subject.reading.parts;
    const auto promises = [&](const ReportPart& each) {
        return each.extent.holds(title.extent.begin) &&
               subject.lexicon.reading().parts[each.part].claims == "promise";
    };
    const bool next = std::any_of(parts.begin(), parts.end(), promises);
    return fmt::format("{:04}-12-31", subject.year() + (next ? 1 : 0));
}

}  // namespace

// Called a law, not in the table, and none there is near.
std::vector<Finding> find_unknown_laws(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    for (const CitedTitle& title : subject.reading.titles) {
        if (title.known != nullptr || !is_called_law(title.text)) continue;
        if (!check.looks_at(subject, title.extent.begin)) continue;
        if (!meant_by(subject, title).empty()) continue;
        out.push_back(check.finding(Verdict::Fail, title.extent, {.found = title.text}));
    }
    return out;
}

// Not in the table, and near to one that is.
std::vector<Finding> find_misnamed_laws(const CompiledCheck& check, const Subject& subject) {
    std::vector<Finding> out;
    for (const CitedTitle& title : subject.reading.titles) {
        if (!title.is_law || title.known != nullptr) continue;
        if (!check.looks_at(subject, title.extent.begin)) continue;
        const std::string meant = meant_by(subject, title);
        if (meant.empty()) continue;
        out.push_back(check.finding(Verdict::Fail, title.extent,
                                    {.found = title.text, .expected = meant, .nearest = meant}));
    }
    return out;
}

std::vector<Finding> find_repealed_laws(const CompiledCheck& check, const Subject& subject,
                                        Verdict& otherwise) {
    std::vector<Finding> out;
    if (subject.year() == 0) {
        otherwise = Verdict::NotAssessable;
        return out;
    }
    const std::string first = fmt::format("{:04}-01-01", subject.year());
    for (const CitedTitle& title : subject.reading.titles) {
        if (title.known == nullptr || title.known->in_force_until.empty()) continue;
        if (title.known->in_force_until >= first) continue;
        out.push_back(check.finding(Verdict::Fail, title.extent,
                                    {.found = title.text,
                                     .expected = title.known->replaced_by,
                                     .others = {{"until", title.known->in_force_until}}}));
    }
    return out;
}

// A law may be spread between the day it is adopted and the day it begins.
std::vector<Finding> find_laws_not_in_force(const CompiledCheck& check, const Subject& subject,
                                            Verdict& otherwise) {
    std::vector<Finding> out;
    if (subject.year() == 0) {
        otherwise = Verdict::NotAssessable;
        return out;
    }
    for (const CitedTitle& title : subject.reading.titles) {
        if (title.known == nullptr || title.known->in_force_from.empty()) continue;
        const std::string last = last_day_known(subject, title);
        const KnownLaw& law = *title.known;
        if (law.in_force_from <= last || (!law.adopted.empty() && law.adopted <= last)) continue;
        out.push_back(
            check.finding(Verdict::Fail, title.extent,
                          {.found = title.text, .others = {{"from", law.in_force_from}}}));
    }
    return out;
}

}  // namespace fazhi::review
