#include "duty/duties.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "duty/nil_rules.h"
#include "ledger/entry_title.h"
#include "ledger/register_rows.h"
#include "ledger/scan.h"
#include "ledger/stored_lookup.h"
#include "ledger/surroundings.h"
#include "measure/filter.h"
#include "measure/measures.h"
#include "measure/owner.h"

namespace fazhi::duty {
namespace {

using calendar::Date;
using definition::Duty;
using definition::DutyPart;
using definition::DutyPartKind;
using ledger::Entry;
using ledger::Subject;

constexpr std::size_t kReadAtOnce = 500;  // entries

std::int64_t whole_number(const Value& value) {
    return value.is_integer() ? value.as_integer() : 1;
}

// The field of the measure's ledger that names entries of the register: what it is broken down by.
std::string dimension_for(const Duty& duty, const definition::Ledger* of_measure) {
    if (duty.for_each.built_in == "unit") return "unit";
    if (duty.for_each.built_in == "person") return "handler";
    if (of_measure == nullptr || duty.for_each.ledger.empty()) return {};
    const auto fields = measure::entry_fields(*of_measure, duty.for_each.ledger);
    return fields.empty() ? std::string() : fields.front();
}

// Whether a target's own row is asked about once the targets are known.
bool asks_itself(const Duty& duty) {
    return std::any_of(duty.parts.begin(), duty.parts.end(),
                       [](const DutyPart& part) { return part.kind == DutyPartKind::Itself; });
}

}  // namespace

bool DutyState::met() const {
    return declared_nil || std::all_of(parts.begin(), parts.end(),
                                       [](const PartState& part) { return part.met(); });
}

std::string DutyState::origin() const {
    return fmt::format("{}/{}/{}", duty->id, period.label, target);
}

std::vector<Duties::Target> Duties::targets_of(const Duty& duty, const DutyPeriod& period) {
    const access::Directory& directory = context_.directory;
    ledger::StoredSurroundings surroundings(connection_, directory, context_.definitions,
                                            context_.workdays);
    std::vector<Target> out;
    if (!duty.for_each.built_in.empty()) {
        const std::string& name = duty.for_each.built_in;
        for (Entry& row : ledger::register_rows(directory, name)) {
            if (!ledger::holds(duty.for_each.where, Subject{row, {}, nullptr}, surroundings))
                continue;
            Target target{.id = row.head.id.value, .name = row.fields.text_at("name")};
            if (name == "unit") target.unit = UnitId{target.id};
            if (name == "person") {
                const access::Person* person = directory.person(PersonId{target.id});
                if (person != nullptr) target.unit = person->unit;
            }
            target.row = std::move(row);
            out.push_back(std::move(target));
        }
        return out;
    }
    const definition::Ledger* ledger = context_.definitions.ledger(duty.for_each.ledger);
    if (ledger == nullptr) return out;
    const std::string from = calendar::to_text(period.from);
    const std::string to = calendar::to_text(period.to);
    const std::vector<std::string> titled = ledger::title_fields(*ledger);
    std::set<std::string> fields(titled.begin(), titled.end());
    fields.insert({"valid_from", "valid_until"});
    measure::add_fields_read(duty.for_each.where, {ledger, nullptr}, fields);
    for (const DutyPart& part : duty.parts)
        if (part.kind == DutyPartKind::Itself)
            measure::add_fields_read(part.where, {ledger, nullptr}, fields);
    ledger::StoredLookup names(connection_, directory, context_.definitions);
    each_entry(*ledger, fields, {.dated_to = to}, [&](const Entry& row) {
        const std::string until = row.fields.text_at("valid_until");
        const bool valid = !ledger->is_register || (row.fields.text_at("valid_from") <= to &&
                                                    (until.empty() || from <= until));
        if (!valid || !ledger::holds(duty.for_each.where, Subject{row, {}, nullptr}, surroundings))
            return;
        out.push_back({.id = row.head.id.value,
                       .name = ledger::entry_title(*ledger, row, names),
                       .unit = row.head.unit,
                       .row = asks_itself(duty) ? row : Entry{}});
    });
    return out;
}

// A few at a time: what is asked about an entry may be looked up in the database.
void Duties::each_entry(const definition::Ledger& ledger, const std::set<std::string>& fields,
                        const ledger::ScanRange& range,
                        const std::function<void(const Entry&)>& each) {
    const JurisdictionId office = context_.directory.jurisdiction.id;
    std::vector<EntryId> ids;
    ledger::ScanRange counting = range;
    counting.counting = true;
    ledger::scan(connection_, office, ledger, {ledger.dated_by}, counting,
                 [&](const Entry& entry) { ids.push_back(entry.head.id); });
    std::vector<std::string> wanted;
    for (const std::string& id : fields)
        if (ledger.field(id) != nullptr) wanted.push_back(id);
    if (wanted.empty()) wanted.push_back(ledger.dated_by);  // None named would mean all of them.
    for (std::size_t from = 0; from < ids.size(); from += kReadAtOnce) {
        const std::size_t to = std::min(from + kReadAtOnce, ids.size());
        const std::vector<EntryId> some(ids.begin() + static_cast<std::ptrdiff_t>(from),
                                        ids.begin() + static_cast<std::ptrdiff_t>(to));
        std::vector<Entry> entries;
        ledger::scan(connection_, office, ledger, wanted, {.only = &some},
                     [&](const Entry& entry) { entries.push_back(entry); });
        for (const Entry& entry : entries) each(entry);
    }
}

void Duties::count_entries(const Duty& duty, const DutyPart& part, std::vector<DutyState>& states) {
    const definition::Ledger* ledger = context_.definitions.ledger(part.name);
    if (ledger == nullptr || states.empty()) return;
    const auto where =
        measure::checked_condition(part.where, {ledger, nullptr}, context_.directory);
    const definition::Condition& asked = where ? *where : part.where;
    const bool whole = duty.for_each.built_in == "jurisdiction";
    std::set<std::string> fields;
    measure::add_fields_read(asked, {ledger, nullptr}, fields);
    if (duty.for_each.built_in == "person") {
        for (const std::string& id : measure::person_fields(*ledger)) fields.insert(id);
    } else if (!duty.for_each.ledger.empty()) {
        for (const std::string& id : measure::entry_fields(*ledger, duty.for_each.ledger))
            fields.insert(id);
    }
    std::unordered_map<std::int64_t, PartState*> of_target;
    for (DutyState& state : states) of_target[state.target] = &state.parts.back();
    ledger::StoredSurroundings surroundings(connection_, context_.directory, context_.definitions,
                                            context_.workdays);
    const ledger::ScanRange range{.dated_from = calendar::to_text(states.front().period.from),
                                  .dated_to = calendar::to_text(states.front().period.to)};
    each_entry(*ledger, fields, range, [&](const Entry& entry) {
        if (!ledger::holds(asked, Subject{entry, {}, nullptr}, surroundings)) return;
        std::vector<Value> owners;
        if (whole) {
            for (DutyState& state : states) ++state.parts.back().is;
        } else if (duty.for_each.built_in == "unit") {
            owners = {Value(entry.head.unit.value)};
        } else if (duty.for_each.built_in == "person") {
            owners = measure::persons_of(*ledger, entry);
        } else if (!duty.for_each.ledger.empty()) {
            owners = measure::register_entries_of(*ledger, entry, duty.for_each.ledger);
        }
        for (const Value& owner : owners) {
            if (!owner.is_integer()) continue;
            const auto found = of_target.find(owner.as_integer());
            if (found != of_target.end()) ++found->second->is;
        }
    });
}

// What a breakdown of the measure calls a target.
std::string Duties::group_key(const Duty& duty, const DutyState& state) const {
    if (duty.for_each.built_in == "unit") {
        const access::Unit* unit = context_.directory.unit(UnitId{state.target});
        return unit == nullptr ? std::string() : unit->code;
    }
    if (duty.for_each.built_in == "person") {
        const access::Person* person = context_.directory.person(PersonId{state.target});
        return person == nullptr ? std::string() : person->code;
    }
    return std::to_string(state.target);
}

Result<void> Duties::count_measure(const Duty& duty, const DutyPart& part,
                                   std::vector<DutyState>& states) {
    if (states.empty()) return {};
    const definition::Measure* measure = context_.definitions.measure(part.name);
    if (measure == nullptr) return {};
    measure::Measures measures(connection_, context_.directory, context_.definitions,
                               context_.workdays, context_.today);
    const measure::Period period{states.front().period.from, states.front().period.to};
    const std::string dimension = dimension_for(duty, context_.definitions.ledger(measure->ledger));
    if (dimension.empty()) {
        TRY(const auto figures, measures.answer({{.measure = part.name, .where = {}}}, period));
        for (DutyState& state : states) state.parts.back().is = figures.front().scaled / 100;
        return {};
    }
    // All of them in one pass; what cannot be broken down is asked of each.
    const auto groups = measures.by({.measure = part.name, .where = {}}, period, dimension,
                                    measure::Behind::Nothing);
    if (groups) {
        std::unordered_map<std::string, std::int64_t> of_key;
        for (const measure::Group& group : *groups) of_key[group.key] = group.figure.scaled / 100;
        for (DutyState& state : states) {
            const auto found = of_key.find(group_key(duty, state));
            state.parts.back().is = found == of_key.end() ? 0 : found->second;
        }
        return {};
    }
    std::vector<measure::Question> questions;
    for (const DutyState& state : states) {
        definition::Test test;
        test.literals.push_back({Value(state.target), {}});
        measure::Question question{.measure = part.name, .where = {}};
        question.where.clauses.push_back({dimension, std::move(test)});
        questions.push_back(std::move(question));
    }
    TRY(const auto figures, measures.answer(questions, period));
    for (std::size_t i = 0; i < states.size(); ++i)
        states[i].parts.back().is = figures[i].scaled / 100;
    return {};
}

Result<void> Duties::count_duty(const DutyPart& part, std::vector<DutyState>& states) {
    const Duty* other = context_.definitions.duty(part.name);
    if (other == nullptr || states.empty()) return {};
    const DutyPeriod period = states.front().period;
    const auto setting = [this](const std::string& name) {
        return context_.directory.setting(context_.definitions, name);
    };
    for (const DutyPeriod& each : periods_of(*other, period.from, period.to, setting)) {
        TRY(const auto met, states_in(*other, each));
        for (DutyState& state : states) {
            const auto own = std::find_if(met.begin(), met.end(), [&](const DutyState& one) {
                return one.target == state.target;
            });
            if (own != met.end() && own->met()) ++state.parts.back().is;
        }
    }
    return {};
}

Result<void> Duties::add_part(const Duty& duty, const DutyPart& part,
                              const std::vector<Target>& targets, std::vector<DutyState>& states) {
    const Value wanted =
        part.at_least.setting.empty()
            ? part.at_least.value
            : context_.directory.setting(context_.definitions, part.at_least.setting);
    for (DutyState& state : states)
        state.parts.push_back({.title = part.title, .is = 0, .wanted = whole_number(wanted)});
    switch (part.kind) {
        case DutyPartKind::Entries:
            count_entries(duty, part, states);
            return {};
        case DutyPartKind::Measure:
            return count_measure(duty, part, states);
        case DutyPartKind::Duty:
            return count_duty(part, states);
        case DutyPartKind::Itself:
            break;
    }
    ledger::StoredSurroundings surroundings(connection_, context_.directory, context_.definitions,
                                            context_.workdays);
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (ledger::holds(part.where, Subject{targets[i].row, {}, nullptr}, surroundings))
            ++states[i].parts.back().is;
    }
    return {};
}

void Duties::read_nil(std::vector<DutyState>& states) {
    const definition::Ledger* ledger = context_.definitions.ledger(kNilLedger);
    if (ledger == nullptr) return;
    ledger::scan(connection_, context_.directory.jurisdiction.id, *ledger, {"duty", "period"}, {},
                 [&](const Entry& entry) {
                     for (DutyState& state : states) {
                         const bool same = entry.fields.text_at("duty") == state.duty->id &&
                                           entry.fields.text_at("period") == state.period.label;
                         if (same && (!state.unit || state.unit == entry.head.unit))
                             state.declared_nil = true;
                     }
                 });
}

Result<std::vector<DutyState>> Duties::states_in(const Duty& duty, const DutyPeriod& period) {
    const std::vector<Target> targets = targets_of(duty, period);
    std::vector<DutyState> out;
    for (const Target& target : targets)
        out.push_back({.duty = &duty,
                       .target = target.id,
                       .target_name = target.name,
                       .unit = target.unit,
                       .period = period,
                       .parts = {},
                       .declared_nil = false});
    for (const DutyPart& part : duty.parts) {
        TRY_OK(add_part(duty, part, targets, out));
    }
    if (duty.declares_nil && !out.empty()) read_nil(out);
    return out;
}

Result<std::vector<DutyState>> Duties::states(Date first, Date last) {
    const auto setting = [this](const std::string& name) {
        return context_.directory.setting(context_.definitions, name);
    };
    std::vector<DutyState> out;
    for (const Duty& duty : context_.definitions.duties()) {
        for (const DutyPeriod& period : periods_of(duty, first, last, setting)) {
            TRY(auto states, states_in(duty, period));
            std::move(states.begin(), states.end(), std::back_inserter(out));
        }
    }
    return out;
}

}  // namespace fazhi::duty
