// Signing the server's log (journal/server_log.h) and delivering it off the machine: to a folder (a
// mounted share, a disk that is carried away), by mail.
//
// One call a thread.
#pragma once

#include <filesystem>

#include "action/workplace.h"
#include "courier/channels.h"

namespace fazhi::action {

// Takes in every journal that has grown, and signs. Refuses kNothingToSign: no journal has a
// record.
Result<journal::SignedLog> sign_server_log(Workplace&);
// Where the signed log goes; what is empty is not asked for.
struct LogGoesTo {
    std::filesystem::path folder = {};
    std::string mail = {};                           // an address
    std::optional<courier::MailServer> server = {};  // that sends it
};

// Writes fazhi-server-<size>.note and .jsonl (the leaves), whole or not at all, and mails both.
// Refuses kNotDelivered with all that failed; what went is there.
Result<void> deliver_log(const Workplace&, const journal::SignedLog&, const LogGoesTo&);

// "服务器日志第12条，校验码3F9AC-22C17": for a report's annex.
std::string log_line(const journal::SignedLog&);

}  // namespace fazhi::action
