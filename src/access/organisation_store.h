// The only SQL of access/: jurisdiction, unit, person, post, setting_value, stand_in.
//
// One connection or transaction, one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/directory.h"
#include "base/ids.h"
#include "base/value.h"

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::access {

class OrganisationStore {
public:
    explicit OrganisationStore(storage::Connection& connection) : connection_(connection) {}
    explicit OrganisationStore(storage::Transaction& transaction);

    // From here on the connection shows this jurisdiction's rows too (storage::Sight).
    void see_too(JurisdictionId id);
    [[nodiscard]] std::vector<Jurisdiction> jurisdictions();  // in order of id
    [[nodiscard]] std::optional<Jurisdiction> jurisdiction(std::string_view code);
    [[nodiscard]] std::optional<Jurisdiction> jurisdiction(JurisdictionId id);
    [[nodiscard]] std::optional<JurisdictionId> id_of(std::string_view code);
    [[nodiscard]] std::int64_t revision(JurisdictionId id);  // 0: there is no such jurisdiction
    // Its parent, the parent's parent, …: at most kLevelsMax.
    [[nodiscard]] std::vector<JurisdictionId> above(JurisdictionId id);
    [[nodiscard]] JurisdictionId last_jurisdiction();  // none: there is none yet
    // Everything of it but `above`.
    [[nodiscard]] std::optional<Directory> directory(JurisdictionId id);

    [[nodiscard]] std::optional<UnitId> unit(JurisdictionId where, std::string_view code);
    [[nodiscard]] bool has_person(JurisdictionId where, std::string_view code);
    [[nodiscard]] std::size_t unit_count(JurisdictionId where);
    [[nodiscard]] std::size_t person_count(JurisdictionId where);

    void insert(const Jurisdiction& jurisdiction);
    void insert(JurisdictionId where, const Unit& unit);
    void change(JurisdictionId where, const Unit& unit);      // name, short name, who leads it
    void insert(JurisdictionId where, const Person& person);  // without its posts
    void place(JurisdictionId where, PersonId person, UnitId unit);
    void insert(JurisdictionId where, PersonId holder, const Post& post);
    void set_email(JurisdictionId where, PersonId person, const std::string& address);
    void insert(JurisdictionId where, const StandIn& stand_in);
    // False where there is none that has not been ended.
    bool end_stand_in(JurisdictionId where, std::int64_t id, const std::string& at);
    bool remove_post(JurisdictionId where, std::int64_t id);  // false: there is none
    // Without code, name and address; without posts and stand-ins.
    void forget(JurisdictionId where, PersonId person);
    void set_revision(JurisdictionId id, std::int64_t seq);
    void adopt(JurisdictionId id, const std::vector<std::string>& packs,
               const std::string& definitions);
    void set_value(JurisdictionId where, const std::string& name, const std::string& value);
    void unset_value(JurisdictionId where, const std::string& name);

private:
    std::vector<Unit> units(JurisdictionId where);
    std::vector<Person> persons(JurisdictionId where);
    std::vector<StandIn> stand_ins(JurisdictionId where);
    std::int64_t number(std::string_view sql, JurisdictionId where);

    storage::Connection& connection_;
};

}  // namespace fazhi::access
