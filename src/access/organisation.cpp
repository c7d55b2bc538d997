#include "access/organisation.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "access/errors.h"
#include "access/naming.h"
#include "access/organisation_store.h"
#include "access/setting_check.h"
#include "access/stand_in_rules.h"
#include "definition/definition_set.h"
#include "journal/journal.h"

namespace fazhi::access {

namespace {

constexpr std::int64_t kJurisdictionRecord = 1;  // its number in its own journal

Refusal code_taken(std::string_view code) {
    return refuse(ErrorKind::Conflict, errors::kCodeTaken,
                  fmt::format("代码“{}”已经有人用了，请换一个。", code), "code");
}

Refusal no_such_jurisdiction(const std::string& code) {
    return refuse(ErrorKind::NotFound, errors::kNoSuchJurisdiction,
                  fmt::format("没有代码为“{}”的辖区。", code), "jurisdiction");
}

Refusal no_such_unit(const std::string& code, const char* where) {
    return refuse(ErrorKind::NotFound, errors::kNoSuchUnit,
                  fmt::format("没有代码为“{}”的单位，请先建单位。", code), where);
}

Refusal no_such_person(std::string_view called) {
    return refuse(ErrorKind::NotFound, errors::kNoSuchPerson,
                  fmt::format("本辖区及上级都没有代码或姓名为“{}”的人员。", called), "person");
}

Result<void> require_jurisdiction(OrganisationStore& store, JurisdictionId id) {
    if (store.jurisdiction(id)) return {};
    return refuse(ErrorKind::NotFound, errors::kNoSuchJurisdiction, "没有这个辖区。",
                  "jurisdiction");
}

Result<void> require_room(std::size_t count, std::size_t count_max, std::string_view what) {
    if (count < count_max) return {};
    return refuse(ErrorKind::TooLarge, errors::kTooMany,
                  fmt::format("一个辖区最多{}{}，已经满了。", count_max, what));
}

Value list_of(const std::vector<std::string>& texts) {
    Value::List list;
    for (const std::string& text : texts) list.emplace_back(text);
    return Value(std::move(list));
}

// Absent keys are omitted (journal/record.h).
void set_text(Value& body, const char* key, const std::string& text) {
    if (!text.empty()) body.set(key, text);
}

Value body_of(const Jurisdiction& jurisdiction) {
    Value body;
    body.set("action", "jurisdiction");
    body.set("code", jurisdiction.code);
    body.set("kind", jurisdiction.kind);
    body.set("name", jurisdiction.name);
    set_text(body, "full_name", jurisdiction.full_name);
    set_text(body, "short", jurisdiction.short_name);
    set_text(body, "document_code", jurisdiction.document_code);
    set_text(body, "live_from", jurisdiction.live_from);
    if (jurisdiction.parent) body.set("parent", jurisdiction.parent.value);
    if (!jurisdiction.packs.empty()) body.set("packs", list_of(jurisdiction.packs));
    return body;
}

Value body_of(const Unit& unit) {
    Value body;
    body.set("action", "unit");
    body.set("code", unit.code);
    body.set("kind", unit.kind);
    body.set("name", unit.name);
    set_text(body, "short", unit.short_name);
    if (unit.lead_section) body.set("lead_section", unit.lead_section.value);
    return body;
}

}  // namespace

Result<std::int64_t> Organisation::write(storage::Transaction& transaction, const Change& change,
                                         journal::Entry entry) {
    name_actor(entry.body, change.actor, change.jurisdiction);
    if (!entry.body.has("command")) {
        entry.body.set("command", journal_.next_seq(transaction, change.jurisdiction));
    }
    const journal::Record record =
        journal_.append(transaction, change.jurisdiction, change.at, std::move(entry));
    TRY_OK(apply(transaction, change.jurisdiction, record));
    return record.seq;
}

Result<JurisdictionId> Organisation::add_jurisdiction(storage::Transaction& transaction,
                                                      const Change& change,
                                                      const NewJurisdiction& wanted) {
    OrganisationStore store(transaction);
    TRY(auto values, checked_jurisdiction(wanted.values));
    if (!wanted.parent_code.empty()) {
        const auto parent = store.jurisdiction(wanted.parent_code);
        if (!parent) return no_such_jurisdiction(wanted.parent_code);
        if (store.above(parent->id).size() + 2 > kLevelsMax) {
            return refuse(ErrorKind::TooLarge, errors::kTooDeep,
                          fmt::format("辖区最多{}级。", kLevelsMax), "parent");
        }
        values.parent = parent->id;
    }
    if (store.jurisdiction(values.code)) return code_taken(values.code);

    const JurisdictionId id{store.last_jurisdiction().value + 1};
    journal_.open(transaction, id);
    TRY_OK(write(transaction, {id, change.actor, change.at}, {body_of(values), Value(), 0}));
    return id;
}

Result<UnitId> Organisation::add_unit(storage::Transaction& transaction, const Change& change,
                                      const NewUnit& wanted) {
    OrganisationStore store(transaction);
    const JurisdictionId where = change.jurisdiction;
    TRY_OK(require_jurisdiction(store, where));
    TRY(auto unit, checked_unit(wanted.values));
    if (!wanted.lead_section_code.empty()) {
        const auto leader = store.unit(where, wanted.lead_section_code);
        if (!leader) return no_such_unit(wanted.lead_section_code, "lead_section");
        unit.lead_section = *leader;
    }
    if (store.unit(where, unit.code)) return code_taken(unit.code);
    TRY_OK(require_room(store.unit_count(where), kUnitsMax, "个单位"));

    TRY(const auto id, write(transaction, change, {body_of(unit), Value(), 0}));
    return UnitId{id};
}

Result<void> Organisation::change_unit(storage::Transaction& transaction, const Change& change,
                                       UnitId id, const UnitChange& wanted) {
    OrganisationStore store(transaction);
    const JurisdictionId where = change.jurisdiction;
    TRY_OK(require_jurisdiction(store, where));
    const auto directory = store.directory(where);
    const Unit* unit = directory->unit(id);
    if (unit == nullptr) return no_such_unit("", "unit");
    Unit changed = *unit;
    changed.name = wanted.name;
    changed.short_name = wanted.short_name;
    TRY(changed, checked_unit(changed));
    if (!wanted.lead_section_code.empty()) {
        const auto leader = store.unit(where, wanted.lead_section_code);
        if (!leader) return no_such_unit(wanted.lead_section_code, "lead_section");
        if (*leader == id) {
            return refuse(ErrorKind::InvalidInput, errors::kNoSuchUnit,
                          "单位不能由自己分管，请另选一个科室。", "lead_section");
        }
        changed.lead_section = *leader;
    }
    Value body = body_of(changed);
    body.set("action", "unit_change");
    body.set("unit", id.value);
    TRY_OK(write(transaction, change, {std::move(body), Value(), 0}));
    return {};
}

Result<PersonId> Organisation::add_person(storage::Transaction& transaction, const Change& change,
                                          const definition::DefinitionSet& set,
                                          const NewPerson& wanted) {
    OrganisationStore store(transaction);
    const JurisdictionId where = change.jurisdiction;
    TRY_OK(require_jurisdiction(store, where));
    TRY(const auto person, checked_person(wanted.values));
    const auto unit = store.unit(where, wanted.unit_code);
    if (!unit) return no_such_unit(wanted.unit_code, "unit");
    TRY(const auto posts, checked_posts(set, wanted.posts));
    if (store.has_person(where, person.code)) return code_taken(person.code);
    TRY_OK(require_room(store.person_count(where), kPersonsMax, "名人员"));

    Value body;
    body.set("action", "person");
    body.set("unit", unit->value);
    Value sealed;
    sealed.set("code", person.code);
    sealed.set("name", person.name);
    set_text(sealed, "email", person.email);
    TRY(const auto id, write(transaction, change, {std::move(body), std::move(sealed), 0}));
    for (const std::string& post : posts) {
        Value held;
        held.set("action", "post");
        held.set("command", id);
        held.set("person", id);
        held.set("post", post);
        held.set("unit", unit->value);
        TRY_OK(write(transaction, change, {std::move(held), Value(), id}));
    }
    return PersonId{id};
}

Result<void> Organisation::place_person(storage::Transaction& transaction, const Change& change,
                                        const definition::DefinitionSet& set, PersonId id,
                                        const Placement& wanted) {
    OrganisationStore store(transaction);
    const JurisdictionId where = change.jurisdiction;
    TRY_OK(require_jurisdiction(store, where));
    const auto directory = store.directory(where);
    const Person* person = directory->person(id);
    if (person == nullptr || is_destroyed(transaction, where, id)) return no_such_person("");
    const auto unit = store.unit(where, wanted.unit_code);
    if (!unit) return no_such_unit(wanted.unit_code, "unit");
    Person placed = *person;
    placed.unit = *unit;
    placed.posts.clear();
    for (const Placement::Held& held : wanted.posts) {
        const auto over = store.unit(where, held.unit_code);
        if (!over) return no_such_unit(held.unit_code, "posts");
        placed.posts.push_back({.id = 0, .post = held.post, .unit = *over});
    }
    TRY_OK(checked_placement(*directory, set, placed, calendar::civil_date(change.at)));

    std::optional<std::int64_t> command;
    const auto write_part = [&](Value body) -> Result<void> {
        if (command) body.set("command", *command);
        TRY(const auto seq, write(transaction, change, {std::move(body), Value(), id.value}));
        if (!command) command = seq;
        return {};
    };
    const auto among = [](const std::vector<Post>& posts, const Post& wanted_post) {
        return std::any_of(posts.begin(), posts.end(), [&](const Post& each) {
            return each.post == wanted_post.post && each.unit == wanted_post.unit;
        });
    };
    if (placed.unit != person->unit) {
        TRY_OK(write_part(
            Value::Map{{"action", "place"}, {"person", id.value}, {"unit", placed.unit.value}}));
    }
    for (const Post& held : person->posts) {
        if (among(placed.posts, held)) continue;
        TRY_OK(write_part(
            Value::Map{{"action", "end_post"}, {"person", id.value}, {"post", held.id}}));
    }
    for (const Post& post : placed.posts) {
        if (among(person->posts, post)) continue;
        TRY_OK(write_part(Value::Map{{"action", "post"},
                                     {"person", id.value},
                                     {"post", post.post},
                                     {"unit", post.unit.value}}));
    }
    return {};
}

Result<void> Organisation::set_email(storage::Transaction& transaction, const Change& change,
                                     PersonId person, const std::string& address) {
    OrganisationStore store(transaction);
    TRY_OK(require_jurisdiction(store, change.jurisdiction));
    TRY(const std::string email, checked_email(address));
    const auto directory = store.directory(change.jurisdiction);
    if (directory->person(person) == nullptr ||
        is_destroyed(transaction, change.jurisdiction, person))
        return no_such_person("");
    Value body;
    body.set("action", "email");
    body.set("person", person.value);
    Value sealed = Value::Map{{"email", email}};
    TRY_OK(write(transaction, change, {std::move(body), std::move(sealed), person.value}));
    return {};
}

Result<std::size_t> Organisation::end_posts(storage::Transaction& transaction, const Change& change,
                                            PersonId person) {
    OrganisationStore store(transaction);
    TRY_OK(require_jurisdiction(store, change.jurisdiction));
    const auto directory = store.directory(change.jurisdiction);
    const Person* leaving = directory->person(person);
    if (leaving == nullptr) return no_such_person("");
    std::optional<std::int64_t> command;
    const auto write_end = [&](Value body) -> Result<void> {
        if (command) body.set("command", *command);
        TRY(const auto seq, write(transaction, change, {std::move(body), Value(), person.value}));
        if (!command) command = seq;
        return {};
    };
    for (const Post& post : leaving->posts) {
        TRY_OK(write_end(
            Value::Map{{"action", "end_post"}, {"person", person.value}, {"post", post.id}}));
    }
    for (const StandIn& stand_in : directory->stand_ins) {
        if (stand_in.person != person && stand_in.for_person != person) continue;
        TRY_OK(write_end(Value::Map{{"action", "end_stand_in"}, {"stand_in", stand_in.id}}));
    }
    return leaving->posts.size();
}

Result<std::int64_t> Organisation::add_stand_in(storage::Transaction& transaction,
                                                const Change& change,
                                                const definition::DefinitionSet& set,
                                                const NewStandIn& wanted) {
    OrganisationStore store(transaction);
    TRY_OK(require_jurisdiction(store, change.jurisdiction));
    const auto directory = store.directory(change.jurisdiction);
    TRY_OK(checked_stand_in(*directory, set, wanted, calendar::civil_date(change.at)));
    Value body;
    body.set("action", "stand_in");
    body.set("for_person", wanted.for_person.value);
    body.set("person", wanted.person.value);
    body.set("from_on", wanted.from_on);
    body.set("until_on", wanted.until_on);
    return write(transaction, change, {std::move(body), Value(), wanted.for_person.value});
}

Result<void> Organisation::end_stand_in(storage::Transaction& transaction, const Change& change,
                                        std::int64_t id) {
    OrganisationStore store(transaction);
    TRY_OK(require_jurisdiction(store, change.jurisdiction));
    const auto directory = store.directory(change.jurisdiction);
    const auto found = std::find_if(directory->stand_ins.begin(), directory->stand_ins.end(),
                                    [id](const StandIn& one) { return one.id == id; });
    if (found == directory->stand_ins.end()) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchStandIn,
                      "没有这项代理，或已经终止，请刷新后再看。", "stand_in");
    }
    Value body;
    body.set("action", "end_stand_in");
    body.set("stand_in", id);
    TRY_OK(write(transaction, change, {std::move(body), Value(), found->for_person.value}));
    return {};
}

Result<void> Organisation::destroy_person(storage::Transaction& transaction, const Change& change,
                                          PersonId person, EntryId by) {
    OrganisationStore store(transaction);
    TRY_OK(require_jurisdiction(store, change.jurisdiction));
    const auto directory = store.directory(change.jurisdiction);
    if (directory->person(person) == nullptr) return no_such_person("");
    if (is_destroyed(transaction, change.jurisdiction, person)) return {};
    Value body;
    body.set("action", "destroy_person");
    body.set("by", by.value);
    body.set("person", person.value);
    TRY_OK(write(transaction, change, {std::move(body), Value(), person.value}));
    return {};
}

bool Organisation::is_destroyed(storage::Transaction& transaction, JurisdictionId where,
                                PersonId person) const {
    return !journal_.key_of(transaction, where, person.value);
}

Result<void> Organisation::adopt(storage::Transaction& transaction, const Change& change,
                                 const definition::DefinitionSet& set) {
    OrganisationStore store(transaction);
    TRY_OK(require_jurisdiction(store, change.jurisdiction));
    Value body;
    body.set("action", "adopt");
    body.set("packs", list_of(set.packs()));
    body.set("definitions", set.digest().hex());
    TRY_OK(write(transaction, change, {std::move(body), Value(), kJurisdictionRecord}));
    return {};
}

Result<void> Organisation::set_setting(storage::Transaction& transaction, const Change& change,
                                       const definition::DefinitionSet& set, std::string_view name,
                                       const Value& value) {
    OrganisationStore store(transaction);
    auto where = store.directory(change.jurisdiction);
    if (!where) return require_jurisdiction(store, change.jurisdiction);
    const definition::Setting* setting = set.setting(name);
    if (setting == nullptr) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchSetting,
                      fmt::format("没有“{}”这个参数，请查看 settings.yaml。", name), "setting");
    }
    Value body;
    body.set("action", "setting");
    body.set("name", setting->name);
    Value sealed;
    if (value.is_null()) {
        body.set("cleared", true);
    } else {
        TRY(auto good, checked_setting(*setting, value, *where));
        (is_free_text(*setting) ? sealed : body).set("value", std::move(good));
    }
    TRY_OK(write(transaction, change, {std::move(body), std::move(sealed), kJurisdictionRecord}));
    return {};
}

std::vector<Jurisdiction> Organisation::jurisdictions(storage::Connection& connection) {
    return OrganisationStore(connection).jurisdictions();
}

std::optional<JurisdictionId> Organisation::id_of(storage::Connection& connection,
                                                  std::string_view code) {
    return OrganisationStore(connection).id_of(code);
}

std::vector<JurisdictionId> Organisation::above(storage::Connection& connection,
                                                JurisdictionId id) {
    return OrganisationStore(connection).above(id);
}

Result<Jurisdiction> Organisation::jurisdiction(storage::Connection& connection,
                                                std::string_view code) {
    auto found = OrganisationStore(connection).jurisdiction(code);
    if (!found) return no_such_jurisdiction(std::string(code));
    return *std::move(found);
}

Result<Directory> Organisation::superior(storage::Connection& connection, const Jurisdiction& of) {
    OrganisationStore(connection).see_too(of.parent);
    return directory(connection, of.parent);
}

Result<Directory> Organisation::directory(storage::Connection& connection, JurisdictionId id) {
    OrganisationStore store(connection);
    TRY_OK(require_jurisdiction(store, id));
    auto found = store.directory(id);
    found->above = store.above(id);
    return *std::move(found);
}

Result<Actor> Organisation::actor(storage::Connection& connection, JurisdictionId id,
                                  std::string_view called, calendar::Date on) {
    OrganisationStore store(connection);
    TRY_OK(require_jurisdiction(store, id));
    std::vector<JurisdictionId> searched = store.above(id);
    searched.insert(searched.begin(), id);
    for (const JurisdictionId where : searched) {
        store.see_too(where);
        const auto directory = store.directory(where);
        if (!directory) continue;
        if (const Person* person = directory->person_named(called)) {
            return directory->actor(*person, on);
        }
        const bool several =
            std::any_of(directory->persons.begin(), directory->persons.end(),
                        [called](const Person& one) { return one.name == called; });
        if (several) {
            return refuse(ErrorKind::InvalidInput, errors::kAmbiguousPerson,
                          fmt::format("有不止一名人员叫“{}”，请改用人员代码。", called), "person");
        }
    }
    return no_such_person(called);
}

}  // namespace fazhi::access
