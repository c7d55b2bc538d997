// What a report is held against besides itself (对照材料): last year's report of the same unit, the
// reports of its neighbours, and what the reader's own ledgers hold.
//
// Values from outside: this room knows no database. Everything may be missing; a check that needs
// what is not there says NOT_ASSESSABLE. Any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "review/report_reading.h"
#include "review/shingles.h"

namespace fazhi::review {

// Another report, made ready to be compared with; one serves many reviews.
struct Companion {
    // The reading outlives this.
    Companion(std::string shown, const ReportReading&);

    std::string name;  // as findings name it: 云桥街道2023年报告
    const ReportReading* reading;
    std::vector<Shingle> shingles;
};

// What the ledgers hold of a measure as of the report's date.
struct RecordedFigure {
    std::string measure;     // its id, as measure words name it
    std::int64_t value = 0;  // in units of 1 / kFigureUnit; 0: it is counted, and there is none
    std::string unit;
    int year = 0;

    friend bool operator==(const RecordedFigure&, const RecordedFigure&) = default;
};

// Pointers: null, or alive as long as the review is.
struct Companions {
    const Companion* last_year = nullptr;
    std::vector<const Companion*> neighbours;  // of the same district and year
    std::vector<const Companion*> others;      // further ones that it may have excerpts of
    std::optional<std::vector<RecordedFigure>> recorded;  // none: no ledgers were asked
    const ShingleHashes* common = nullptr;  // of so many reports that they tell of no copying
    bool own_report = false;                // of the office whose ledgers these are
};

// 云桥街道2023年报告, as the report says of itself; `otherwise` where it does not.
std::string companion_name(const ReportReading&, const std::string& otherwise);

}  // namespace fazhi::review
