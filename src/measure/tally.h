// From what was collected to the number: counts, sums, averages, totals, ratios, coverages, each
// with the entries behind it. Pure but for the Surroundings; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/directory.h"
#include "base/result.h"
#include "ledger/evaluate.h"
#include "measure/collection.h"
#include "measure/measures.h"
#include "measure/number.h"
#include "measure/plan.h"

namespace fazhi::measure {

// Numbers of entries, ascending, each once.
using Entries = std::vector<std::int64_t>;

// What a node comes to.
struct Outcome {
    bool has_value = true;
    Number value;
    std::optional<std::int64_t> numerator;
    std::optional<std::int64_t> denominator;
    std::map<std::string, Entries> entries;  // by ledger
};

// Which of the items collected count: those of one group, or those of some entries.
struct Slice {
    std::int32_t group = 0;
    const Entries* only = nullptr;  // then `group` is not asked
};

// The figure of so many entries, which are not named.
Figure counted_figure(const definition::Measure& measure, std::int64_t count);

class Tally {
public:
    Tally(const Plan& plan, const Collection& collection, const access::Directory& directory,
          ledger::Surroundings& surroundings)
        : plan_(plan),
          collection_(collection),
          directory_(directory),
          surroundings_(surroundings) {}

    // Refuses kNumberTooLarge.
    Result<Outcome> of(int node, const Slice& slice);
    // The figure of the whole, with its warnings. Refuses kNumberTooLarge.
    Result<Figure> figure(int node);
    // The figure of one group, without warnings.
    Result<Figure> figure_of_group(int node, std::int32_t group);

private:
    Result<Outcome> counted(const Node& node, const Slice& slice);
    Result<Outcome> total(const Node& node, const Slice& slice);
    Result<Outcome> ratio(const Node& node, const Slice& slice);
    Result<Outcome> units(const Node& node, const Slice& slice);
    [[nodiscard]] std::vector<std::int64_t> owners(const Node& node, const Slice& slice);
    [[nodiscard]] std::optional<Error> excess(const Node& node, const Outcome& outcome);

    const Plan& plan_;
    const Collection& collection_;
    const access::Directory& directory_;
    ledger::Surroundings& surroundings_;
};

}  // namespace fazhi::measure
