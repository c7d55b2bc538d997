#include "measure/measures.h"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/link_index.h"
#include "ledger/scan.h"
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
        collect(connection_, {directory_.jurisdiction.id, today_}, planner.plan(), surroundings);

    Tally tally(planner.plan(), collection, directory_, surroundings);
    std::vector<Figure> figures;
    for (const int node : answers) {
        TRY(auto figure, tally.figure(node));
        figures.push_back(std::move(figure));
    }
    return figures;
}

std::int64_t Figure::count() const {
    std::int64_t out = unnamed.value_or(0);
    for (const auto& [ledger, ids] : entries) out += static_cast<std::int64_t>(ids.size());
    return out;
}

namespace {

bool is_whole_months(const Period& period) {
    return period.from.day() == std::chrono::day{1} &&
           calendar::add_days(period.to, 1).day() == std::chrono::day{1};
}

// What the index answers alone: entries as they are, by unit or month. Null otherwise.
const Selection* index_answers(const Plan& plan, int node, const Period& period) {
    const int place = plan.nodes[static_cast<std::size_t>(node)].selection;
    if (place < 0 || !is_whole_months(period)) return nullptr;
    const Selection& selection = plan.selections[static_cast<std::size_t>(place)];
    const definition::Measure& measure = *plan.nodes[static_cast<std::size_t>(node)].measure;
    const bool plain = measure.kind == definition::MeasureKind::Count &&
                       selection.count == definition::CountKind::Entries &&
                       selection.where.empty() && selection.take == Take::Nothing;
    const bool by_index =
        selection.dimension == Dimension::Unit || selection.dimension == Dimension::Month;
    return plain && by_index ? &selection : nullptr;
}

}  // namespace

std::vector<Group> Measures::counted(const Selection& selection, const definition::Measure& measure,
                                     const Period& period, const std::string& dimension) {
    const bool by_unit = selection.dimension == Dimension::Unit;
    const auto counts =
        ledger::count_by(connection_, directory_.jurisdiction.id, *selection.ledger,
                         by_unit ? ledger::CountedBy::Unit : ledger::CountedBy::Month,
                         calendar::month_number(period.from), calendar::month_number(period.to));
    Groups met;
    for (const auto& [key, unused] : counts) met.of(Value(key));
    std::vector<Group> groups;
    for (const GroupName& name :
         group_names(connection_, directory_, definitions_, {dimension, nullptr, period}, met)) {
        const auto found = counts.find(name.value.is_integer() ? name.value.as_integer() : 0);
        groups.push_back({name.key, name.title,
                          counted_figure(measure, found == counts.end() ? 0 : found->second)});
    }
    return groups;
}

Result<Figure> Measures::answer(const Question& question, const Period& period, Behind behind) {
    Planner planner(directory_, definitions_, period, "month");
    const auto node = planner.add(question);
    if (behind == Behind::Nothing && node) {
        const definition::Measure& measure =
            *planner.plan().nodes[static_cast<std::size_t>(*node)].measure;
        const Selection* selection = index_answers(planner.plan(), *node, period);
        if (selection != nullptr && measure.must_max.empty()) {
            std::int64_t count = 0;
            for (const auto& [month, entries] :
                 ledger::count_by(connection_, directory_.jurisdiction.id, *selection->ledger,
                                  ledger::CountedBy::Month, calendar::month_number(period.from),
                                  calendar::month_number(period.to)))
                count += entries;
            return counted_figure(measure, count);
        }
    }
    TRY(auto figures, answer({question}, period));
    return std::move(figures.front());
}

Result<std::vector<Group>> Measures::by(const Question& question, const Period& period,
                                        const std::string& dimension, Behind behind) {
    Planner planner(directory_, definitions_, period, dimension);
    TRY(const auto node, planner.add(question));
    if (behind == Behind::Nothing) {
        const Selection* selection = index_answers(planner.plan(), node, period);
        if (selection != nullptr) {
            const auto& of = planner.plan().nodes[static_cast<std::size_t>(node)];
            return counted(*selection, *of.measure, period, dimension);
        }
    }
    ledger::IndexedSurroundings surroundings(connection_, directory_, definitions_, workdays_);
    Collection collection =
        collect(connection_, {directory_.jurisdiction.id, today_}, planner.plan(), surroundings);
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
