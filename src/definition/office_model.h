// What a pack says beside its ledgers, reports and forms: settings, posts, laws, calendars
// (definitions.md §11, §12). Immutable values; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/value.h"
#include "definition/ledger_model.h"

namespace fazhi::definition {

struct Setting {
    std::string name;
    std::string title;
    std::string type;  // a field type's name, "duration" or "month_day"
    std::vector<Option> options;
    Value default_value;  // null: empty, and the step that needs it is refused
    Value min, max;
    std::string unit;
    std::string source;
    std::vector<std::string> change;
};

enum class Scope { Own, Unit, UnitsBelow, Jurisdiction, JurisdictionsBelow };
struct Permission {
    std::vector<std::string> abilities;  // view record move assign close export publish verify
    bool all_ledgers = false;
    std::vector<std::string> ledgers;
    Scope scope = Scope::Own;
};
struct Role {
    std::string id;
    std::string title;
    std::vector<Permission> may;
};
struct Conflict {
    std::vector<std::string> posts;
    std::vector<std::string> may_not;
    std::vector<std::string> ledgers;
    std::string title;
};

// How a law counts (reference/laws.yaml).
struct Law {
    std::string title;
    bool verified = false;
    Value rule;  // as written: start_day, workdays, months, roll_forward, silent, in_force, …
};

struct CalendarYear {
    int year = 0;
    std::string notice;
    std::map<std::string, std::string> rest;  // YYYY-MM-DD → holiday
    std::map<std::string, std::string> work;
};

}  // namespace fazhi::definition
