#include "access/organisation_store.h"

#include <algorithm>

#include "journal/record.h"
#include "storage/connection.h"
#include "storage/failure.h"
#include "storage/transaction.h"

namespace fazhi::access {

namespace {

using storage::Row;

constexpr std::string_view kJurisdictions =
    "SELECT id, parent_id, kind, code, name, full_name, short, document_code, packs, definitions, "
    "live_from, revision FROM jurisdiction";

std::string text(const Row& row, int column) {
    return std::string(row.text(column));
}

// Whoever edits the file by hand may have left anything there.
Value value_from(std::string_view stored, const char* column) {
    auto value = journal::parse_canonical(stored);
    if (value) return *std::move(value);
    throw storage::Failure(storage::FailureKind::Corrupt,
                           std::string(column) + " does not hold canonical JSON");
}

std::vector<std::string> packs_from(std::string_view stored) {
    const Value list = value_from(stored, "jurisdiction.packs");
    std::vector<std::string> packs;
    if (!list.is_list()) return packs;
    for (const Value& pack : list.as_list()) {
        if (pack.is_text()) packs.push_back(pack.as_text());
    }
    return packs;
}

std::string packs_text(const std::vector<std::string>& packs) {
    Value::List list;
    for (const std::string& pack : packs) list.emplace_back(pack);
    return journal::canonical(Value(std::move(list)));
}

Jurisdiction jurisdiction_of(const Row& row) {
    return {.id = {row.integer(0)},
            .parent = {row.integer(1)},
            .kind = text(row, 2),
            .code = text(row, 3),
            .name = text(row, 4),
            .full_name = text(row, 5),
            .short_name = text(row, 6),
            .document_code = text(row, 7),
            .packs = packs_from(row.text(8)),
            .definitions = text(row, 9),
            .live_from = text(row, 10),
            .revision = row.integer(11)};
}

}  // namespace

OrganisationStore::OrganisationStore(storage::Transaction& transaction)
    : connection_(transaction.connection()) {}

void OrganisationStore::see_too(JurisdictionId id) {
    connection_.see_too(id);
}

std::vector<Jurisdiction> OrganisationStore::jurisdictions() {
    std::vector<Jurisdiction> found;
    connection_.query(std::string(kJurisdictions) + " ORDER BY id", {},
                      [&found](const Row& row) { found.push_back(jurisdiction_of(row)); });
    return found;
}

std::optional<Jurisdiction> OrganisationStore::jurisdiction(std::string_view code) {
    std::optional<Jurisdiction> found;
    connection_.query(std::string(kJurisdictions) + " WHERE code = $1", {std::string(code)},
                      [&found](const Row& row) { found = jurisdiction_of(row); });
    return found;
}

std::optional<JurisdictionId> OrganisationStore::id_of(std::string_view code) {
    std::optional<JurisdictionId> found;
    connection_.query("SELECT id FROM jurisdiction WHERE code = $1", {std::string(code)},
                      [&found](const Row& row) { found = JurisdictionId{row.integer(0)}; });
    return found;
}

std::optional<Jurisdiction> OrganisationStore::jurisdiction(JurisdictionId id) {
    std::optional<Jurisdiction> found;
    connection_.query(std::string(kJurisdictions) + " WHERE id = $1", {id.value},
                      [&found](const Row& row) { found = jurisdiction_of(row); });
    return found;
}

std::int64_t OrganisationStore::revision(JurisdictionId id) {
    return number("SELECT revision FROM jurisdiction WHERE id = $1", id);
}

void OrganisationStore::set_revision(JurisdictionId id, std::int64_t seq) {
    connection_.execute("UPDATE jurisdiction SET revision = $1 WHERE id = $2", {seq, id.value});
}

std::vector<JurisdictionId> OrganisationStore::above(JurisdictionId id) {
    std::vector<JurisdictionId> chain;
    while (chain.size() < kLevelsMax) {
        JurisdictionId parent;
        connection_.query("SELECT parent_id FROM jurisdiction WHERE id = $1", {id.value},
                          [&parent](const Row& row) { parent = {row.integer(0)}; });
        if (!parent) break;
        chain.push_back(parent);
        id = parent;
    }
    return chain;
}

JurisdictionId OrganisationStore::last_jurisdiction() {
    JurisdictionId last;
    connection_.query("SELECT MAX(id) FROM jurisdiction", {},
                      [&last](const Row& row) { last = {row.integer(0)}; });
    return last;
}

std::vector<Unit> OrganisationStore::units(JurisdictionId where) {
    std::vector<Unit> found;
    connection_.query(
        "SELECT id, code, kind, name, short, lead_section FROM unit WHERE jurisdiction_id = $1 "
        "ORDER BY id",
        {where.value}, [&found](const Row& row) {
            found.push_back({.id = {row.integer(0)},
                             .code = text(row, 1),
                             .kind = text(row, 2),
                             .name = text(row, 3),
                             .short_name = text(row, 4),
                             .lead_section = {row.integer(5)}});
        });
    return found;
}

std::vector<Person> OrganisationStore::persons(JurisdictionId where) {
    std::vector<Person> found;
    connection_.query(
        "SELECT id, code, name, unit_id, email FROM person WHERE jurisdiction_id = $1 ORDER BY id",
        {where.value}, [&found](const Row& row) {
            found.push_back({.id = {row.integer(0)},
                             .code = text(row, 1),
                             .name = text(row, 2),
                             .unit = {row.integer(3)},
                             .posts = {},
                             .email = text(row, 4)});
        });
    connection_.query(
        "SELECT person_id, id, post, unit_id FROM post WHERE jurisdiction_id = $1 ORDER BY id",
        {where.value}, [&found](const Row& row) {
            const PersonId holder{row.integer(0)};
            const auto person = std::lower_bound(
                found.begin(), found.end(), holder,
                [](const Person& one, PersonId wanted) { return one.id < wanted; });
            if (person == found.end() || person->id != holder) return;
            person->posts.push_back(
                {.id = row.integer(1), .post = text(row, 2), .unit = {row.integer(3)}});
        });
    return found;
}

std::vector<StandIn> OrganisationStore::stand_ins(JurisdictionId where) {
    std::vector<StandIn> found;
    connection_.query(
        "SELECT id, for_person_id, person_id, from_on, until_on, created_by, created_at "
        "FROM stand_in WHERE jurisdiction_id = $1 AND ended_at = '' ORDER BY id",
        {where.value}, [&found](const Row& row) {
            found.push_back({.id = row.integer(0),
                             .for_person = {row.integer(1)},
                             .person = {row.integer(2)},
                             .from_on = text(row, 3),
                             .until_on = text(row, 4),
                             .created_by = {row.integer(5)},
                             .created_at = text(row, 6)});
        });
    return found;
}

std::optional<Directory> OrganisationStore::directory(JurisdictionId id) {
    auto found = jurisdiction(id);
    if (!found) return std::nullopt;
    Directory directory;
    directory.jurisdiction = *std::move(found);
    directory.units = units(id);
    directory.persons = persons(id);
    directory.stand_ins = stand_ins(id);
    connection_.query("SELECT name, value FROM setting_value WHERE jurisdiction_id = $1",
                      {id.value}, [&directory](const Row& row) {
                          directory.settings.insert_or_assign(
                              text(row, 0), value_from(row.text(1), "setting_value.value"));
                      });
    return directory;
}

std::optional<UnitId> OrganisationStore::unit(JurisdictionId where, std::string_view code) {
    std::optional<UnitId> found;
    connection_.query("SELECT id FROM unit WHERE jurisdiction_id = $1 AND code = $2",
                      {where.value, std::string(code)},
                      [&found](const Row& row) { found = UnitId{row.integer(0)}; });
    return found;
}

bool OrganisationStore::has_person(JurisdictionId where, std::string_view code) {
    bool found = false;
    connection_.query("SELECT id FROM person WHERE jurisdiction_id = $1 AND code = $2",
                      {where.value, std::string(code)}, [&found](const Row&) { found = true; });
    return found;
}

std::int64_t OrganisationStore::number(std::string_view sql, JurisdictionId where) {
    std::int64_t counted = 0;
    connection_.query(sql, {where.value}, [&counted](const Row& row) { counted = row.integer(0); });
    return counted;
}

std::size_t OrganisationStore::unit_count(JurisdictionId where) {
    return static_cast<std::size_t>(
        number("SELECT COUNT(*) FROM unit WHERE jurisdiction_id = $1", where));
}

std::size_t OrganisationStore::person_count(JurisdictionId where) {
    return static_cast<std::size_t>(
        number("SELECT COUNT(*) FROM person WHERE jurisdiction_id = $1", where));
}

void OrganisationStore::insert(const Jurisdiction& jurisdiction) {
    connection_.execute(
        "INSERT INTO jurisdiction (id, parent_id, kind, code, name, full_name, short, "
        "document_code, packs, definitions, live_from) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {jurisdiction.id.value, jurisdiction.parent.value, jurisdiction.kind, jurisdiction.code,
         jurisdiction.name, jurisdiction.full_name, jurisdiction.short_name,
         jurisdiction.document_code, packs_text(jurisdiction.packs), jurisdiction.definitions,
         jurisdiction.live_from});
}

void OrganisationStore::insert(JurisdictionId where, const Unit& unit) {
    connection_.execute(
        "INSERT INTO unit (jurisdiction_id, id, code, kind, name, short, lead_section) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {where.value, unit.id.value, unit.code, unit.kind, unit.name, unit.short_name,
         unit.lead_section.value});
}

void OrganisationStore::change(JurisdictionId where, const Unit& unit) {
    connection_.execute(
        "UPDATE unit SET name = $3, short = $4, lead_section = $5 WHERE jurisdiction_id = $1 AND "
        "id = $2",
        {where.value, unit.id.value, unit.name, unit.short_name, unit.lead_section.value});
}

void OrganisationStore::place(JurisdictionId where, PersonId person, UnitId unit) {
    connection_.execute("UPDATE person SET unit_id = $3 WHERE jurisdiction_id = $1 AND id = $2",
                        {where.value, person.value, unit.value});
}

void OrganisationStore::insert(JurisdictionId where, const Person& person) {
    connection_.execute(
        "INSERT INTO person (jurisdiction_id, id, code, name, unit_id, email) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        {where.value, person.id.value, person.code, person.name, person.unit.value, person.email});
}

void OrganisationStore::set_email(JurisdictionId where, PersonId person,
                                  const std::string& address) {
    connection_.execute("UPDATE person SET email = $3 WHERE jurisdiction_id = $1 AND id = $2",
                        {where.value, person.value, address});
}

void OrganisationStore::forget(JurisdictionId where, PersonId person) {
    connection_.execute(
        "UPDATE person SET code = '', name = '', email = '' WHERE jurisdiction_id = $1 AND id = $2",
        {where.value, person.value});
    connection_.execute("DELETE FROM post WHERE jurisdiction_id = $1 AND person_id = $2",
                        {where.value, person.value});
    connection_.execute(
        "DELETE FROM stand_in WHERE jurisdiction_id = $1 AND (person_id = $2 OR for_person_id = "
        "$2)",
        {where.value, person.value});
}

void OrganisationStore::insert(JurisdictionId where, const StandIn& stand_in) {
    connection_.execute(
        "INSERT INTO stand_in (jurisdiction_id, id, for_person_id, person_id, from_on, until_on, "
        "created_by, created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')",
        {where.value, stand_in.id, stand_in.for_person.value, stand_in.person.value,
         stand_in.from_on, stand_in.until_on, stand_in.created_by.value, stand_in.created_at});
}

bool OrganisationStore::end_stand_in(JurisdictionId where, std::int64_t id, const std::string& at) {
    return connection_.change(
               "UPDATE stand_in SET ended_at = $3 "
               "WHERE jurisdiction_id = $1 AND id = $2 AND ended_at = ''",
               {where.value, id, at}) > 0;
}

bool OrganisationStore::remove_post(JurisdictionId where, std::int64_t id) {
    return connection_.change("DELETE FROM post WHERE jurisdiction_id = $1 AND id = $2",
                              {where.value, id}) > 0;
}

void OrganisationStore::insert(JurisdictionId where, PersonId holder, const Post& post) {
    connection_.execute(
        "INSERT INTO post (jurisdiction_id, id, person_id, post, unit_id) "
        "VALUES ($1, $2, $3, $4, $5)",
        {where.value, post.id, holder.value, post.post, post.unit.value});
}

void OrganisationStore::adopt(JurisdictionId id, const std::vector<std::string>& packs,
                              const std::string& definitions) {
    connection_.execute("UPDATE jurisdiction SET packs = $1, definitions = $2 WHERE id = $3",
                        {packs_text(packs), definitions, id.value});
}

void OrganisationStore::set_value(JurisdictionId where, const std::string& name,
                                  const std::string& value) {
    connection_.execute(
        "INSERT INTO setting_value (jurisdiction_id, name, value) VALUES ($1, $2, $3) "
        "ON CONFLICT (jurisdiction_id, name) DO UPDATE SET value = excluded.value",
        {where.value, name, value});
}

void OrganisationStore::unset_value(JurisdictionId where, const std::string& name) {
    connection_.execute("DELETE FROM setting_value WHERE jurisdiction_id = $1 AND name = $2",
                        {where.value, name});
}

}  // namespace fazhi::access
