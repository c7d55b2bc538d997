// The list of tasks (任务台账), each with four things kept apart: how far the work is, what whoever
// checked it found, what it scored, and how complete its evidence is. A score of nought is a score;
// none is none.
//
// Tasks are the built-in ledger `task`, whatever packs add to it. Reads only; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "ledger/context.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::action {

struct TaskFilter {
    std::string state = "open";  // one of the ledger's states, or "all"
    std::string unit;            // as people name it; "": every unit
    bool overdue_only = false;
};

// A choice: its id, and what people read. Both "" where nothing was chosen.
struct Chosen {
    std::string id;
    std::string title;
};

struct ListedTask {
    EntryId entry;
    std::string title;
    Chosen kind;
    std::string unit;
    std::string handler;
    std::string due_on;                // "": none
    int overdue_days = 0;              // days since due_on of what is not finished
    Chosen state;                      // work state
    Chosen verdict;                    // what whoever checked it found
    std::optional<std::string> score;  // "0.00" is not nullopt
    int evidence_attached = 0;         // of the kinds wanted
    int evidence_wanted = 0;           // kinds expected or demanded by its steps
    std::string first_closed_on;       // stays when the task is reopened; "": never closed
};

// Those the actor may see: due first, then without a day. Refuses kBadTaskFilter: no such state or
// unit.
Result<std::vector<ListedTask>> list_tasks(storage::Connection&, const ledger::Context&,
                                           const TaskFilter&);

}  // namespace fazhi::action
