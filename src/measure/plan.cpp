#include "measure/plan.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/invariant.h"
#include "measure/errors.h"
#include "measure/filter.h"
#include "text/nearest.h"

namespace fazhi::measure {

namespace {

using definition::Condition;
using definition::CountKind;
using definition::Field;
using definition::FieldType;
using definition::MeasureKind;

constexpr int kBeingPlanned = -1;
constexpr int kYuanScale = 2;         // Money is held in fen.
constexpr int kTenThousandScale = 6;  // A figure of money may be in 万元.

DayNumber number_of(calendar::Date date) {
    return calendar::month_number(date) * 100 + static_cast<int>(static_cast<unsigned>(date.day()));
}

const Field* field_read(const definition::Ledger& ledger, const std::string& over_list,
                        const std::string& id) {
    const Field* list = over_list.empty() ? nullptr : ledger.field(over_list);
    if (list != nullptr) {
        if (const Field* column = list->column(id)) return column;
    }
    return ledger.field(id);
}

int scale_of(const Field& field, const std::string& unit) {
    if (field.type == FieldType::Money) return unit == "万元" ? kTenThousandScale : kYuanScale;
    return field.type == FieldType::Decimal ? field.scale : 0;
}

bool groups(const Field& field) {
    static constexpr FieldType kGrouping[] = {FieldType::Choice, FieldType::Choices,
                                              FieldType::YesNo,  FieldType::Person,
                                              FieldType::Unit,   FieldType::Entry};
    return !field.sealed() &&
           std::find(std::begin(kGrouping), std::end(kGrouping), field.type) != std::end(kGrouping);
}

Refusal cannot_group(const std::string& message) {
    return refuse(ErrorKind::InvalidInput, errors::kCannotGroup, message, "by");
}

// "，可能应为“disputes”" or where to look.
std::string instead_of(const std::string& id, const definition::DefinitionSet& definitions) {
    std::vector<std::string> known;
    for (const definition::Measure* each : definitions.measures()) known.push_back(each->id);
    const std::string nearest = text::nearest(id, known);
    return nearest.empty() ? "，请查看已启用的定义" : fmt::format("，可能应为“{}”", nearest);
}

}  // namespace

const Field* dimension_field(const definition::Ledger& ledger, const std::string& over_list,
                             const std::string& dimension) {
    return field_read(ledger, over_list, dimension);
}

Planner::Planner(const access::Directory& directory, const definition::DefinitionSet& definitions,
                 const Period& period, std::string dimension)
    : directory_(directory),
      definitions_(definitions),
      from_(number_of(period.from)),
      to_(number_of(period.to)),
      before_(number_of(calendar::add_days(period.from, -1))),
      dimension_(std::move(dimension)) {}

Result<int> Planner::add(const Question& question) {
    const int filter = question.where.always() ? -1 : filters_++;
    const Part part{&question.where, filter, false};
    TRY(const auto place, add_measure(question.measure, part));
    const std::string must_max = plan_.nodes[static_cast<std::size_t>(place)].measure->must_max;
    if (!must_max.empty() && dimension_.empty()) {
        auto other = add_measure(must_max, part);
        // The filter may ask what the other measure's ledger does not know: then all of it counts.
        if (!other && filter >= 0) other = add_measure(must_max, {&question.where, -1, false});
        if (other) plan_.nodes[static_cast<std::size_t>(place)].must_max = *other;
    }
    return place;
}

Result<int> Planner::add_measure(const std::string& id, const Part& part) {
    const Key key{id, part.filter, part.in_cohort};
    const auto known = planned_.find(key);
    if (known != planned_.end()) {
        INVARIANT(known->second !=
                  kBeingPlanned);  // The loader refuses measures that go in circles.
        return known->second;
    }
    const definition::Measure* measure = definitions_.measure(id);
    if (measure == nullptr) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchMeasure,
                      fmt::format("没有“{}”这个指标{}。", id, instead_of(id, definitions_)),
                      "measure");
    }
    planned_.emplace(key, kBeingPlanned);
    auto node = node_of(*measure, part);
    if (!node) {
        planned_.erase(key);
        return Refusal(std::move(node).error());
    }
    const int place = static_cast<int>(plan_.nodes.size());
    plan_.nodes.push_back(*std::move(node));
    planned_[key] = place;
    return place;
}

Result<Node> Planner::node_of(const definition::Measure& measure, const Part& part) {
    Node node;
    node.measure = &measure;
    switch (measure.kind) {
        case MeasureKind::Total:
            for (const std::string& id : measure.total) {
                TRY(const auto place, add_measure(id, part));
                node.total.push_back(place);
            }
            for (const std::string& id : measure.less) {
                TRY(const auto place, add_measure(id, part));
                node.less.push_back(place);
            }
            return node;
        case MeasureKind::Ratio: {
            TRY(node.denominator, add_measure(measure.denominator, part));
            const bool in_cohort = part.in_cohort || !measure.cohort.empty();
            TRY(node.numerator,
                add_measure(measure.numerator, {part.where, part.filter, in_cohort}));
            return node;
        }
        case MeasureKind::Count:
        case MeasureKind::Sum:
        case MeasureKind::Average:
        case MeasureKind::Distinct:
        case MeasureKind::Latest:
        case MeasureKind::OnTime:
            break;
    }
    if (measure.count == CountKind::Units) {
        TRY_OK(add_units(measure, part, node));
        return node;
    }
    TRY(node.selection, add_selection(measure, part));
    return node;
}

Result<int> Planner::add_selection(const definition::Measure& measure, const Part& part) {
    TRY(auto selection, selection_of(measure, part));
    return kept(std::move(selection));
}

int Planner::kept(Selection selection) {
    plan_.selections.push_back(std::move(selection));
    return static_cast<int>(plan_.selections.size()) - 1;
}

Result<Selection> Planner::selection_of(const definition::Measure& measure, const Part& part) {
    Selection selection;
    selection.ledger = definitions_.ledger(measure.ledger);
    INVARIANT(selection.ledger != nullptr);
    selection.count = measure.count;
    selection.states = measure.states;
    selection.transition = measure.transition;
    selection.over_list = measure.over_list;
    selection.from = part.in_cohort ? 0 : from_;
    selection.to = measure.as_of_start ? before_ : to_;
    selection.of_cohort = part.in_cohort;
    TRY_OK(add_where(selection, measure.where));
    if (part.filter >= 0) {
        TRY_OK(add_where(selection, *part.where));
    }
    if (measure.kind == MeasureKind::OnTime) {
        selection.count = CountKind::Runs;
        selection.clock = measure.clock;
        selection.from = from_;
        selection.take = Take::Number;
    } else if (measure.kind != MeasureKind::Count) {
        const Field* field = field_read(*selection.ledger, measure.over_list, measure.field);
        selection.field = measure.field;
        selection.take = measure.kind == MeasureKind::Distinct ? Take::Value : Take::Number;
        if (field != nullptr) selection.scale = scale_of(*field, measure.unit);
    }
    if (!dimension_.empty() && !part.in_cohort) {
        TRY_OK(set_dimension(selection));
    }
    return selection;
}

Result<void> Planner::add_where(Selection& selection, const Condition& condition) {
    if (condition.always()) return {};
    const Field* list =
        selection.over_list.empty() ? nullptr : selection.ledger->field(selection.over_list);
    TRY(auto checked, checked_condition(condition, {selection.ledger, list}, directory_));
    selection.where.push_back(std::move(checked));
    return {};
}

Result<void> Planner::set_dimension(Selection& selection) {
    const Field* field = field_read(*selection.ledger, selection.over_list, dimension_);
    if (dimension_ == "month") {
        if (selection.count == CountKind::Standing) {
            return cannot_group("存量按某一天统计，不能按月分组；请改为逐月查询。");
        }
        selection.dimension = Dimension::Month;
    } else if (dimension_ == "unit") {
        selection.dimension = Dimension::Unit;
    } else if (field == nullptr && dimension_ != "handler") {
        return cannot_group(fmt::format("“{}”台账没有“{}”这一项，不能按它分组。",
                                        selection.ledger->title, dimension_));
    } else if (field != nullptr && !groups(*field)) {
        return cannot_group(fmt::format(
            "“{}”不能用来分组；可以用单位、月份，以及选项、是否、人员、单位、条目类的项。",
            field->title));
    } else {
        selection.dimension = Dimension::Field;
        selection.by_field = dimension_;
    }
    return {};
}

Result<void> Planner::add_units(const definition::Measure& measure, const Part& part, Node& node) {
    if (!dimension_.empty() && !part.in_cohort) {
        return cannot_group(fmt::format("“{}”数的就是单位或人员，不能再分组。", measure.title));
    }
    node.over_where = measure.over_where;
    bool filtered = part.filter < 0;
    if (const definition::Ledger* over = definitions_.ledger(measure.over_register)) {
        Selection selection;
        selection.ledger = over;
        selection.count = over->is_register ? CountKind::Standing : CountKind::Entries;
        selection.to = to_;
        TRY_OK(add_where(selection, measure.over_where));
        if (!filtered && over->id == measure.ledger && measure.each.empty()) {
            TRY_OK(add_where(selection, *part.where));
            filtered = true;
        }
        node.over = kept(std::move(selection));
    }
    for (const definition::Coverage& coverage : measure.each) {
        TRY(const auto place, add_coverage(measure, coverage, part));
        node.each.push_back(place);
        filtered = filtered || coverage.ledger == measure.ledger;
    }
    if (filtered) return {};
    return refuse(ErrorKind::InvalidInput, errors::kBadCondition,
                  fmt::format("“{}”不从自己的台账里数，不能加条件。", measure.title), "where");
}

Result<int> Planner::add_coverage(const definition::Measure& measure,
                                  const definition::Coverage& coverage, const Part& part) {
    Selection selection;
    selection.ledger = definitions_.ledger(coverage.ledger);
    INVARIANT(selection.ledger != nullptr);
    const bool stands = selection.ledger->is_register;
    selection.count = stands ? CountKind::Standing : CountKind::Entries;
    selection.from = part.in_cohort ? 0 : from_;
    selection.to = to_;
    TRY_OK(add_where(selection, coverage.where));
    if (part.filter >= 0 && coverage.ledger == measure.ledger) {
        TRY_OK(add_where(selection, *part.where));
    }
    if (measure.over_register == "unit") {
        selection.dimension = Dimension::Unit;
    } else if (measure.over_register == "person") {
        selection.dimension = Dimension::Person;
    } else if (measure.over_register != "jurisdiction") {
        selection.dimension = Dimension::Entry;
        selection.by_field = measure.over_register;
    }
    return kept(std::move(selection));
}

}  // namespace fazhi::measure
