// Whom a notice (提醒) goes to, and putting it there.
//
// The handler of the entry; else holders of a post that a setting names and whose scope covers the
// unit; else those of the fallback post (escalation_fallback_post); else nobody, which is shown:
// the notice stands with no person. One transaction, one thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "action/entry_commands.h"
#include "ledger/clock_store.h"

namespace fazhi::action {

class Recipients {
public:
    explicit Recipients(const ledger::Context& context) : context_(context) {}

    // Never empty.
    [[nodiscard]] std::vector<PersonId> handler(const ledger::Entry&) const;
    // `setting`: the one that names the post. Never empty.
    [[nodiscard]] std::vector<PersonId> post(const char* setting, UnitId) const;

private:
    [[nodiscard]] std::vector<PersonId> fallback(UnitId) const;
    [[nodiscard]] std::vector<PersonId> holders(const char* setting, UnitId) const;

    const ledger::Context& context_;
};

// What of a run is told: its kind (duty/notice_store.h) and the day that it is about.
struct Telling {
    const ledger::EntryRun& run;
    std::string_view kind;
    calendar::Date day{};
};
// Answers how many of them had not been told before.
int tell(const Task&, const Telling&, const std::vector<PersonId>&);

}  // namespace fazhi::action
