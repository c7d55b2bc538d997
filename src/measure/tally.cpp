#include "measure/tally.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/invariant.h"
#include "ledger/register_rows.h"
#include "measure/errors.h"
#include "measure/owner.h"

namespace fazhi::measure {

namespace {

using definition::MeasureKind;

std::size_t index(int place) {
    INVARIANT(place >= 0);
    return static_cast<std::size_t>(place);
}

bool counts(const Item& item, const Slice& slice) {
    return slice.only == nullptr ||
           std::binary_search(slice.only->begin(), slice.only->end(), item.entry);
}

void sort_once(Entries& entries) {
    std::sort(entries.begin(), entries.end());
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

void add_entries(const Entries& more, Entries& entries) {
    Entries both;
    both.reserve(entries.size() + more.size());
    std::set_union(entries.begin(), entries.end(), more.begin(), more.end(),
                   std::back_inserter(both));
    entries = std::move(both);
}

void add_entries(const Outcome& from, Outcome& to) {
    for (const auto& [ledger, ids] : from.entries) add_entries(ids, to.entries[ledger]);
}

// What is gathered of the items that count, before the measure's kind makes a number of it.
struct Gathered {
    std::int64_t count = 0;  // of items, or of those with a value where something is taken
    Number sum;
    std::vector<std::int32_t> values;  // numbers of values, in any order, several times
    const Item* latest = nullptr;
    Entries entries;
};

bool is_later(const Item& item, const Item* than) {
    if (than == nullptr) return true;
    return item.on != than->on ? item.on > than->on : item.entry > than->entry;
}

Result<Gathered> gathered(const Selection& selection, const Collected::Range& items,
                          const Slice& slice) {
    Gathered all;
    all.sum.scale = selection.scale;
    for (const Item& item : items) {
        if (!counts(item, slice)) continue;
        if (selection.take != Take::Nothing && !item.has_taken) continue;
        ++all.count;
        if (selection.take == Take::Number) {
            TRY(all.sum, plus(all.sum, {item.number, selection.scale}));
        }
        if (selection.take == Take::Value) all.values.push_back(item.value);
        if (is_later(item, all.latest)) all.latest = &item;
        all.entries.push_back(item.entry);
    }
    return all;
}

std::int64_t count_different(std::vector<std::int32_t>& values) {
    std::sort(values.begin(), values.end());
    return std::unique(values.begin(), values.end()) - values.begin();
}

Figure figure_from(const definition::Measure& measure, const Outcome& outcome) {
    Figure figure;
    figure.measure = measure.id;
    figure.unit = measure.unit;
    figure.has_value = outcome.has_value;
    if (outcome.has_value) {
        figure.value = to_text(outcome.value);
        figure.scaled = hundredths(outcome.value);
    }
    figure.numerator = outcome.numerator;
    figure.denominator = outcome.denominator;
    for (const auto& [ledger, ids] : outcome.entries) {
        std::vector<EntryId>& listed = figure.entries[ledger];
        for (const std::int64_t id : ids) listed.push_back(EntryId{id});
    }
    return figure;
}

}  // namespace

Figure counted_figure(const definition::Measure& measure, std::int64_t count) {
    Outcome outcome;
    outcome.value.units = count;
    Figure out = figure_from(measure, outcome);
    out.unnamed = count;
    return out;
}

Result<Outcome> Tally::of(int place, const Slice& slice) {
    const Node& node = plan_.nodes[index(place)];
    switch (node.measure->kind) {
        case MeasureKind::Count:
        case MeasureKind::Sum:
        case MeasureKind::Average:
        case MeasureKind::Distinct:
        case MeasureKind::Latest:
        case MeasureKind::OnTime:
            return node.selection < 0 ? units(node, slice) : counted(node, slice);
        case MeasureKind::Total:
            return total(node, slice);
        case MeasureKind::Ratio:
            return ratio(node, slice);
    }
    INVARIANT(false);
    return Outcome{};
}

Result<Outcome> Tally::counted(const Node& node, const Slice& slice) {
    const Selection& selection = plan_.selections[index(node.selection)];
    const Collected& collected = collection_.selections[index(node.selection)];
    const bool whole = slice.only != nullptr || selection.dimension == Dimension::None;
    TRY(auto all,
        gathered(selection, whole ? collected.all() : collected.of_group(slice.group), slice));
    Outcome outcome;
    outcome.value.scale = selection.scale;
    switch (node.measure->kind) {
        case MeasureKind::Sum:
            outcome.value = all.sum;
            break;
        case MeasureKind::Average:
            outcome.has_value = all.count > 0;
            outcome.numerator = all.sum.units;
            outcome.denominator = all.count;
            if (all.count > 0) {
                TRY(outcome.value, quotient(all.sum, all.count));
            }
            break;
        case MeasureKind::Distinct:
            outcome.value = {count_different(all.values), 0};
            break;
        case MeasureKind::Latest:
            outcome.has_value = all.latest != nullptr;
            all.entries.clear();
            if (all.latest != nullptr) {
                outcome.value.units = all.latest->number;
                all.entries.push_back(all.latest->entry);
            }
            break;
        case MeasureKind::Count:
            outcome.value = {all.count, 0};
            break;
        case MeasureKind::OnTime:
            outcome.has_value = all.count > 0;
            outcome.numerator = all.sum.units;
            outcome.denominator = all.count;
            if (all.count > 0) {
                TRY(outcome.value, percent(all.sum, {all.count, 0}));
            }
            break;
        case MeasureKind::Total:
        case MeasureKind::Ratio:
            INVARIANT(false);
    }
    sort_once(all.entries);
    if (!all.entries.empty()) outcome.entries[selection.ledger->id] = std::move(all.entries);
    return outcome;
}

// Without a value where a part has none: what is missing is not 0.
Result<Outcome> Tally::total(const Node& node, const Slice& slice) {
    Outcome sum;
    for (const bool added : {true, false}) {
        for (const int part : added ? node.total : node.less) {
            TRY(const auto outcome, of(part, slice));
            sum.has_value = sum.has_value && outcome.has_value;
            TRY(sum.value,
                added ? plus(sum.value, outcome.value) : minus(sum.value, outcome.value));
            add_entries(outcome, sum);
        }
    }
    return sum;
}

Result<Outcome> Tally::ratio(const Node& node, const Slice& slice) {
    TRY(auto whole, of(node.denominator, slice));
    Entries cohort;
    Slice part_slice = slice;
    if (!node.measure->cohort.empty()) {
        for (const auto& [ledger, ids] : whole.entries) add_entries(ids, cohort);
        part_slice = {0, &cohort};
    }
    TRY(const auto part, of(node.numerator, part_slice));
    TRY(const auto sides, aligned(part.value, whole.value));

    Outcome outcome;
    outcome.numerator = sides.first.units;
    outcome.denominator = sides.second.units;
    outcome.entries = std::move(whole.entries);
    add_entries(part, outcome);
    // A negative side (less) makes no share.
    outcome.has_value =
        part.has_value && whole.has_value && sides.first.units >= 0 && sides.second.units > 0;
    if (outcome.has_value) {
        TRY(outcome.value, percent(sides.first, sides.second));
    }
    return outcome;
}

std::vector<std::int64_t> Tally::owners(const Node& node, const Slice& slice) {
    std::vector<std::int64_t> found;
    if (node.over >= 0) {
        for (const Item& item : collection_.selections[index(node.over)].items) {
            if (counts(item, slice)) found.push_back(item.entry);
        }
        return found;
    }
    for (const ledger::Entry& row :
         ledger::register_rows(directory_, node.measure->over_register)) {
        if (holds(node.over_where, {row, {}, nullptr}, surroundings_)) {
            found.push_back(row.head.id.value);
        }
    }
    return found;
}

// Those for which every coverage has as many entries as it asks for.
Result<Outcome> Tally::units(const Node& node, const Slice& slice) {
    const std::vector<definition::Coverage>& each = node.measure->each;
    INVARIANT(each.size() == node.each.size());
    Outcome outcome;
    for (const std::int64_t owner : owners(node, slice)) {
        const std::int32_t group = collection_.owners.find(Value(owner));
        const auto covering = [&](std::size_t i) {
            const bool whole = plan_.selections[index(node.each[i])].dimension == Dimension::None;
            const Collected& collected = collection_.selections[index(node.each[i])];
            return whole ? collected.all() : collected.of_group(group);
        };
        bool covered = true;
        for (std::size_t i = 0; i < each.size() && covered; ++i) {
            const auto items = covering(i);
            covered = items.end() - items.begin() >= each[i].at_least;
        }
        if (!covered) continue;
        ++outcome.value.units;
        outcome.entries[node.measure->over_register].push_back(owner);
        for (std::size_t i = 0; i < each.size(); ++i) {
            for (const Item& item : covering(i)) {
                outcome.entries[each[i].ledger].push_back(item.entry);
            }
        }
    }
    for (auto& [ledger, ids] : outcome.entries) sort_once(ids);
    return outcome;
}

std::optional<Error> Tally::excess(const Node& node, const Outcome& outcome) {
    if (node.must_max < 0 || !outcome.has_value) return std::nullopt;
    const auto limit = of(node.must_max, {});
    if (!limit || !limit->has_value) return std::nullopt;
    const auto order = compare(outcome.value, limit->value);
    if (!order || *order <= 0) return std::nullopt;
    const definition::Measure& other = *plan_.nodes[index(node.must_max)].measure;
    const definition::Measure& own = *node.measure;
    return Error{
        ErrorKind::RefusedByRule, errors::kExceeds,
        fmt::format("“{}”（{}{}）多于“{}”（{}{}），请核对登记。", own.title, to_text(outcome.value),
                    own.unit, other.title, to_text(limit->value), other.unit),
        own.id};
}

Result<Figure> Tally::figure(int place) {
    TRY(const auto outcome, of(place, {}));
    const Node& node = plan_.nodes[index(place)];
    Figure figure = figure_from(*node.measure, outcome);
    if (auto warning = excess(node, outcome)) figure.warnings.push_back(*std::move(warning));
    return figure;
}

Result<Figure> Tally::figure_of_group(int place, std::int32_t group) {
    TRY(const auto outcome, of(place, {group, nullptr}));
    return figure_from(*plan_.nodes[index(place)].measure, outcome);
}

}  // namespace fazhi::measure
