// Sending out what people are told (提醒): by mail and to another program, in office hours but
// never after the last day, one message a person with everything that waits for them.
//
// A message says the ledger, the entry's number, the deadline and its day: nothing of what the
// entry holds; of ledgers not everybody sees, not even the name. Any number of processes may do
// this on one database. What was sent but not yet noted when the process died is sent again after
// kLease, with the same id.
#pragma once

#include <chrono>
#include <functional>

#include "action/workplace.h"
#include "courier/channels.h"
#include "duty/delivery_store.h"

namespace fazhi::action {

inline constexpr std::chrono::minutes kLease{15};
inline constexpr int kDeliveriesATime = 500;
inline constexpr int kNoticeDaysBack = 3;  // older notices are not sent when a channel is new

struct DeliverOutcome {
    int messages = 0;  // sent
    int notices = 0;   // in them
    int put_off = 0;   // notices tried in vain, to be tried again
    int given_up = 0;  // notices that will not be tried again
};

// What waits and is due, of every office. Stops early where `stopping`.
Result<DeliverOutcome> deliver_notices(Workplace&, const courier::Channels&,
                                       const std::function<bool()>& stopping);

// What one notice says, without the person.
struct NoticeText {
    std::string ledger;  // title
    std::string clock;   // title
    std::string what;    // "第12条“答复期限”将于2024年5月20日届满（某台账）"
};
NoticeText text_of(const definition::DefinitionSet&, const duty::Notice&);
// "邮件：已发出（2024年5月6日09:00）", "邮件：没有发出，还会再试（…）".
std::string state_text(const duty::Delivery&);

}  // namespace fazhi::action
