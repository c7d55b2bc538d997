#include "procedure/procedures.h"

#include <algorithm>

#include <fmt/format.h>

#include "access/organisation.h"
#include "ledger/field_input.h"
#include "ledger/stored_lookup.h"
#include "ledger/surroundings.h"
#include "procedure/clocks.h"
#include "procedure/errors.h"
#include "procedure/person_rules.h"
#include "procedure/step_rules.h"
#include "storage/transaction.h"

namespace fazhi::procedure {
namespace {

using definition::Field;
using definition::Ledger;
using definition::Opening;
using definition::Transition;
using ledger::Context;
using ledger::Entry;
using ledger::Standing;

// The entry as it would be with the fields the step brings along; wrong ones are named.
struct Merged {
    Entry entry;
    ledger::ParsedFields parsed;
};

Merged with_fields(const Ledger& ledger, Entry entry, const Step& step,
                   const std::string& happened_on, const Context& context, ledger::Lookup& lookup) {
    const Value fields = step.fields.is_null() ? Value(Value::Map{}) : step.fields;
    Value stored = entry.fields;
    stored.set("happened_on", happened_on);  // When a register's entry must have been valid.
    ledger::ParsedFields parsed =
        ledger::parse_fields(ledger, fields, stored, context.today, lookup);
    for (const auto& [id, value] : parsed.fields.as_map()) {
        if (value.is_null()) {
            entry.fields.as_map().erase(id);
        } else {
            entry.fields.set(id, value);
        }
        entry.absent.erase(id);
    }
    for (const auto& [id, absence] : parsed.absent) entry.absent.insert_or_assign(id, absence);
    return {std::move(entry), std::move(parsed)};
}

// A stored value as parse_fields takes it: money says that it is fen already.
Value as_input(const Field& field, const Value& stored) {
    if (field.type == definition::FieldType::Money && stored.is_integer())
        return Value::Map{{"fen", stored}};
    if (field.of.empty() || stored.is_null()) return stored;
    const auto row_input = [&](const Value& row) {
        Value out = Value::Map{};
        for (const auto& [id, value] : row.as_map()) {
            const Field* column = field.column(id);
            if (column != nullptr) out.set(id, as_input(*column, value));
        }
        return out;
    };
    if (stored.is_map()) return row_input(stored);
    Value::List rows;
    for (const Value& row : stored.as_list()) rows.push_back(row_input(row));
    return rows;
}

Value opening_value(const Value& rule, const Ledger& ledger, const Entry& entry, const Field* list,
                    const Value& row, const std::string& happened_on) {
    if (rule.has("is")) return rule.at("is");
    if (rule.text_at("from") == "happened_on") return happened_on;
    if (rule.text_at("from") == "self")
        return Value::Map{{"id", entry.head.id.value}, {"ledger", ledger.id}};
    const std::string name = rule.text_at("field");
    const Field* column = list == nullptr ? nullptr : list->column(name);
    if (column != nullptr && row.has(name)) return as_input(*column, row.at(name));
    const Field* field = ledger.field(name);
    return field == nullptr ? Value() : as_input(*field, entry.fields.at(name));
}

// The unit or person whom an opening's `assign` names, "#12" for create(); "" where nobody is.
std::string assigned(const std::string& name, const Entry& entry, const Field* list,
                     const Value& row) {
    const bool is_column = list != nullptr && list->column(name) != nullptr;
    const Value& value = is_column ? row.at(name) : entry.fields.at(name);
    return value.is_integer() ? fmt::format("#{}", value.as_integer()) : std::string();
}

std::optional<access::Directory> superior_of(storage::Connection& connection,
                                             const Context& context) {
    if (!context.directory.jurisdiction.parent) return std::nullopt;
    auto directory = access::Organisation::superior(connection, context.directory.jurisdiction);
    if (!directory) return std::nullopt;
    return *std::move(directory);
}

}  // namespace

struct Procedures::Weighed {
    Entry entry;                  // with the fields brought along
    ledger::ParsedFields parsed;  // those fields
    std::vector<ledger::EvidenceUse> evidence;
    std::vector<Error> missing;
    std::string second_person;
    std::string happened_on;
};

Standing Procedures::with_passages(storage::Connection& connection, const Context& context,
                                   Entry entry) const {
    auto passages = ledgers_.passages(connection, context.directory.jurisdiction.id,
                                      entry.head.ledger, entry.head.id);
    return {std::move(entry), std::move(passages)};
}

Result<const Transition*> Procedures::step_of(const Context& context, const Step& step) const {
    const Ledger* ledger = context.definitions.ledger(step.ledger);
    const Transition* transition =
        ledger == nullptr ? nullptr : ledger->transition(step.transition);
    if (transition != nullptr) return transition;
    return refuse(ErrorKind::InvalidInput, errors::kNoSuchStep,
                  fmt::format("“{}”没有“{}”这一步。",
                              ledger == nullptr ? step.ledger : ledger->title, step.transition),
                  "transition");
}

Procedures::Weighed Procedures::weigh(storage::Connection& connection, const Context& context,
                                      const Step& step, const Transition& transition,
                                      const Standing& standing) const {
    const Ledger& ledger = *context.definitions.ledger(step.ledger);
    const JurisdictionId office = context.directory.jurisdiction.id;
    ledger::StoredLookup lookup(connection, context.directory, context.definitions);
    ledger::StoredSurroundings surroundings(connection, context.directory, context.definitions,
                                            context.workdays);
    const Entry& before = standing.entry;
    const std::vector<ledger::Passage>& passages = standing.passages;

    Weighed out;
    out.evidence = ledgers_.evidence(connection, office, ledger.id, step.entry);
    out.happened_on =
        step.happened_on.empty() ? calendar::to_text(context.today) : step.happened_on;
    Merged merged = with_fields(ledger, before, step, out.happened_on, context, lookup);
    out.entry = std::move(merged.entry);
    if (!exists_for(transition, out.entry, via_of(passages), surroundings)) {
        const definition::State* state = ledger.state(before.head.state);
        out.missing.push_back(Error{
            ErrorKind::RefusedByRule, errors::kNoSuchStep,
            fmt::format("现在是“{}”，不能“{}”。",
                        state == nullptr ? before.head.state : state->title, transition.title),
            transition.id, transition.basis});
        return out;
    }
    const StepFacts facts{
        context.definitions, ledger,          transition, out.entry,     passages,
        out.evidence,        out.happened_on, step.note,  context.today, context.importing};
    std::vector<Error> missing = missing_for(facts, surroundings);
    if (!context.importing) {
        // History is what happened, in time or not.
        for (Error& error : clocks_.refusals(connection, context, transition, out.entry, passages,
                                             out.evidence, out.happened_on))
            out.missing.push_back(std::move(error));
        std::optional<access::Directory> superior;
        const auto ask_superior = [&]() -> const access::Directory* {
            superior = superior_of(connection, context);
            return superior ? &*superior : nullptr;
        };
        const PersonVerdict verdict = judge_person({context.definitions, ledger, transition, before,
                                                    passages, context.directory, ask_superior},
                                                   context.actor);
        out.second_person = verdict.second_person;
        // Persons stand between the dates and the papers in the order of precedence.
        const auto first_paper =
            std::find_if(missing.begin(), missing.end(), [](const Error& error) {
                return error.code != errors::kBadDate && error.code != errors::kTooOften;
            });
        missing.insert(first_paper, verdict.missing.begin(), verdict.missing.end());
    }
    for (Error& error : missing) out.missing.push_back(std::move(error));
    for (const Error& error : merged.parsed.errors) out.missing.push_back(error);
    out.parsed = std::move(merged.parsed);
    return out;
}

Result<Outcome> Procedures::move(storage::Transaction& transaction, Context& context,
                                 const Step& step) {
    TRY(const Transition* transition, step_of(context, step));
    TRY(Entry found, ledgers_.find(transaction, context, step.ledger, step.entry,
                                   ledger::Ledgers::Private::Revealed));
    const Standing before = with_passages(transaction.connection(), context, std::move(found));
    Weighed weighed = weigh(transaction.connection(), context, step, *transition, before);
    if (!weighed.missing.empty()) return refuse(join_errors(std::move(weighed.missing)));

    ledger::Move order{.transition = transition->id,
                       .to = transition->to,
                       .happened_on = weighed.happened_on,
                       .change = {step.fields, step.note},
                       .parsed = std::move(weighed.parsed),
                       .unit = {},
                       .handler = {},
                       .second_person = weighed.second_person};
    const definition::Assignment& assign = transition->assign;
    if (!assign.unit_field.empty() && weighed.entry.fields.at(assign.unit_field).is_integer()) {
        order.unit = UnitId{weighed.entry.fields.at(assign.unit_field).as_integer()};
    }
    if (assign.handler_field == "actor") {
        order.handler = context.actor.person;
    } else if (!assign.handler_field.empty() &&
               weighed.entry.fields.at(assign.handler_field).is_integer()) {
        order.handler = PersonId{weighed.entry.fields.at(assign.handler_field).as_integer()};
    }
    TRY(Standing after, ledgers_.move(transaction, context, before, order));
    TRY_OK(clocks_.follow(transaction, context, after, std::move(weighed.evidence)));
    Outcome out{
        .entry = std::move(after.entry), .opened = {}, .second_person = weighed.second_person};
    for (const Opening& opening : transition->opens) {
        TRY_OK(open(transaction, context,
                    {*context.definitions.ledger(step.ledger), weighed.entry, weighed.happened_on},
                    opening, out));
    }
    return out;
}

Result<void> Procedures::open(storage::Transaction& transaction, Context& context,
                              const Opener& opener, const Opening& opening, Outcome& outcome) {
    const Field* list = opening.each.empty() ? nullptr : opener.ledger.field(opening.each);
    const Value& rows = opener.entry.fields.at(opening.each);
    const Value::List each =
        list == nullptr ? Value::List{Value()} : (rows.is_list() ? rows.as_list() : Value::List{});
    for (const Value& row : each) {
        ledger::NewEntry made{.ledger = opening.ledger,
                              .fields = Value::Map{},
                              .unit = {},
                              .handler = {},
                              .reference = {},
                              .opened_by = opener.entry.head.id,
                              .opened_by_ledger = opener.ledger.id};
        for (const auto& [target, rule] : opening.set) {
            Value value =
                opening_value(rule, opener.ledger, opener.entry, list, row, opener.happened_on);
            if (!value.is_null()) made.fields.set(target, std::move(value));
        }
        made.unit = assigned(opening.assign.unit_field, opener.entry, list, row);
        if (made.unit.empty() && opener.entry.head.unit)
            made.unit = fmt::format("#{}", opener.entry.head.unit.value);
        made.handler = assigned(opening.assign.handler_field, opener.entry, list, row);
        TRY(const Entry entry, ledgers_.create(transaction, context, made));
        TRY_OK(clocks_.follow(transaction, context, opening.ledger, entry.head.id));
        outcome.opened[opening.ledger].push_back(entry.head.id);
    }
    return {};
}

Result<std::vector<Error>> Procedures::missing(storage::Connection& connection,
                                               const Context& context, const Step& step) const {
    TRY(const Transition* transition, step_of(context, step));
    TRY(Entry found, ledgers_.find(connection, context, step.ledger, step.entry,
                                   ledger::Ledgers::Private::Revealed));
    const Standing before = with_passages(connection, context, std::move(found));
    return weigh(connection, context, step, *transition, before).missing;
}

std::vector<Error> Procedures::against_correction(storage::Connection& connection,
                                                  const Context& context, const Entry& before,
                                                  const Entry& after) const {
    const Ledger& ledger = *context.definitions.ledger(after.head.ledger);
    ledger::StoredSurroundings surroundings(connection, context.directory, context.definitions,
                                            context.workdays);
    const Standing standing = with_passages(connection, context, after);
    std::vector<Error> out;
    std::vector<ledger::Passage> earlier;
    for (const ledger::Passage& passage : standing.passages) {
        const Transition* step = ledger.transition(passage.transition);
        if (step != nullptr && !passage.imported) {
            const auto faults = [&](const Entry& entry) {
                return gate_faults({context.definitions,
                                    ledger,
                                    *step,
                                    entry,
                                    earlier,
                                    {},
                                    passage.happened_on,
                                    {},
                                    context.today,
                                    false},
                                   surroundings);
            };
            const std::vector<Error> had = faults(before);
            for (Error& fault : faults(after)) {
                const auto same = [&fault](const Error& each) {
                    return each.code == fault.code && each.where == fault.where &&
                           each.message == fault.message;
                };
                if (std::none_of(had.begin(), had.end(), same) &&
                    std::none_of(out.begin(), out.end(), same))
                    out.push_back(std::move(fault));
            }
        }
        earlier.push_back(passage);
    }
    return out;
}

Result<std::vector<Procedures::Possible>> Procedures::possible(storage::Connection& connection,
                                                               const Context& context,
                                                               const std::string& ledger_id,
                                                               EntryId entry_id) const {
    const Ledger* known = context.definitions.ledger(ledger_id);
    if (known != nullptr && known->transitions.empty()) return {};
    TRY(Entry found, ledgers_.find(connection, context, ledger_id, entry_id,
                                   ledger::Ledgers::Private::Revealed));
    const Standing standing = with_passages(connection, context, std::move(found));
    const Entry& entry = standing.entry;
    const Ledger& ledger = *known;
    ledger::StoredSurroundings surroundings(connection, context.directory, context.definitions,
                                            context.workdays);
    std::vector<Possible> out;
    for (const Transition& transition : ledger.transitions) {
        const std::string via = via_of(standing.passages);
        if (entry.head.voided || !exists_for(transition, entry, via, surroundings)) continue;
        const Step step{.ledger = ledger_id,
                        .entry = entry_id,
                        .transition = transition.id,
                        .happened_on = {},
                        .fields = {},
                        .note = {}};
        out.push_back({transition.id, transition.title,
                       weigh(connection, context, step, transition, standing).missing});
    }
    return out;
}

}  // namespace fazhi::procedure
