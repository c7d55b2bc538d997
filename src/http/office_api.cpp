#include <algorithm>

#include <fmt/format.h>

#include "access/reach.h"
#include "action/administration.h"
#include "definition/definition_set.h"
#include "http/api.h"
#include "http/entry_json.h"
#include "http/review_json.h"
#include "ledger/listing.h"

namespace fazhi::http {
namespace {

using access::Ability;
using definition::Ledger;

constexpr Ability kAbilities[] = {Ability::View,    Ability::Record, Ability::Move,
                                  Ability::Assign,  Ability::Close,  Ability::Export,
                                  Ability::Publish, Ability::Verify};

std::vector<std::string> abilities_in(Call& call, const Ledger& ledger) {
    std::vector<std::string> out;
    for (const Ability ability : kAbilities) {
        if (call.may_somewhere(ability, ledger)) out.emplace_back(to_text(ability));
    }
    return out;
}

Value list_of(const std::vector<std::string>& texts) {
    Value::List out;
    for (const std::string& text : texts) out.emplace_back(text);
    return out;
}

bool holds_post_of(Call& call, const action::Office& office, const char* setting) {
    const Value post = office.directory.setting(*office.definitions, setting);
    return post.is_text() && call.actor.jurisdiction == office.directory.jurisdiction.id &&
           call.actor.holds(post.as_text());
}

// Counts of a ledger within reach: all, and those in states that are not final.
Value summary_json(Call& call, const action::Office& office, const Ledger& ledger) {
    const auto reach =
        access::reach(office.directory, *office.definitions, call.actor, Ability::View, ledger.id);
    std::int64_t total = 0;
    std::int64_t open = 0;
    if (!reach.nothing()) {
        for (const auto& [state, count] : ledger::count_by_state(
                 call.reading(), office.directory.jurisdiction.id, ledger, reach)) {
            total += count;
            const definition::State* found = ledger.state(state);
            if (found != nullptr && !found->is_final) open += count;
        }
    }
    return Value::Map{{"about", ledger.about},
                      {"area", ledger.area.empty() ? std::string("本单位台账") : ledger.area},
                      {"built_in", ledger.built_in},
                      {"id", ledger.id},
                      {"is_register", ledger.is_register},
                      {"may", list_of(abilities_in(call, ledger))},
                      {"open", open},
                      {"title", ledger.title},
                      {"total", total}};
}

}  // namespace

Result<Response> read_office(Call& call) {
    TRY(const action::Office* office, call.office());
    const access::Directory& directory = office->directory;
    const definition::DefinitionSet& set = *office->definitions;
    Value::List units, persons, roles, abilities;
    for (const access::Unit& unit : directory.units) units.push_back(unit_json(unit));
    for (const access::Person& person : directory.persons) {
        if (person.code.empty()) continue;  // Their personal information was deleted.
        persons.push_back(person_in_office_json(set, directory, person));
    }
    for (const definition::Role& role : set.roles())
        roles.push_back(Value::Map{{"id", role.id}, {"title", role.title}});
    if (holds_post_of(call, *office, "account_post")) abilities.emplace_back("administer");
    const bool sets = std::any_of(set.settings().begin(), set.settings().end(),
                                  [&](const definition::Setting& setting) {
                                      return action::may_set(directory, setting, call.actor);
                                  });
    if (sets) abilities.emplace_back("set");
    if (may_know_reviews(call)) abilities.emplace_back("review");
    const access::Jurisdiction& jurisdiction = directory.jurisdiction;
    Value out = Value::Map{{"code", jurisdiction.code},
                           {"full_name", jurisdiction.full_name},
                           {"kind", jurisdiction.kind},
                           {"live_from", jurisdiction.live_from},
                           {"name", jurisdiction.name},
                           {"packs", list_of(jurisdiction.packs)},
                           {"today", calendar::to_text(calendar::civil_date(call.at))}};
    out.set("abilities", std::move(abilities));
    out.set("persons", std::move(persons));
    out.set("roles", std::move(roles));
    out.set("units", std::move(units));
    return answer_with(out);
}

Result<Response> list_ledgers(Call& call) {
    TRY(const action::Office* office, call.office());
    Value::List items;
    for (const Ledger& ledger : office->definitions->ledgers()) {
        Value one = summary_json(call, *office, ledger);
        const Value::List& may = one.at("may").as_list();
        if (!may.empty()) items.push_back(std::move(one));
    }
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> read_ledger(Call& call) {
    TRY(const Ledger* ledger, call.ledger());
    const action::Office& office = *call.known_office();
    return answer_with(ledger_json(*office.definitions, *ledger, abilities_in(call, *ledger)));
}

}  // namespace fazhi::http
