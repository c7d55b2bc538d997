// The organisation of one jurisdiction (组织): its units, persons, posts and settings, as they
// stand.
//
// A jurisdiction's whole directory is small (kUnitsMax, kPersonsMax) and read at once
// (organisation.h): `Directory` is an immutable picture of it. Values; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "base/ids.h"
#include "base/value.h"
#include "calendar/date.h"

namespace fazhi::definition {
class DefinitionSet;
}

namespace fazhi::access {

inline constexpr std::size_t kUnitsMax = 2'000;     // a jurisdiction
inline constexpr std::size_t kPersonsMax = 20'000;  // a jurisdiction
inline constexpr std::size_t kLevelsMax = 8;        // of jurisdictions, a root and all below it
inline constexpr std::size_t kStandInsMax = 2'000;  // a jurisdiction, those that have not ended

struct Jurisdiction {
    JurisdictionId id;
    JurisdictionId parent;      // none: a root
    std::string kind;           // city | district | county | subdistrict | township | bureau
    std::string code;           // "qianjin": unique in the database
    std::string name;           // 前进街道
    std::string full_name;      // 湖滨区人民政府前进街道办事处
    std::string short_name;     // 前进
    std::string document_code;  // 湖前办发
    std::vector<std::string> packs;
    std::string definitions;    // hex digest of the adopted set; empty: none yet
    std::string live_from;      // YYYY-MM-DD: 补录 counts from here; empty: not live yet
    std::int64_t revision = 0;  // number of the journal record that changed the directory last
};

struct Unit {
    UnitId id;
    std::string code;
    std::string kind;  // section (科室) | community | village | bureau | other
    std::string name;
    std::string short_name;
    UnitId lead_section;  // the section that leads it; none: nobody
};

struct Person {
    PersonId id;
    std::string code;
    std::string name;
    UnitId unit;
    std::vector<Post> posts;
    std::string email;  // where notices go; "": only the program tells this person
};

// 代理: `person` holds the posts of `for_person` from `from_on` to `until_on`, both days included,
// unless it was ended before. A stand-in's stand-in has nothing of it.
struct StandIn {
    std::int64_t id = 0;  // journal number
    PersonId for_person;
    PersonId person;
    std::string from_on;   // YYYY-MM-DD
    std::string until_on;  // YYYY-MM-DD
    PersonId created_by;   // none: the system
    std::string created_at;

    [[nodiscard]] bool is_on(calendar::Date day) const;

    friend bool operator==(const StandIn&, const StandIn&) = default;
};

struct Directory {
    Jurisdiction jurisdiction;
    std::vector<JurisdictionId> above;  // its parent, the parent's parent, …
    std::vector<Unit> units;            // in order of their ids
    std::vector<Person> persons;        // in order of their ids
    std::map<std::string, Value, std::less<>>
        settings;                    // set here; the set's defaults are not in it
    std::vector<StandIn> stand_ins;  // in order of their ids; those that were not ended, past too

    [[nodiscard]] const Unit* unit(UnitId id) const;
    [[nodiscard]] const Person* person(PersonId id) const;
    // What people read: the name; "#31" of somebody who is not there, or whose personal
    // information was deleted.
    [[nodiscard]] std::string person_name(PersonId id) const;
    // The one whose code it is; else the only one of that name or short name; else nothing.
    [[nodiscard]] const Unit* unit_named(std::string_view called) const;
    [[nodiscard]] const Person* person_named(std::string_view called) const;
    // Whose own the post is.
    [[nodiscard]] std::vector<const Person*> holders(std::string_view post) const;
    // The same, and whoever stands in for one of them on the day.
    [[nodiscard]] std::vector<const Person*> holders(std::string_view post,
                                                     calendar::Date on) const;
    // This jurisdiction's value, or the default of the set; null: empty.
    [[nodiscard]] Value setting(const definition::DefinitionSet& set, std::string_view name) const;
    // The person as one who acts, with the posts of the person's own.
    [[nodiscard]] Actor actor(const Person& person) const;
    // The same, and with the posts held as a stand-in on the day.
    [[nodiscard]] Actor actor(const Person& person, calendar::Date on) const;
};

}  // namespace fazhi::access
