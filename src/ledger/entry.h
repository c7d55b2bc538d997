// An entry of a ledger (台账条目): its head, its fields, its passages, evidence and links. Values.
//
// Field values by type: text kinds, dates (YYYY-MM-DD), instants (…Z), times (HH:MM), decimals
// ("12.50") are text; integer, money (fen), person, unit, entry are integers (an entry of several
// possible ledgers: {"id":…, "ledger":…}); yes_no is a bool; choice is an option id; choices and
// laws are lists of text; list is a list of maps; group is a map; figure is a map {measure, from,
// to, value, unit, entries: {ledger: [id, …]}, journal_size, definitions}, of which value and unit
// may be missing. Empty: no key.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "base/value.h"
#include "calendar/date.h"

namespace fazhi::ledger {

// Why a field has no value: four different things are 0, empty, 不适用 and 未知.
enum class Absence { NotApplicable, Unknown };

struct Passage {
    int n = 0;               // from 1; 1 is the creation
    std::string transition;  // empty: creation
    std::string from_state;
    std::string state;
    std::string happened_on;  // YYYY-MM-DD
    std::string recorded_at;
    PersonId actor;  // none: system
    JurisdictionId
        actor_jurisdiction;  // whose person that is: another office's where the superior stood in
    bool imported = false;

    friend bool operator==(const Passage&, const Passage&) = default;
};

struct EvidenceUse {
    std::string kind;
    Digest digest;
    std::string name;        // the file's name as uploaded
    std::string media_type;  // sniffed
    std::int64_t size = 0;
    std::string happened_on;  // what the paper or photo shows; "" unknown
    std::string recorded_at;
};

struct Link {
    std::string from_ledger;
    EntryId from;
    std::string relation;  // "" for a plain link; "opened" where a step made it
    std::string to_ledger;
    EntryId to;
};

// What has become of a clock (期限). Lateness is no state: it follows from the days.
enum class RunStatus {
    Running,
    Paused,           // no step has ended the pause yet: no due day
    Stopped,          // what it ran until has happened
    Superseded,       // the law made it begin anew
    Moot,             // the entry ended or was voided otherwise
    WaitingCalendar,  // a year's rest days are not published: the due day is provisional
    Undetermined,     // the field or setting that says how long is empty: no due day
};
std::string_view to_text(RunStatus);  // "waiting_calendar"
std::optional<RunStatus> run_status_from(std::string_view text);
std::string_view chinese_text(RunStatus);

// One run of one clock of an entry, as it was worked out. Days YYYY-MM-DD, instants …Z; "": none.
struct ClockRun {
    std::string clock;
    int run = 1;  // from 1; a restart begins the next
    std::string started_on;
    std::string due_on;      // the last day on time
    std::string due_at;      // of clocks in hours: the last instant
    std::string stopped_on;  // stopped, superseded or moot
    std::string stopped_at;  // of clocks in hours
    RunStatus status = RunStatus::Running;

    [[nodiscard]] bool is_open() const {
        return status != RunStatus::Stopped && status != RunStatus::Superseded &&
               status != RunStatus::Moot;
    }
    friend bool operator==(const ClockRun&, const ClockRun&) = default;
};

struct EntryHead {
    std::string ledger;
    EntryId id;
    UnitId unit;
    PersonId handler;
    std::string state;  // "" where the ledger has none
    int revision = 1;
    std::string dated_on;     // YYYY-MM-DD
    std::string recorded_at;  // instant
    PersonId recorded_by;     // none: system
    std::string number;       // 编号; "" none
    std::string reference;    // 原编号; "" none
    bool voided = false;
    bool imported = false;  // 历史导入
};

struct Entry {
    EntryHead head;
    Value fields;  // a map
    std::map<std::string, Absence> absent;
};

}  // namespace fazhi::ledger
