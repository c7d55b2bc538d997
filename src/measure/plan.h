// From questions to what must be collected, and how figures come out of it: totals and ratios rest
// on other measures, which rest on selections of ledgers. Pure: nothing is read here; one thread.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "access/directory.h"
#include "base/result.h"
#include "definition/definition_set.h"
#include "measure/measures.h"
#include "measure/selection.h"

namespace fazhi::measure {

// One measure in the plan. Numbers are places in Plan::nodes or Plan::selections; -1: none.
struct Node {
    const definition::Measure* measure = nullptr;
    int selection = -1;  // counted measures
    std::vector<int> total;
    std::vector<int> less;
    int numerator = -1;
    int denominator = -1;
    definition::Condition over_where;  // units: on rows of a built-in register
    int over = -1;                     // units: the selection of a register's entries
    std::vector<int> each;             // units: a selection for each coverage, in order
    int must_max = -1;                 // the measure it must not exceed
};

struct Plan {
    std::vector<Selection> selections;
    std::vector<Node> nodes;
};

class Planner {
public:
    // `dimension`: "" for whole figures, else what Measures::by is asked for.
    Planner(const access::Directory& directory, const definition::DefinitionSet& definitions,
            const Period& period, std::string dimension);

    // The node that answers the question. Refuses kNoSuchMeasure, kNotYet, kBadCondition,
    // kCannotGroup.
    Result<int> add(const Question& question);
    [[nodiscard]] const Plan& plan() const { return plan_; }

private:
    // Which filter is on (-1: none), and whether the part stands within a cohort: then it is
    // counted over all time up to the period's end, ungrouped, for the entries of the denominator.
    struct Part {
        const definition::Condition* where = nullptr;
        int filter = -1;
        bool in_cohort = false;
    };
    using Key = std::tuple<std::string, int, bool>;

    Result<int> add_measure(const std::string& id, const Part& part);
    Result<Node> node_of(const definition::Measure& measure, const Part& part);
    Result<void> add_units(const definition::Measure& measure, const Part& part, Node& node);
    Result<int> add_selection(const definition::Measure& measure, const Part& part);
    Result<Selection> selection_of(const definition::Measure& measure, const Part& part);
    Result<int> add_coverage(const definition::Measure& measure,
                             const definition::Coverage& coverage, const Part& part);
    Result<void> add_where(Selection& selection, const definition::Condition& condition);
    Result<void> set_dimension(Selection& selection);
    int kept(Selection selection);

    const access::Directory& directory_;
    const definition::DefinitionSet& definitions_;
    DayNumber from_ = 0;
    DayNumber to_ = 0;
    DayNumber before_ = 0;  // the day before `from_`
    std::string dimension_;
    int filters_ = 0;
    Plan plan_;
    std::map<Key, int> planned_;
};

// The field a dimension names in this ledger, the list's column first; null: a built-in one, or
// none.
const definition::Field* dimension_field(const definition::Ledger& ledger,
                                         const std::string& over_list,
                                         const std::string& dimension);

}  // namespace fazhi::measure
