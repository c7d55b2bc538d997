// How strict an office is with its accounts: what its settings say, and what the program says where
// they say nothing or something weaker than the floor.
//
// Pure; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "access/directory.h"
#include "access/password.h"
#include "calendar/period.h"

namespace fazhi::access {

// Where the adopted definitions are older and lack a setting, or it lies beyond its bounds.
inline constexpr int kPasswordLengthDefault = 10;
inline constexpr int kSignInFailuresDefault = 5;
inline constexpr int kSignInLockMinutesDefault = 15;
inline constexpr int kSessionIdleMinutesDefault = 120;
inline constexpr int kSessionHoursDefault = 12;
inline constexpr calendar::Period kAccessLogKeptDefault{6, calendar::Unit::Months};

struct AccountRules {
    PasswordRules password;
    std::optional<calendar::Period> password_max_age;  // nothing: does not grow old
    int failures_max = kSignInFailuresDefault;
    std::chrono::minutes lock{kSignInLockMinutesDefault};
    std::chrono::minutes idle{kSessionIdleMinutesDefault};
    std::chrono::hours session{kSessionHoursDefault};
    calendar::Period access_log_kept = kAccessLogKeptDefault;  // never shorter than six months
    std::vector<std::string> totp_required_posts;
};

// `set`: nothing where the office has not adopted any definitions.
AccountRules account_rules(const Directory& office, const definition::DefinitionSet* set);
// The post of a setting that names one (account_post, access_log_post). Where the office has not
// adopted definitions, or older ones without the setting, the default of what is installed; "":
// nobody's.
std::string post_of_setting(const Directory& office, const definition::DefinitionSet* set,
                            const definition::DefinitionSet& installed, std::string_view setting);

// Has a password of `set_at` grown old by `now`? A month counts 31 days, a year 366.
bool is_too_old(const std::string& set_at, const std::optional<calendar::Period>& max_age,
                calendar::Instant now);
// Before this instant lines of the access log may go. A month counts 31 days, so that none goes
// too early (网络安全法: not less than six months).
calendar::Instant access_log_cutoff(calendar::Period kept, calendar::Instant now);

}  // namespace fazhi::access
