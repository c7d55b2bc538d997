#include "review/samples.h"

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

void try_one(const Reviewer& reviewer, const definition::Check& check,
             const definition::CheckSample& sample, SampleRun& out) {
    ++out.samples;
    const SourceText source = source_of(sample);
    const Review review =
        reviewer.try_check(check.id, source, {.year = sample.year, .unit = sample.unit});
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
