// Nil declarations (零报告): of a duty that takes them, for a period that it has and that is over:
// somebody says that nothing happened, nobody foresees it.
//
// A period counts as over on its last workday. Pure; any thread.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/value.h"
#include "ledger/context.h"

namespace fazhi::duty {

inline constexpr std::string_view kNilLedger = "nil_declaration";

// `fields` of such an entry. Refuses kNoSuchDuty, kNotDeclared, kBadPeriod, kNotOver.
Result<void> check_nil(const ledger::Context&, const Value& fields);

}  // namespace fazhi::duty
