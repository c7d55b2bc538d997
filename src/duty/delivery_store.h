// The SQL of notices on their way out of this machine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "duty/notice_store.h"

namespace fazhi::duty {

// A notice on one channel. States: waiting, sent, failed (given up), dropped (no longer true).
struct Delivery {
    Notice notice;
    std::string channel;  // mail, webhook
    std::string state;
    std::string send_at;  // instants …Z
    int tries = 0;
    std::string said;  // what the other end said last
    std::string settled_at;
};

// Notices made from `since` on that have a person and no delivery on the channel yet, the earliest
// first.
std::vector<Notice> notices_without(storage::Connection&, JurisdictionId,
                                    const std::string& channel, const std::string& since,
                                    int limit);
void put_delivery(storage::Connection&, JurisdictionId, const Delivery&);
// Those waiting whose time has come, the earliest first.
std::vector<Delivery> deliveries_due(storage::Connection&, JurisdictionId,
                                     const std::string& instant, int limit);
void update_delivery(storage::Connection&, JurisdictionId, const Delivery&);

// A notice with what became of it beside the program itself.
struct NoticeState {
    Notice notice;
    std::vector<Delivery> deliveries;
};
// The newest first; of one person, or of all (no person).
std::vector<NoticeState> notice_states(storage::Connection&, JurisdictionId, PersonId, int limit);

}  // namespace fazhi::duty
