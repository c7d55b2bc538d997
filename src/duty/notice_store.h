// The SQL of notices (提醒) and of how far the nightly tick has been.
#pragma once

#include <string>
#include <vector>

#include "base/ids.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::duty {

// Somebody is told of a day of a clock. Kinds: warn, last_day, run_out, head, leader, stuck; and
// extended: the party must be told that the limit is longer now.
struct Notice {
    std::string ledger;
    EntryId entry;
    std::string clock;
    int run = 1;
    std::string due_on;
    std::string kind;
    std::string day;  // of the kind: a clock may warn on several
    PersonId person;  // none: nobody holds the post, nor the fallback
    std::string made_on;
    std::string read_at;

    friend bool operator==(const Notice&, const Notice&) = default;
};

// False: they were told before.
bool put_notice(storage::Connection&, JurisdictionId, const Notice&);
// Those of an entry.
struct NoticeSubject {
    std::string ledger;
    EntryId entry;
};
std::vector<Notice> notices_of(storage::Connection&, JurisdictionId, const NoticeSubject&);
std::string ticked_on(storage::Connection&, JurisdictionId);  // "": never
void put_ticked_on(storage::Connection&, JurisdictionId, const std::string& day);

}  // namespace fazhi::duty
