#include "review/companions.h"

#include <utility>

#include <fmt/format.h>

namespace fazhi::review {

Companion::Companion(std::string shown, const ReportReading& its)
    : name(std::move(shown)), reading(&its), shingles(shingles_of(its.prose.text())) {}

std::string companion_name(const ReportReading& reading, const std::string& otherwise) {
    const DocumentFacts& facts = reading.facts;
    if (facts.unit.empty() || facts.year == 0) return otherwise;
    return fmt::format("{}{}年报告", facts.unit.text, facts.year);
}

}  // namespace fazhi::review
