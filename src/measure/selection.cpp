#include "measure/selection.h"

#include <algorithm>

#include "base/invariant.h"
#include "measure/owner.h"
#include "text/decimal.h"

namespace fazhi::measure {

namespace {

using definition::CountKind;

std::optional<std::int64_t> number_from(const Value& value, int scale) {
    if (value.is_integer()) return value.as_integer();
    if (value.is_text()) return text::scaled_decimal(value.as_text(), scale);
    return std::nullopt;
}

bool is_empty(const Value& value) {
    return value.is_null() || (value.is_text() && value.as_text().empty()) ||
           (value.is_list() && value.as_list().empty());
}

// A value as a key: an entry field that may name several ledgers holds a map; ids are enough, since
// one number names one thing within a jurisdiction.
Value key_of(const Value& value) {
    return value.is_map() && value.has("id") ? value.at("id") : value;
}

std::vector<Value> keys_of(const Value& value) {
    if (is_empty(value)) return {};
    if (!value.is_list()) return {key_of(value)};
    std::vector<Value> keys;
    for (const Value& one : value.as_list()) keys.push_back(key_of(one));
    return keys;
}

}  // namespace

std::int32_t Groups::of(const Value& key) {
    const auto [place, is_new] = numbers_.try_emplace(key, static_cast<std::int32_t>(keys_.size()));
    if (is_new) keys_.push_back(key);
    return place->second;
}

std::int32_t Groups::find(const Value& key) const {
    const auto found = numbers_.find(key);
    return found == numbers_.end() ? -1 : found->second;
}

Collector::Collector(const Selection& selection, const PassageBook& book, Groups& groups,
                     ledger::Surroundings& surroundings)
    : selection_(selection), book_(book), groups_(groups), surroundings_(surroundings) {
    INVARIANT(selection.count != CountKind::None);
    INVARIANT(selection.count != CountKind::Units);
    for (const std::string& state : selection.states) {
        const std::int32_t number = book.number_of(state);
        if (number >= 0) states_.push_back(number);
    }
    if (!selection.transition.empty()) transition_ = book.number_of(selection.transition);
}

void Collector::take(const ledger::Entry& entry) {
    switch (selection_.count) {
        case CountKind::Entries:
        case CountKind::Rows:
            return take_dated(entry);
        case CountKind::Reached:
            return take_reached(entry);
        case CountKind::Passages:
            return take_passages(entry);
        case CountKind::Standing:
            return take_standing(entry);
        case CountKind::Runs:
            return take_runs(entry);
        case CountKind::None:
        case CountKind::Units:
            return;
    }
}

bool Collector::in_span(DayNumber on) const {
    return on != 0 && on >= selection_.from && on <= selection_.to;
}

bool Collector::names_state(std::int32_t state) const {
    return std::find(states_.begin(), states_.end(), state) != states_.end();
}

// The state left last, as it stands now.
std::string Collector::via_of(const ledger::Entry& entry) const {
    const PassedOnes passed = book_.of(entry.head.id);
    return passed.empty() ? std::string() : book_.name((passed.end() - 1)->from_state);
}

void Collector::take_dated(const ledger::Entry& entry) {
    const DayNumber on = day_number(entry.head.dated_on);
    if (!in_span(on)) return;
    const std::string via = via_of(entry);
    if (selection_.count == CountKind::Entries) return admit({entry, via, nullptr}, on);
    const Value& rows = entry.fields.at(selection_.over_list);
    if (!rows.is_list()) return;
    for (const Value& row : rows.as_list()) admit({entry, via, &row}, on);
}

// Once ever: a state entered again in a later year does not count again.
void Collector::take_reached(const ledger::Entry& entry) {
    const PassedOnes passed = book_.of(entry.head.id);
    const auto first = std::find_if(passed.begin(), passed.end(),
                                    [this](const Passed& one) { return names_state(one.state); });
    if (first == passed.end() || !in_span(first->on)) return;
    admit({entry, book_.name(first->from_state), nullptr}, first->on);
}

void Collector::take_passages(const ledger::Entry& entry) {
    const bool by_transition = !selection_.transition.empty();
    for (const Passed& one : book_.of(entry.head.id)) {
        // A step that stays where it is does not enter the state again.
        const bool counts = by_transition ? one.transition == transition_
                                          : names_state(one.state) && one.state != one.from_state;
        if (counts && in_span(one.on)) {
            admit({entry, book_.name(one.from_state), nullptr}, one.on);
        }
    }
}

bool Collector::is_valid(const ledger::Entry& entry) const {
    const DayNumber from = day_number(entry.fields.text_at("valid_from"));
    const DayNumber until = day_number(entry.fields.text_at("valid_until"));
    return from <= selection_.to && (until == 0 || until >= selection_.to);
}

// How it came to stand in one of the states on the last day; nothing where it did not.
std::optional<std::string> Collector::stood_via(const ledger::Entry& entry) const {
    if (!book_.knows(entry.head.id)) {
        const std::vector<std::string>& states = selection_.states;
        const bool stands =
            std::find(states.begin(), states.end(), entry.head.state) != states.end();
        return stands ? std::optional<std::string>("") : std::nullopt;
    }
    const Passed* last = nullptr;
    for (const Passed& one : book_.of(entry.head.id)) {
        if (one.on <= selection_.to) last = &one;
    }
    if (last == nullptr || !names_state(last->state)) return std::nullopt;
    return book_.name(last->from_state);
}

void Collector::take_standing(const ledger::Entry& entry) {
    if (selection_.ledger->is_register && !is_valid(entry)) return;
    std::optional<std::string> via("");
    if (!selection_.states.empty()) via = stood_via(entry);
    if (via) admit({entry, *via, nullptr}, day_number(entry.head.dated_on));
}

// Each run is 1 where it was in time, else 0.
void Collector::take_runs(const ledger::Entry& entry) {
    const auto found = runs_.find(entry.head.id.value);
    if (found == runs_.end()) return;
    const std::string via = via_of(entry);
    const ledger::Subject subject{entry, via, nullptr};
    if (!fits(subject)) return;
    for (const SettledRun& run : found->second) {
        Item item;
        item.entry = entry.head.id.value;
        item.on = run.due;
        item.has_taken = true;
        item.number = run.in_time ? 1 : 0;
        add_to_groups(item, subject);
    }
}

bool Collector::fits(const ledger::Subject& subject) {
    return std::all_of(selection_.where.begin(), selection_.where.end(),
                       [&](const definition::Condition& condition) {
                           return holds(condition, subject, surroundings_);
                       });
}

void Collector::admit(const ledger::Subject& subject, DayNumber on) {
    if (!fits(subject)) return;
    Item item;
    item.entry = subject.entry.head.id.value;
    item.on = on;
    add(item, subject);
}

void Collector::add(Item item, const ledger::Subject& subject) {
    if (selection_.take == Take::Nothing) return add_to_groups(item, subject);
    const Value value = ledger::value_of(selection_.field, subject);
    if (selection_.take == Take::Number) {
        const auto number = number_from(value, selection_.scale);
        item.has_taken = number.has_value();
        item.number = number.value_or(0);
        return add_to_groups(item, subject);
    }
    const std::vector<Value> keys = keys_of(value);
    if (keys.empty()) return add_to_groups(item, subject);
    for (const Value& key : keys) {
        item.has_taken = true;
        item.value = values_.of(key);
        add_to_groups(item, subject);
    }
}

void Collector::add_to_groups(const Item& item, const ledger::Subject& subject) {
    if (selection_.dimension == Dimension::None) {
        items_.push_back(item);
        return;
    }
    for (const Value& key : group_keys(subject, item.on)) {
        items_.push_back(item);
        items_.back().group = groups_.of(key);
    }
}

std::vector<Value> Collector::group_keys(const ledger::Subject& subject, DayNumber on) const {
    const ledger::Entry& entry = subject.entry;
    switch (selection_.dimension) {
        case Dimension::None:
            return {Value()};
        case Dimension::Unit:
            return {entry.head.unit ? Value(entry.head.unit.value) : Value()};
        case Dimension::Month:
            return {Value(on / 100)};
        case Dimension::Field: {
            std::vector<Value> keys = keys_of(ledger::value_of(selection_.by_field, subject));
            if (keys.empty()) keys.emplace_back();
            return keys;
        }
        case Dimension::Person:
            return persons_of(*selection_.ledger, entry);
        case Dimension::Entry:
            return register_entries_of(*selection_.ledger, entry, selection_.by_field);
    }
    return {};
}

}  // namespace fazhi::measure
