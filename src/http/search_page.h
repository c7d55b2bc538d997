// The page on which entries are found by words, each hit with the place marked.
#pragma once

#include "action/workplace.h"
#include "http/pages.h"

namespace fazhi::http {

inline constexpr std::size_t kHitsAPage = 20;

// query: words, ledger, page. Refuses what Search::find does.
Result<Response> search_page(action::Workplace&, storage::Connection&, const action::Office&,
                             const Request&);
// The field to type words into, for the head of an office's pages.
std::string search_form(const action::Office&, const std::string& words);

}  // namespace fazhi::http
