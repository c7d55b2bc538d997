// What shows deadlines (期限): an entry's clocks with their days, what is due in an office, the
// duties of this period, and the deadline calculator.
#pragma once

#include <string>

#include "action/workplace.h"
#include "http/pages.h"

namespace fazhi::http {

inline constexpr std::size_t kDueRowsMax = 200;

// The clocks of an entry, each with the list of its days folded away; "" where it has none.
Result<std::string> clocks_html(action::Workplace&, storage::Connection&, const ledger::Context&,
                                const std::string& ledger, EntryId);
// Open clocks, the first due first, and open tasks; of ledgers that are shown.
Result<Response> due_page(action::Workplace&, storage::Connection&, const action::Office&);
// Every duty of the present period, and what is missing.
Result<Response> duties_page(action::Workplace&, storage::Connection&, const action::Office&);
// Who was told what, the newest first, and what of it left this machine.
Result<Response> notices_page(storage::Connection&, const action::Office&);
// query: from, within, law, party. Without `from`: the empty form.
Result<Response> deadline_page(action::Workplace&, storage::Connection&, const Request&);

}  // namespace fazhi::http
