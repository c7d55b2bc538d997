// The annotated reports of tests/data/review, and how far what is read of them agrees. Tests are
// run from the repository's root.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "review/reviewer.h"
#include "review/source_text.h"

namespace fazhi::review::testing {

struct CorpusReport {
    std::string name;  // 01_cloud_bridge_2023
    std::filesystem::path file;
    nlohmann::json gold;
};

// By name.
std::vector<CorpusReport> corpus_reports();
// As the readers read it. Throws std::runtime_error where they refuse.
SourceText source_of(const CorpusReport&);

// How much of what is annotated was read, and of what was read is annotated.
struct Score {
    std::size_t wanted = 0;
    std::size_t met = 0;
    std::size_t said = 0;
    std::size_t right = 0;
    std::vector<std::string> missing;  // and
    std::vector<std::string> extra;    // what, and in which report

    void add(const Score&);
    [[nodiscard]] double recall() const;     // in percent; 100 where nothing was wanted
    [[nodiscard]] double precision() const;  // the same, of what was said
    // "recall 98.1 % (415 of 423), precision …"
    [[nodiscard]] std::string text() const;
};

// By what is compared: document, outline, parts, figures (place and value), figures.unit,
// figures.qualifier, titles, claims, finding.error, finding.warning, finding.note, and
// check.NAME. Findings that need more than the report are left out.
using Scores = std::map<std::string, Score>;
Scores scores_of(const CorpusReport&, const Review&);

}  // namespace fazhi::review::testing
