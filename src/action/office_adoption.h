// What an office's administrator puts in force from the browser: the packs as they are installed,
// and a year of rest days. Each is looked at before it is done, is for the holders of the post that
// keeps accounts (setting account_post), and stands in the access log.
//
// Any thread. Every function refuses kNotAccountPost and access::errors::kNotByToken.
#pragma once

#include <string>
#include <vector>

#include "action/adopt_calendar.h"
#include "action/adopt_packs.h"
#include "action/workplace.h"

namespace fazhi::action {

struct AdoptionOrder {
    access::Actor by;
    JurisdictionId office;
    std::string address;  // of the other end, for the access log
};

struct PacksInForce {
    struct Installed {
        std::string name;
        std::string title;
        std::string version;
    };
    std::vector<Installed> installed;  // of this office
    std::vector<std::string> changes;  // what adopting them would change, as `pack diff` says it
    std::vector<Error> against;        // why it would be refused; empty: it would not
    bool is_newest = true;             // the office works with what is installed
};

// Refuses definition::errors::kFaultyPack where what is installed does not load.
Result<PacksInForce> packs_in_force(Workplace&, const AdoptionOrder&);
// From now on. Refuses what packs_in_force has against it.
Result<Adoption> adopt_packs_here(Workplace&, const AdoptionOrder&);

// The office's open clocks that the year would move. Refuses definition::errors::kFaultyCalendar.
Result<std::vector<MovedClock>> clocks_moved_here(Workplace&, const AdoptionOrder&,
                                                  const definition::CalendarYear&);
// A year holds for every office of the database: refuses kOtherOfficesToo where there is another
// one, whose clocks are not this administrator's.
Result<std::vector<MovedClock>> adopt_calendar_here(Workplace&, const AdoptionOrder&,
                                                    const definition::CalendarYear&);

}  // namespace fazhi::action
