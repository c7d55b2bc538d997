#include "review/samples.h"

#include <deque>

#include <fmt/format.h>

#include "review/read_plain_text.h"
#include "text/utf8.h"

namespace fazhi::review {
namespace {

constexpr std::size_t kShownMax = 40;

std::string found_text(const std::vector<Finding>& findings) {
    std::string out;
    for (const Finding& each : findings) {
        out += (out.empty() ? "“" : "、“") + each.found + "”";
        if (!each.nearest.empty()) out += "（" + each.nearest + "）";
    }
    return out.empty() ? "什么也没有" : out;
}

// Each of `found`, in any order, no more and no fewer.
bool holds(const definition::CheckSample& sample, const std::vector<Finding>& findings) {
    if (findings.size() != sample.found.size()) return false;
    std::vector<bool> met(findings.size());
    for (std::size_t i = 0; i < sample.found.size(); ++i) {
        bool here = false;
        for (std::size_t j = 0; j < findings.size() && !here; ++j) {
            const bool near = sample.nearest.empty() || findings[j].nearest == sample.nearest[i];
            if (met[j] || findings[j].found != sample.found[i] || !near) continue;
            met[j] = here = true;
        }
        if (!here) return false;
    }
    return true;
}

// As if a reader had read it from a page, and noticed what it does not show.
SourceText source_of(const definition::CheckSample& sample) {
    auto read = read_plain_text(sample.text);
    SourceText out = read ? *std::move(read) : SourceText{.format = "text"};
    out.published_on = sample.published_on;
    for (const std::string& hidden : sample.hidden)
        out.notices.push_back({"hidden_text", hidden, {}, hidden});
    return out;
}

// The other reports a sample gives, read; one that refers to them keeps them.
class SampleCompanions {
public:
    SampleCompanions(const Reviewer& reviewer, const definition::CheckSample& sample) {
        if (!sample.last_year.empty()) companions_.last_year = &add(reviewer, sample.last_year);
        for (const std::string& text : sample.neighbours)
            companions_.neighbours.push_back(&add(reviewer, text));
        companions_.own_report = sample.own_report;
        if (!sample.recorded) return;
        companions_.recorded.emplace();
        for (const auto& [measure, value] : *sample.recorded)
            companions_.recorded->push_back({.measure = measure, .value = value * kFigureUnit});
    }
    SampleCompanions(const SampleCompanions&) = delete;
    SampleCompanions& operator=(const SampleCompanions&) = delete;

    [[nodiscard]] const Companions& all() const { return companions_; }

private:
    const Companion& add(const Reviewer& reviewer, const std::string& text) {
        sources_.push_back(source_of({.text = text}));
        readings_.push_back(read_report(sources_.back(), reviewer.lexicon()));
        reports_.emplace_back(companion_name(readings_.back(), "另一份报告"), readings_.back());
        return reports_.back();
    }

    std::deque<SourceText> sources_;
    std::deque<ReportReading> readings_;
    std::deque<Companion> reports_;
    Companions companions_;
};

void try_one(const Reviewer& reviewer, const definition::Check& check,
             const definition::CheckSample& sample, SampleRun& out) {
    ++out.samples;
    const SourceText source = source_of(sample);
    const SampleCompanions companions(reviewer, sample);
    const Review review = reviewer.try_check(
        check.id, source, {.year = sample.year, .unit = sample.unit}, companions.all());
    if (holds(sample, review.findings)) return;
    out.faults.push_back(
        {check.id, text::truncated(sample.text, kShownMax),
         fmt::format("应查出{}，查出的是{}",
                     sample.found.empty() ? std::string("什么也没有")
                                          : fmt::format("“{}”", fmt::join(sample.found, "”、“")),
                     found_text(review.findings))});
}

}  // namespace

SampleRun try_samples(const Reviewer& reviewer) {
    SampleRun out;
    for (const definition::Check& check : reviewer.lexicon().definitions().checks()) {
        ++out.checks;
        for (const auto& sample : check.passing) try_one(reviewer, check, sample, out);
        for (const auto& sample : check.failing) try_one(reviewer, check, sample, out);
    }
    return out;
}

}  // namespace fazhi::review
