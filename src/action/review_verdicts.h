// What people said of a report's findings, as it stands today: for reviews.h.
#pragma once

#include <map>
#include <string>

#include "action/reviews.h"

namespace fazhi::action {

// By fingerprint: the last that was not refused. Cost: one pass over the ledger.
std::map<std::string, HumanVerdict> verdicts_on(const ReviewQuestion&, const std::string& subject);

}  // namespace fazhi::action
