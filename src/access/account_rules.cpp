#include "access/account_rules.h"

#include <algorithm>

#include "definition/definition_set.h"
#include "text/utf8.h"

namespace fazhi::access {

namespace {

struct Bounds {
    int least = 0;
    int most = 0;
    int fallback = 0;
};

constexpr Bounds kPasswordLength{static_cast<int>(kPasswordLengthFloor), 64,
                                 kPasswordLengthDefault};
constexpr Bounds kFailures{1, 20, kSignInFailuresDefault};
constexpr Bounds kLockMinutes{1, 1'440, kSignInLockMinutesDefault};
constexpr Bounds kIdleMinutes{5, 720, kSessionIdleMinutesDefault};
constexpr Bounds kSessionHours{1, 24, kSessionHoursDefault};
constexpr int kKeptDaysMin = 6 * 31;

Value value_of(const Directory& office, const definition::DefinitionSet* set,
               std::string_view name) {
    if (set != nullptr) return office.setting(*set, name);
    const auto found = office.settings.find(name);
    return found == office.settings.end() ? Value() : found->second;
}

std::string text_of(const Value& value) {
    return value.is_text() ? value.as_text() : std::string();
}

int number_of(const Value& value, const Bounds& bounds) {
    if (!value.is_integer()) return bounds.fallback;
    const std::int64_t number = value.as_integer();
    const bool within = number >= bounds.least && number <= bounds.most;
    return within ? static_cast<int>(number) : bounds.fallback;
}

// Nothing where it is none, or counts in workdays or hours.
std::optional<calendar::Period> period_of(const Value& value) {
    const auto period = calendar::parse_period(text_of(value));
    if (!period) return std::nullopt;
    const bool is_long = period->unit == calendar::Unit::Days ||
                         period->unit == calendar::Unit::Months ||
                         period->unit == calendar::Unit::Years;
    return is_long ? std::optional(*period) : std::nullopt;
}

// Never shorter than the period is by any calendar.
int days_at_most(calendar::Period period) {
    switch (period.unit) {
        case calendar::Unit::Months:
            return period.length * 31;
        case calendar::Unit::Years:
            return period.length * 366;
        case calendar::Unit::Days:
        case calendar::Unit::Workdays:
        case calendar::Unit::Hours:
            break;
    }
    return period.length;
}

std::vector<std::string> parts_of(std::string_view text) {
    std::vector<std::string> out;
    std::string part;
    const auto add = [&] {
        if (!part.empty()) out.push_back(part);
        part.clear();
    };
    for (const std::string_view character : text::characters(text)) {
        const bool between = character == "、" || character == "，" || character == "," ||
                             character == " " || character == "　";
        if (between) {
            add();
        } else {
            part += character;
        }
    }
    add();
    return out;
}

}  // namespace

AccountRules account_rules(const Directory& office, const definition::DefinitionSet* set) {
    const auto number = [&](std::string_view name, const Bounds& bounds) {
        return number_of(value_of(office, set, name), bounds);
    };
    AccountRules rules;
    rules.password.min_length =
        static_cast<std::size_t>(number("password_min_length", kPasswordLength));
    rules.password_max_age = period_of(value_of(office, set, "password_max_age"));
    rules.failures_max = number("sign_in_failures", kFailures);
    rules.lock = std::chrono::minutes(number("sign_in_lock_minutes", kLockMinutes));
    rules.idle = std::chrono::minutes(number("session_idle_minutes", kIdleMinutes));
    rules.session = std::chrono::hours(number("session_hours", kSessionHours));
    const auto kept = period_of(value_of(office, set, "access_log_kept"));
    if (kept && days_at_most(*kept) >= kKeptDaysMin) rules.access_log_kept = *kept;
    rules.totp_required_posts = parts_of(text_of(value_of(office, set, "totp_required_posts")));
    return rules;
}

std::string post_of_setting(const Directory& office, const definition::DefinitionSet* set,
                            const definition::DefinitionSet& installed, std::string_view setting) {
    const std::string post = text_of(value_of(office, set, setting));
    return post.empty() ? text_of(value_of(office, &installed, setting)) : post;
}

bool is_too_old(const std::string& set_at, const std::optional<calendar::Period>& max_age,
                calendar::Instant now) {
    if (!max_age) return false;
    const auto since = calendar::parse_instant(set_at);
    if (!since) return true;  // Nobody knows how old it is.
    return now - *since > std::chrono::days(days_at_most(*max_age));
}

calendar::Instant access_log_cutoff(calendar::Period kept, calendar::Instant now) {
    return now - std::chrono::days(std::max(days_at_most(kept), kKeptDaysMin));
}

}  // namespace fazhi::access
