#include "measure/measures.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/link_index.h"
#include "measure/breakdown.h"
#include "measure/collection.h"
#include "measure/errors.h"
#include "measure/plan.h"
#include "measure/tally.h"

namespace fazhi::measure {

Period year_period(int year) {
    return {calendar::first_day_of_year(year), calendar::last_day_of_year(year)};
}

Result<std::vector<Figure>> Measures::answer(const std::vector<Question>& questions,
                                             const Period& period) {
    Planner planner(directory_, definitions_, period, {});
    std::vector<int> answers;
    for (const Question& question : questions) {
        TRY(const auto node, planner.add(question));
        answers.push_back(node);
    }
    ledger::IndexedSurroundings surroundings(connection_, directory_, definitions_, workdays_);
    const Collection collection =
        collect(connection_, directory_.jurisdiction.id, planner.plan(), surroundings);

    Tally tally(planner.plan(), collection, directory_, surroundings);
    std::vector<Figure> figures;
    for (const int node : answers) {
        TRY(auto figure, tally.figure(node));
        figures.push_back(std::move(figure));
    }
    return figures;
}

Result<std::vector<Group>> Measures::by(const Question& question, const Period& period,
                                        const std::string& dimension) {
    Planner planner(directory_, definitions_, period, dimension);
    TRY(const auto node, planner.add(question));
    ledger::IndexedSurroundings surroundings(connection_, directory_, definitions_, workdays_);
    Collection collection =
        collect(connection_, directory_.jurisdiction.id, planner.plan(), surroundings);
    if (collection.groups.keys().size() > kGroupsMax) {
        return refuse(ErrorKind::TooLarge, errors::kTooManyGroups,
                      fmt::format("分组超过{}个，请先用条件缩小范围。", kGroupsMax), "by");
    }

    BrokenDownBy by{dimension, nullptr, period};
    for (const Selection& selection : planner.plan().selections) {
        if (selection.dimension != Dimension::Field) continue;
        by.field = dimension_field(*selection.ledger, selection.over_list, dimension);
        break;
    }
    const auto names = group_names(connection_, directory_, definitions_, by, collection.groups);
    Tally tally(planner.plan(), collection, directory_, surroundings);
    std::vector<Group> groups;
    for (const GroupName& name : names) {
        TRY(auto figure, tally.figure_of_group(node, collection.groups.find(name.value)));
        groups.push_back({name.key, name.title, std::move(figure)});
    }
    return groups;
}

}  // namespace fazhi::measure
