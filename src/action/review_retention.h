// Texts of third parties that were handed in for review are kept for a time (the setting
// review_retention) and then destroyed, file and words; that they were there stays.
#pragma once

#include "action/workplace.h"

namespace fazhi::action {

// By the tick: those whose day is past. Answers how many. Refuses what destroy_expired does; what
// was destroyed before stays so.
Result<int> destroy_expired_reviews(Workplace&, JurisdictionId, calendar::Instant now);

}  // namespace fazhi::action
