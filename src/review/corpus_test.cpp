// The corpus of tests/data/review against what is read of it and found in it, and each of its
// mutations against the check that must find it. With FAZHI_CORPUS_LIST set, all that is missed or
// too much is listed.
#include "review/testing/corpus.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "review/read_ocr.h"
#include "review/testing/mutation.h"
#include "review/testing/national_lexicon.h"

namespace fazhi::review {

namespace {

using testing::CorpusReport;
using testing::Score;
using testing::Scores;

const Reviewer& reviewer() {
    static const Reviewer kReviewer = Reviewer::of(national_definitions()).value();
    return kReviewer;
}

// What is reached today, less a little.
struct Floor {
    const char* what;
    double recall;
    double precision;
};
constexpr Floor kFloors[] = {
    {"finding.error", 100, 100}, {"finding.warning", 95, 95},
    {"finding.note", 80, 70},    {"parts", 100, 100},
    {"outline", 97.5, 97.5},     {"figures", 99, 99.5},
    {"figures.unit", 99, 99},    {"figures.qualifier", 99.5, 99.5},
    {"titles", 100, 100},        {"claims", 97, 97},
    {"document", 95, 95},
};

bool is_readable(const CorpusReport& report) {
    return report.file.extension() != ".png" || ocr_is_there();
}

void show(const Scores& scores) {
    const bool list = std::getenv("FAZHI_CORPUS_LIST") != nullptr;
    for (const auto& [what, score] : scores) {
        std::string said = fmt::format("{}: {}", what, score.text());
        for (const std::string& each : list ? score.missing : std::vector<std::string>())
            said += "\n    missed   " + each;
        for (const std::string& each : list ? score.extra : std::vector<std::string>())
            said += "\n    too much " + each;
        MESSAGE(said);
    }
}

// Findings of mutated reports that must not be: errors where nothing was changed.
std::vector<std::string> errors_elsewhere(const Review& review, const testing::Mutated& mutated,
                                          const std::string& check) {
    std::vector<std::string> out;
    for (const Finding& each : review.findings) {
        if (each.level != definition::CheckLevel::Error || each.check == check) continue;
        const Prose& prose = review.reading.prose;
        const auto& paragraph = prose.paragraphs()[prose.paragraph_at(each.extent.begin)];
        if (!each.extent.empty() && mutated.changed[paragraph.block]) continue;
        out.push_back(each.check + " " + each.say);
    }
    return out;
}

// Of two that disagree the other is found: the changed one is what it should be.
bool is_in_changed(const Review& review, const testing::Mutated& mutated,
                   const std::string& words) {
    const Prose& prose = review.reading.prose;
    return !words.empty() &&
           std::any_of(prose.paragraphs().begin(), prose.paragraphs().end(),
                       [&](const ProseParagraph& each) {
                           return mutated.changed[each.block] &&
                                  prose.utf8(each.extent).find(words) != std::string::npos;
                       });
}

bool says(const Review& review, const std::string& check) {
    return std::any_of(review.findings.begin(), review.findings.end(),
                       [&](const Finding& each) { return each.check == check; });
}

bool is_found(const Review& review, const testing::Mutated& mutated, const std::string& check) {
    const Prose& prose = review.reading.prose;
    return std::any_of(review.findings.begin(), review.findings.end(), [&](const Finding& each) {
        if (each.check != check) return false;
        if (each.extent.empty() || is_in_changed(review, mutated, each.expected)) return true;
        const std::size_t first = prose.paragraph_at(each.extent.begin);
        const std::size_t last = prose.paragraph_at(each.extent.end - 1);
        for (std::size_t i = first; i <= last; ++i) {
            if (mutated.changed[prose.paragraphs()[i].block]) return true;
        }
        // What is missing shows in the row or at the heading behind.
        return prose.paragraphs()[first].kind == BlockKind::TableCell;
    });
}

}  // namespace

TEST_CASE("reports written before the rules are read and reviewed as they were annotated") {
    Scores sums;
    std::size_t reports = 0;
    for (const CorpusReport& report : testing::corpus_reports()) {
        if (!is_readable(report)) continue;
        ++reports;
        CAPTURE(report.name);
        const SourceText source = testing::source_of(report);
        const Review review = reviewer().review(source);
        for (const auto& [what, score] : testing::scores_of(report, review)) sums[what].add(score);
    }
    CHECK(reports >= 39);
    show(sums);
    for (const Floor& floor : kFloors) {
        CAPTURE(std::string(floor.what));
        CHECK(sums[floor.what].recall() >= floor.recall);
        CHECK(sums[floor.what].precision() >= floor.precision);
    }
}

TEST_CASE("one thing broken in a good report is found, and nothing else is") {
    // They compare with other reports or with ledgers.
    const std::set<std::string> kOfCompanions = {
        "copied_from_last_year", "copied_from_other", "figure_far_from_last_year",
        "figure_far_from_neighbours", "promise_unanswered"};
    std::map<std::string, SourceText> sources;
    for (const CorpusReport& report : testing::corpus_reports()) {
        if (is_readable(report)) sources[report.name] = testing::source_of(report);
    }
    std::size_t skipped = 0;
    std::size_t tried = 0;
    std::size_t found = 0;
    for (const testing::Mutation& mutation : testing::mutations()) {
        const bool asked = kOfCompanions.count(mutation.check) == 0;
        if (!asked || sources.count(mutation.report) == 0) {
            ++skipped;
            continue;
        }
        ++tried;
        const std::string said = fmt::format("{} {}: “{}” → “{}”", mutation.check, mutation.report,
                                             mutation.replace, mutation.with);
        CAPTURE(said);
        const testing::Mutated mutated = testing::mutated(sources[mutation.report], mutation);
        const Review review = reviewer().review(mutated.source);
        // What is taken away is missed where it was answered to.
        const bool here = mutation.with.empty() ? says(review, mutation.check)
                                                : is_found(review, mutated, mutation.check);
        CHECK_FALSE((mutation.with.empty() &&
                     says(reviewer().review(sources[mutation.report]), mutation.check)));
        found += here ? 1 : 0;
        CHECK(here);
        const auto others = errors_elsewhere(review, mutated, mutation.check);
        const std::string elsewhere = fmt::format("{}", fmt::join(others, "\n"));
        CHECK(elsewhere == "");
    }
    const std::string sum =
        fmt::format("{} of {} mutations found; {} need other reports", found, tried, skipped);
    MESSAGE(sum);
    CHECK(tried >= 75);
}

}  // namespace fazhi::review
