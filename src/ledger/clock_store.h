// The SQL of clock runs (期限).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "ledger/entry.h"
#include "storage/connection.h"

namespace fazhi::ledger {

// ClockRun::is_open() in SQL: in these words the index of open clocks is found.
inline constexpr std::string_view kRunIsOpen =
    "status <> 'stopped' AND status <> 'superseded' AND status <> 'moot'";

// A run with the day the nightly tick looks at it next; "": never.
struct RunRow {
    ClockRun run;
    std::string next_on;
};

// A run and whose it is.
struct EntryRun {
    std::string ledger;
    EntryId entry;
    ClockRun run;
    std::string next_on;
};

// Whose runs are written, and by which definitions they were worked out.
struct RunOwner {
    JurisdictionId jurisdiction;
    const std::string& ledger;
    EntryId entry;
    const std::string& definitions;
};
void insert_runs(storage::Connection&, const RunOwner&, const std::vector<RunRow>&);
// Sets what the map names of the run it names by "clock" and "run": started_on, due_on, due_at,
// stopped_on, stopped_at, status, next_on, as they are in a record. What it does not name stays,
// and so do the indexes over it.
void change_run(storage::Connection&, const RunOwner&, const Value& changed);
void delete_run(storage::Connection&, const RunOwner&, const std::string& clock, int run);
void delete_runs(storage::Connection&, const RunOwner&);
// By clock, then run.
std::vector<ClockRun> read_runs(storage::Connection&, JurisdictionId, const std::string& ledger,
                                EntryId);

// At most `count` runs with something to do up to `day`, the earliest first.
std::vector<EntryRun> runs_to_look_at(storage::Connection&, JurisdictionId, const std::string& day,
                                      int count);
void look_again_on(storage::Connection&, JurisdictionId, const EntryRun&,
                   const std::string& next_on);
// The open runs due up to `day` ("": all), those of clocks waiting for a calendar or a limit too;
// by due day. Entries that are void have none.
std::vector<EntryRun> open_runs(storage::Connection&, JurisdictionId, const std::string& day);
// The entries with a run that is open, or ended without a due day ever being known; each once.
struct EntryWithRuns {
    std::string ledger;
    EntryId entry;
};
std::vector<EntryWithRuns> entries_unsettled(storage::Connection&, JurisdictionId);
// All runs of a clock due from..to, both included; by entry.
std::vector<EntryRun> runs_due(storage::Connection&, JurisdictionId, const std::string& ledger,
                               const std::string& clock, const std::string& from,
                               const std::string& to);

}  // namespace fazhi::ledger
