// Who may do what (权限): abilities over ledgers within a scope, as roles.yaml says (definitions.md
// §11).
//
// Fails closed: what no role grants is refused. A post reaches, by the scope of its role:
//   own                  entries whose handler the person is
//   unit                 entries of the unit the post belongs to
//   units below          those, and the entries of units that this unit leads (lead_section)
//   jurisdiction         every entry of the jurisdiction
//   jurisdictions below  every entry of the jurisdictions below it, not of its own
// Somebody of a jurisdiction above acts only through the last. A ledger with visible_to is closed
// to all whom it does not name, recording excepted. Pure functions; any thread.
#pragma once

#include <string_view>

#include "access/actor.h"
#include "access/directory.h"
#include "base/result.h"

namespace fazhi::access {

// A token never reaches further than its limits (actor.h).
enum class Ability { View, Record, Move, Assign, Close, Export, Publish, Verify };
std::string_view to_text(Ability ability);  // "view", …, as roles.yaml writes it

// What is asked for: entries of `unit` in `ledger`, handled by `handler`.
struct Concern {
    std::string_view ledger;
    UnitId unit;
    PersonId handler = {};
};

// Does `actor` hold a post that grants `ability` over `about` in the jurisdiction of `where`? The
// system may do everything. Refuses kForbidden, naming up to three persons who may.
Result<void> require(const Directory& where, const definition::DefinitionSet& set,
                     const Actor& actor, Ability ability, const Concern& about);
// The same as yes or no.
bool may(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
         Ability ability, const Concern& about);

// May somebody of this jurisdiction be told what the entries of a register are called, so as to
// name one elsewhere, though they may not open it? Not of a register that is closed (visible_to) or
// barred to them, and not through a token.
bool may_name(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
              std::string_view entries_of);

// Is `ability` granted over all ledgers and the whole jurisdiction (`ledgers: all`, a scope that
// covers every unit)? For what concerns the office as a whole and shows no entry: checking its
// journal, whether notices went out. visible_to closes nothing here.
bool may_throughout(const Directory& where, const definition::DefinitionSet& set,
                    const Actor& actor, Ability ability);
// Refuses kForbidden, naming up to three persons of the office who may. `what`: "核验流水".
Result<void> require_throughout(const Directory& where, const definition::DefinitionSet& set,
                                const Actor& actor, Ability ability, std::string_view what);

// Does the actor's token, if there is one, leave this ability? Refuses kForbidden.
Result<void> require_of_token(const Actor& actor, Ability ability, std::string_view ledger);

// Does the actor hold `post` with a scope that covers `unit` (for `by: [clerk]`)? Never true of the
// system, which holds no post, nor through the scope own, which `by: [handler]` says.
bool holds_for(const Directory& where, const definition::DefinitionSet& set, const Actor& actor,
               std::string_view post, UnitId unit);

}  // namespace fazhi::access
