// Changes to the organisation: jurisdictions, units, persons with their posts, settings, which
// packs are turned on. Each is one journal record of the jurisdiction it concerns; the tables
// follow.
//
// Whether the actor may is asked before (permission.h). Commands run in a transaction of the
// Writer; a refusal leaves nothing behind. Any thread, one transaction each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "access/actor.h"
#include "access/directory.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/value.h"
#include "calendar/date.h"
#include "journal/projection.h"

namespace fazhi::definition {
class DefinitionSet;
}
namespace fazhi::journal {
class Journal;
struct Entry;
}  // namespace fazhi::journal
namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::access {

inline constexpr int kStandInDaysMax = 366;

// What a command about the organisation stands on.
struct Change {
    JurisdictionId jurisdiction;  // whose organisation changes; not read by add_jurisdiction
    const Actor& actor;
    calendar::Instant at;  // when the command was accepted
};

struct NewJurisdiction {
    std::string parent_code;  // empty: a root
    Jurisdiction values;      // id, parent and definitions are not read
};
struct NewUnit {
    Unit values;  // id and lead_section are not read
    std::string lead_section_code;
};
// What may change of a unit. Its code and kind stay: lists and rules go by them.
struct UnitChange {
    std::string name;
    std::string short_name;
    std::string lead_section_code;  // empty: nobody leads it
};
struct NewPerson {
    Person values;  // id, unit and posts are not read
    std::string unit_code;
    std::vector<std::string> posts;  // held over that unit
};

// Where a person belongs from now on, and all posts the person holds.
struct Placement {
    struct Held {
        std::string post;
        std::string unit_code;  // over which it is held
    };
    std::string unit_code;
    std::vector<Held> posts;
};

// Both by id; days YYYY-MM-DD, both included.
struct NewStandIn {
    PersonId for_person;
    PersonId person;
    std::string from_on;
    std::string until_on;
};

class Organisation final : public journal::Projection {
public:
    explicit Organisation(const journal::Journal& journal) : journal_(journal) {}

    // Opens its journal, whose record 1 it is. Run all of these on one lane of the Writer.
    // Refuses kBadCode, kBadKind, kBadText, kBadDate, kNoSuchJurisdiction (the parent), kTooDeep,
    // kCodeTaken.
    Result<JurisdictionId> add_jurisdiction(storage::Transaction&, const Change&,
                                            const NewJurisdiction&);
    // Refuses kNoSuchJurisdiction, kBadCode, kBadKind, kBadText, kNoSuchUnit, kCodeTaken, kTooMany.
    Result<UnitId> add_unit(storage::Transaction&, const Change&, const NewUnit&);
    // What was recorded before is shown under the new name too; the journal has the old one.
    // Refuses kNoSuchJurisdiction, kNoSuchUnit (also one that would lead itself), kBadText.
    Result<void> change_unit(storage::Transaction&, const Change&, UnitId, const UnitChange&);
    // Refuses kNoSuchJurisdiction, kBadCode, kBadText, kNoSuchUnit, kNoSuchPost, kConflictingPosts,
    // kCodeTaken, kTooMany, kBadEmail.
    Result<PersonId> add_person(storage::Transaction&, const Change&,
                                const definition::DefinitionSet&, const NewPerson&);
    // Posts that are not named end, those held already go on. Refuses kNoSuchJurisdiction,
    // kNoSuchPerson (also who is destroyed), kNoSuchUnit, kNoSuchPost, kConflictingPosts (also with
    // the posts held as a stand-in, or by whoever stands in, today or later).
    Result<void> place_person(storage::Transaction&, const Change&,
                              const definition::DefinitionSet&, PersonId, const Placement&);
    // Where notices go; "": nowhere. Refuses kNoSuchJurisdiction, kNoSuchPerson (also who is
    // destroyed), kBadEmail.
    Result<void> set_email(storage::Transaction&, const Change&, PersonId,
                           const std::string& address);
    // Somebody leaves: every post of the person's own ends, and the stand-ins for and by the
    // person. Answers how many posts. Refuses kNoSuchJurisdiction, kNoSuchPerson.
    Result<std::size_t> end_posts(storage::Transaction&, const Change&, PersonId);
    // 代理. Until the last day at most kStandInDaysMax. Refuses kNoSuchJurisdiction, kNoSuchPerson,
    // kBadDate, kBadStandIn (oneself, past, the wrong way round, too long, the same again),
    // kConflictingPosts (with the posts held besides on one of the days), kTooMany.
    Result<std::int64_t> add_stand_in(storage::Transaction&, const Change&,
                                      const definition::DefinitionSet&, const NewStandIn&);
    // Refuses kNoSuchJurisdiction, kNoSuchStandIn (also one that was ended).
    Result<void> end_stand_in(storage::Transaction&, const Change&, std::int64_t id);
    // 删除个人信息: code, name and address of somebody who left cannot be read afterwards, here and
    // in the journal; the posts end. What the person recorded and did stays, by number. `by`: the
    // entry of the ledger `destruction` that says why. Refuses kNoSuchJurisdiction, kNoSuchPerson.
    // Somebody who is destroyed already stays so.
    Result<void> destroy_person(storage::Transaction&, const Change&, PersonId, EntryId by);
    [[nodiscard]] bool is_destroyed(storage::Transaction&, JurisdictionId, PersonId) const;
    // Turns the set's packs on. The set has been stored (definition/). Refuses kNoSuchJurisdiction.
    Result<void> adopt(storage::Transaction&, const Change&, const definition::DefinitionSet&);
    // Null: back to the default. Refuses kNoSuchJurisdiction, kNoSuchSetting, kBadSetting.
    Result<void> set_setting(storage::Transaction&, const Change&, const definition::DefinitionSet&,
                             std::string_view name, const Value&);

    static std::vector<Jurisdiction> jurisdictions(storage::Connection&);  // in order of id
    static std::optional<JurisdictionId> id_of(storage::Connection&, std::string_view code);
    // Its parent, the parent's parent, …
    static std::vector<JurisdictionId> above(storage::Connection&, JurisdictionId);
    // Both refuse kNoSuchJurisdiction.
    static Result<Jurisdiction> jurisdiction(storage::Connection&, std::string_view code);
    static Result<Directory> directory(storage::Connection&, JurisdictionId);
    // Of the jurisdiction right above, which the connection shows from then on. Refuses
    // kNoSuchJurisdiction: it stands at the top.
    static Result<Directory> superior(storage::Connection&, const Jurisdiction& of);
    // The person called so (code, else name) in this jurisdiction, else in the nearest one above.
    // As one who acts on the day. Refuses kNoSuchJurisdiction, kNoSuchPerson, kAmbiguousPerson.
    static Result<Actor> actor(storage::Connection&, JurisdictionId, std::string_view called,
                               calendar::Date on);

    // journal::Projection: jurisdiction, unit, person, post, setting_value, stand_in.
    [[nodiscard]] std::vector<journal::ProjectedTable> tables() const override;
    [[nodiscard]] bool knows(std::string_view action) const override;
    Result<void> apply(storage::Transaction&, JurisdictionId, const journal::Record&) override;
    void prepare(storage::Connection&) override {}

private:
    // Journals the entry with its actor, applies the record and answers its number.
    Result<std::int64_t> write(storage::Transaction&, const Change&, journal::Entry);

    const journal::Journal& journal_;
};

}  // namespace fazhi::access
