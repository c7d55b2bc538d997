// What may be put into a field that names an entry (可选的条目): what the form offers to whoever
// fills it in, though the register is not theirs to open.
//
// Of a register that is closed to nobody every entry in force is named; of any other ledger those
// that the actor may see. Only numbers and titles, in which nothing private stands. Reads only; any
// thread, each with its own connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "action/workplace.h"
#include "ledger/listing.h"

namespace fazhi::action {

inline constexpr std::size_t kChoicesMax = 50;  // of one page
// Entries looked at for one page; beyond, the page ends where it stands and says where to go on.
inline constexpr std::size_t kChoicesLookedAtMax = 2000;

// Where a page ends: the last entry looked at, in which of the field's ledgers.
struct ChoicePlace {
    std::string ledger;
    ledger::ListPlace place;
};

struct ChoicesQuestion {
    std::string ledger;  // whose field it is
    std::string field;   // its id; of a column "officers.officer"
    // In the title, the number or the number it had before; "#12" is entry 12; "": all
    std::string words;
    std::string on;  // YYYY-MM-DD: a register's entry is valid on this day
    std::optional<ChoicePlace> after;
    std::size_t limit = 20;  // 1 to kChoicesMax
};

struct Choice {
    std::string ledger;
    EntryId entry;
    std::string title;  // with the number in front where it has one
};

struct Choices {
    std::vector<Choice> items;        // the field's ledgers in order, in each the newest first
    std::optional<ChoicePlace> next;  // nothing: there are no more
};

// For whoever may record in the field's ledger, or takes steps there of which one asks for the
// field; only what the field's own `from` lets be chosen. Refuses kNoSuchChoiceField, kForbidden,
// kBadFilter (a place in no ledger of the field).
// INVARIANT: the limit is within its bounds.
Result<Choices> field_choices(storage::Connection&, const ledger::Context&, const ChoicesQuestion&);

}  // namespace fazhi::action
