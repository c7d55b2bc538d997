#include "access/directory.h"

#include <algorithm>

#include "definition/definition_set.h"

namespace fazhi::access {

namespace {

template <class Row, class RowId>
const Row* with_id(const std::vector<Row>& rows, RowId id) {
    const auto found = std::lower_bound(
        rows.begin(), rows.end(), id, [](const Row& row, RowId wanted) { return row.id < wanted; });
    return found != rows.end() && found->id == id ? &*found : nullptr;
}

// `is_called`: by name. Codes are unique, names are not.
template <class Row, class IsCalled>
const Row* called_so(const std::vector<Row>& rows, std::string_view called, IsCalled is_called) {
    if (called.empty()) return nullptr;
    const Row* named = nullptr;
    bool several = false;
    for (const Row& row : rows) {
        if (row.code == called) return &row;
        if (!is_called(row)) continue;
        several = named != nullptr;
        named = &row;
        if (several) break;
    }
    if (!several) return named;
    const auto coded = std::find_if(rows.begin(), rows.end(),
                                    [called](const Row& row) { return row.code == called; });
    return coded == rows.end() ? nullptr : &*coded;
}

}  // namespace

bool StandIn::is_on(calendar::Date day) const {
    const std::string written = calendar::to_text(day);
    return from_on <= written && written <= until_on;
}

const Unit* Directory::unit(UnitId id) const {
    return with_id(units, id);
}

const Person* Directory::person(PersonId id) const {
    return with_id(persons, id);
}

std::string Directory::person_name(PersonId id) const {
    const Person* found = person(id);
    return found == nullptr || found->name.empty() ? "#" + std::to_string(id.value) : found->name;
}

const Unit* Directory::unit_named(std::string_view called) const {
    return called_so(units, called, [called](const Unit& unit) {
        return unit.name == called || unit.short_name == called;
    });
}

const Person* Directory::person_named(std::string_view called) const {
    return called_so(persons, called,
                     [called](const Person& person) { return person.name == called; });
}

std::vector<const Person*> Directory::holders(std::string_view post) const {
    std::vector<const Person*> found;
    for (const Person& person : persons) {
        const bool holds = std::any_of(person.posts.begin(), person.posts.end(),
                                       [post](const Post& held) { return held.post == post; });
        if (holds) found.push_back(&person);
    }
    return found;
}

std::vector<const Person*> Directory::holders(std::string_view post, calendar::Date on) const {
    std::vector<const Person*> found;
    for (const Person& person : persons) {
        if (actor(person, on).holds(post)) found.push_back(&person);
    }
    return found;
}

Value Directory::setting(const definition::DefinitionSet& set, std::string_view name) const {
    const auto found = settings.find(name);
    if (found != settings.end()) return found->second;
    const definition::Setting* defined = set.setting(name);
    return defined == nullptr ? Value() : defined->default_value;
}

Actor Directory::actor(const Person& person) const {
    return Actor{.system = false,
                 .jurisdiction = jurisdiction.id,
                 .person = person.id,
                 .code = person.code,
                 .name = person.name,
                 .unit = person.unit,
                 .posts = person.posts};
}

Actor Directory::actor(const Person& person, calendar::Date on) const {
    Actor acting = actor(person);
    for (const StandIn& stand_in : stand_ins) {
        if (stand_in.person != person.id || !stand_in.is_on(on)) continue;
        const Person* away = this->person(stand_in.for_person);
        if (away == nullptr) continue;
        for (Post post : away->posts) {
            post.instead_of = away->id;
            acting.posts.push_back(std::move(post));
        }
    }
    return acting;
}

}  // namespace fazhi::access
