#include "access/account_rules.h"

#include <doctest/doctest.h>

#include "access/testing/office.h"

namespace fazhi::access {

namespace {

calendar::Instant day(int year, int month, int number) {
    return calendar::instant_of({.date = *calendar::make_date(year, month, number)});
}

}  // namespace

TEST_CASE("an office without the settings has the program's own rules") {
    const Directory office = testing::office_directory();
    for (const auto* set :
         {static_cast<const definition::DefinitionSet*>(nullptr), &testing::office_set()}) {
        const AccountRules rules = account_rules(office, set);
        CHECK(rules.password.min_length == 10);
        CHECK_FALSE(rules.password_max_age);
        CHECK(rules.failures_max == 5);
        CHECK(rules.lock == std::chrono::minutes(15));
        CHECK(rules.idle == std::chrono::minutes(120));
        CHECK(rules.session == std::chrono::hours(12));
        CHECK(rules.access_log_kept == calendar::Period{6, calendar::Unit::Months});
        CHECK(rules.totp_required_posts.empty());
        CHECK(post_of_setting(office, set, testing::office_set(), "account_post").empty());
    }
}

TEST_CASE("settings hold within their bounds, and not beyond") {
    Directory office = testing::office_directory();
    office.settings = {{"access_log_kept", "1 year"},
                       {"account_post", "law_office"},
                       {"password_max_age", "90 days"},
                       {"password_min_length", 14},
                       {"session_hours", 8},
                       {"session_idle_minutes", 30},
                       {"sign_in_failures", 3},
                       {"sign_in_lock_minutes", 60},
                       {"totp_required_posts", "admin、leader"}};
    AccountRules rules = account_rules(office, nullptr);
    CHECK(rules.password.min_length == 14);
    CHECK(rules.password_max_age == calendar::Period{90, calendar::Unit::Days});
    CHECK(rules.failures_max == 3);
    CHECK(rules.lock == std::chrono::minutes(60));
    CHECK(rules.idle == std::chrono::minutes(30));
    CHECK(rules.session == std::chrono::hours(8));
    CHECK(rules.access_log_kept == calendar::Period{1, calendar::Unit::Years});
    CHECK(rules.totp_required_posts == std::vector<std::string>{"admin", "leader"});
    CHECK(post_of_setting(office, nullptr, testing::office_set(), "account_post") == "law_office");

    office.settings = {{"access_log_kept", "30 days"},  {"password_max_age", "20 workdays"},
                       {"password_min_length", 4},      {"session_hours", 1'000},
                       {"session_idle_minutes", 0},     {"sign_in_failures", 1'000'000},
                       {"sign_in_lock_minutes", "long"}};
    rules = account_rules(office, nullptr);
    CHECK(rules.password.min_length == 10);
    CHECK_FALSE(rules.password_max_age);
    CHECK(rules.failures_max == 5);
    CHECK(rules.lock == std::chrono::minutes(15));
    CHECK(rules.idle == std::chrono::minutes(120));
    CHECK(rules.session == std::chrono::hours(12));
    CHECK(rules.access_log_kept == kAccessLogKeptDefault);
}

TEST_CASE("a password grows old after its time, one of unknown age at once") {
    const auto set_at = calendar::to_text(day(2024, 1, 1));
    const std::optional<calendar::Period> quarter = calendar::Period{3, calendar::Unit::Months};
    CHECK_FALSE(is_too_old(set_at, std::nullopt, day(2034, 1, 1)));
    CHECK_FALSE(is_too_old(set_at, quarter, day(2024, 4, 3)));
    CHECK(is_too_old(set_at, quarter, day(2024, 4, 5)));
    CHECK(is_too_old("", quarter, day(2024, 1, 1)));
}

TEST_CASE("lines of the access log stay six months at least, in the longest of months") {
    const calendar::Instant now = day(2024, 9, 1);
    const auto cutoff = access_log_cutoff(kAccessLogKeptDefault, now);
    CHECK(cutoff <= day(2024, 3, 1));
    CHECK(access_log_cutoff({1, calendar::Unit::Days}, now) == cutoff);
    CHECK(access_log_cutoff({2, calendar::Unit::Years}, now) < day(2022, 9, 1));
}

}  // namespace fazhi::access
