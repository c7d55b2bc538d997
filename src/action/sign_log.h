// Signing the server's log (journal/server_log.h) and delivering it to a folder off the machine: a
// mounted share, a disk that is carried away.
//
// One call a thread.
#pragma once

#include <filesystem>

#include "action/workplace.h"

namespace fazhi::action {

// Takes in every journal that has grown, and signs. Refuses kNothingToSign: no journal has a
// record.
Result<journal::SignedLog> sign_server_log(Workplace&);
// Writes fazhi-server-<size>.note and .jsonl (the leaves): whole, or not at all. An empty folder:
// nothing is asked for. Refuses kNotDelivered.
Result<void> deliver_log(const Workplace&, const journal::SignedLog&,
                         const std::filesystem::path& folder);

// "服务器日志第12条，校验码3F9AC-22C17": for a report's annex.
std::string log_line(const journal::SignedLog&);

}  // namespace fazhi::action
