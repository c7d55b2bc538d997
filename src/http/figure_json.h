// Figures and the rows behind them as the API's bodies show them.
#pragma once

#include "base/value.h"
#include "http/call.h"
#include "measure/measures.h"

namespace fazhi::http {

inline constexpr std::size_t kBehindAPage = 50;

Value figure_json(const measure::Figure&);
// The page of entries that the request's `cursor` asks for.
Value behind_json(Call&, const ledger::Context&, const measure::Figure&);

}  // namespace fazhi::http
