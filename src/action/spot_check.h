// Spot checks (抽查回头看): so many entries of a ledger drawn by a rule nobody can steer and
// anybody can repeat: the entries in order of SHA-256(root ‖ "/" ‖ ledger ‖ "/" ‖ number), the
// first ones, where the root is that of a checkpoint signed at the drawing. Every drawing is an
// entry of `spot_check`.
#pragma once

#include <string>
#include <vector>

#include "action/entry_commands.h"

namespace fazhi::action {

inline constexpr std::size_t kDrawnMax = 500;  // rows of one entry's list

// The first `count` of them, in the order drawn. Pure.
std::vector<EntryId> draw(const std::string& root, const std::string& ledger,
                          std::vector<EntryId> population, std::size_t count);

struct SpotCheckOrder {
    std::string ledger;
    std::string where;  // YAML flow; "": every entry that is not void
    std::size_t count = 0;
};
struct SpotCheck {
    EntryId entry;
    std::string root;
    std::size_t population = 0;
    std::vector<EntryId> drawn;
};
// Refuses kBadCount, kNoSuchLedger, and conditions the ledger cannot answer. Whoever may close in
// the ledger may. Cost: one pass over the ledger.
Result<SpotCheck> spot_check(const Task&, const SpotCheckOrder&);

}  // namespace fazhi::action
