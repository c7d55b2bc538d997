#include "action/sign_in.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "access/errors.h"
#include "access/totp.h"
#include "action/accounts.h"
#include "action/testing/small_office.h"
#include "action/testing/with_accounts.h"
#include "storage/testing/databases.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::WithAccounts;

namespace {

namespace errors = access::errors;
using Minutes = std::chrono::minutes;

constexpr const char* kChosen = "夏夜听蝉湖滨路边人家";

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "" : std::string(result.error().code);
}

}  // namespace

TEST_CASE("somebody signs in by code or name at the office, and has to change a first password") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const std::string first = office.first_password("p3");
        for (const char* login : {"p3@qianjin", "王小明@qianjin", " p3＠qianjin "}) {
            CAPTURE(login);
            const auto opened = office.sign_in(login, first);
            REQUIRE(opened);
            CHECK(opened->who.must_change);
            CHECK_FALSE(opened->who.must_add_totp);
            CHECK(opened->who.jurisdiction == office.id());
            CHECK(opened->csrf == access::csrf_of(opened->token));
            const auto actor = actor_of(office.workplace(), *database.reading(), opened->who);
            REQUIRE(actor);
            CHECK(actor->code == "p3");
            CHECK(actor->holds("clerk"));
        }
        // Three places, each of its own.
        const auto opened = office.sign_in("p3@qianjin", first);
        const auto sessions = list_sessions(office.workplace(), *database.reading(), opened->who);
        REQUIRE(sessions);
        CHECK(sessions->size() == 4);
        CHECK((*sessions)[0].address == "10.1.1.1");
        CHECK((*sessions)[0].agent == "浏览器");
        CHECK(office.whats() == "account*1 sign_in*4");
    });
}

TEST_CASE("nobody learns whether the name, the office, the account or the password was wrong") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const std::string first = office.first_password("p3");
        REQUIRE(disable_account(office.workplace(), office.order("p3")));
        for (const auto& [login, password] : {std::pair{"p3@qianjin", first},
                                              {"p4@qianjin", first},
                                              {"p9@qianjin", first},
                                              {"p3@nowhere", first},
                                              {"p3", first},
                                              {"@", first},
                                              {"", std::string()},
                                              {"\xFF@qianjin", first},
                                              {"p3@qianjin'--", first}}) {
            CAPTURE(login);
            const auto refused = office.sign_in(login, password);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().code == errors::kBadCredentials);
            CHECK(refused.error().kind == ErrorKind::Unauthenticated);
            CHECK(refused.error().message == office.sign_in("x@y", "z").error().message);
        }
        CHECK(office.office.lines_of("SELECT COUNT(*) FROM session") ==
              std::vector<std::string>{"0"});
        // What was typed as a name stands nowhere.
        CHECK(office.office.lines_of("SELECT COUNT(*) FROM access_log WHERE reason LIKE '%p9%'") ==
              std::vector<std::string>{"0"});
    });
}

TEST_CASE("failures lock the account, the right password too, until the time is over") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const std::string first = office.first_password("p3");
        for (int n = 1; n < 5; ++n)
            CHECK(code_of(office.sign_in("p3@qianjin", "wrong")) == errors::kBadCredentials);
        const auto locked = office.sign_in("p3@qianjin", "wrong");
        CHECK(code_of(locked) == errors::kLockedOut);
        CHECK(locked.error().message.find("2024年5月6日09:15") != std::string::npos);
        CHECK(code_of(office.sign_in("p3@qianjin", first)) == errors::kLockedOut);
        office.clock().advance(Minutes(14));
        CHECK(code_of(office.sign_in("p3@qianjin", first)) == errors::kLockedOut);
        office.clock().advance(Minutes(1));
        CHECK(code_of(office.sign_in("p3@qianjin", "wrong")) == errors::kBadCredentials);
        CHECK(code_of(office.sign_in("p3@qianjin", first)) == "");
        // Only what stood in a row counts.
        for (int n = 0; n < 4; ++n) CHECK(code_of(office.sign_in("p3@qianjin", "wrong")) != "");
        CHECK(code_of(office.sign_in("p3@qianjin", first)) == "");
        CHECK(office.whats() == "account*1 sign_in*2 sign_in_failed*12");
    });
}

TEST_CASE("a session ends when nothing is done for long, and at its longest in any case") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const auto opened = office.sign_in("p3@qianjin", office.first_password("p3"));
        REQUIRE(opened);
        const auto seen = [&]() -> std::string {
            const auto who =
                access::session_of(*database.reading(), opened->token, office.clock().now());
            if (!who) return std::string(who.error().code);
            CHECK(touch_session(office.workplace(), *who));
            return access::session_of(*database.reading(), opened->token, office.clock().now())
                ->expires_at;
        };
        CHECK(seen() == "2024-05-06T03:00:00Z");
        office.clock().advance(std::chrono::seconds(59));
        CHECK(seen() == "2024-05-06T03:00:00Z");  // once a minute is enough
        office.clock().advance(std::chrono::seconds(1));
        CHECK(seen() == "2024-05-06T03:01:00Z");
        for (int n = 0; n < 11; ++n) {
            office.clock().advance(Minutes(60));
            CHECK(seen() > "2024-05-06");
        }
        CHECK(seen() == "2024-05-06T13:00:00Z");  // 12 hours after 9 in the morning
        office.clock().advance(Minutes(59));
        CHECK(seen() == errors::kNotSignedIn);
    });
}

TEST_CASE("signing out ends this session and no other") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const std::string first = office.first_password("p3");
        const auto here = office.sign_in("p3@qianjin", first);
        const auto there = office.sign_in("p3@qianjin", first);
        const auto third = office.sign_in("p3@qianjin", first);
        const auto is_in = [&](const Result<OpenedSession>& one) {
            return access::session_of(*database.reading(), one->token, office.clock().now())
                .has_value();
        };
        CHECK(sign_out(office.workplace(), here->who));
        CHECK(sign_out(office.workplace(), here->who));
        CHECK_FALSE(is_in(here));
        CHECK(is_in(there));
        CHECK(end_session(office.workplace(), there->who, third->who.token_hash));
        CHECK_FALSE(is_in(third));
        CHECK(code_of(end_session(office.workplace(), there->who, third->who.token_hash)) ==
              errors::kNoSuchSession);
        CHECK(code_of(end_session(office.workplace(), there->who, "xyz")) ==
              errors::kNoSuchSession);
        // Nobody ends somebody else's.
        const auto other = office.sign_in("p4@qianjin", office.first_password("p4"));
        CHECK(code_of(end_session(office.workplace(), other->who, there->who.token_hash)) ==
              errors::kNoSuchSession);
        const auto more = office.sign_in("p3@qianjin", first);
        CHECK(end_other_sessions(office.workplace(), there->who) == std::size_t{1});
        CHECK_FALSE(is_in(more));
        CHECK(is_in(there));
        CHECK(is_in(other));
    });
}

TEST_CASE("a changed password ends the other sessions, and the old one is good for nothing") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const std::string first = office.first_password("p3");
        const auto here = office.sign_in("p3@qianjin", first);
        const auto there = office.sign_in("p3@qianjin", first);
        const auto change = [&](const std::string& before, const std::string& after) {
            return code_of(change_password(office.workplace(), here->who, before, after));
        };
        CHECK(change(first, "short") == errors::kWeakPassword);
        CHECK(change(first, first) == errors::kWeakPassword);
        CHECK(change("wrong", kChosen) == errors::kBadCredentials);
        CHECK(change(first, kChosen) == "");
        const auto who = access::session_of(*database.reading(), here->token, office.clock().now());
        REQUIRE(who);
        CHECK_FALSE(who->must_change);
        CHECK_FALSE(access::session_of(*database.reading(), there->token, office.clock().now()));
        CHECK(code_of(office.sign_in("p3@qianjin", first)) == errors::kBadCredentials);
        CHECK_FALSE(office.sign_in("p3@qianjin", kChosen)->who.must_change);
        // Whoever sits before an open screen does not guess on and on.
        for (int n = 0; n < 5; ++n) change("wrong", "另一个很长的口令甲乙丙");
        CHECK(change(kChosen, "另一个很长的口令甲乙丙") == errors::kLockedOut);
    });
}

TEST_CASE("a password grows old where the office says so") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database,
                            "  password_max_age: {title: 口令有效期, type: duration, "
                            "default: 90 days, source: 自定, change: [leader]}\n");
        office.choose_password("p3", kChosen);
        CHECK_FALSE(office.sign_in("p3@qianjin", kChosen)->who.must_change);
        office.clock().set(*calendar::make_date(2024, 8, 4));
        CHECK_FALSE(office.sign_in("p3@qianjin", kChosen)->who.must_change);
        office.clock().set(*calendar::make_date(2024, 8, 5));
        CHECK(office.sign_in("p3@qianjin", kChosen)->who.must_change);
    });
}

TEST_CASE("with codes of the phone on, the password alone does not let in, and no code twice") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        office.choose_password("p3", kChosen);
        const auto here = office.sign_in("p3@qianjin", kChosen);
        CHECK(code_of(confirm_totp(office.workplace(), here->who, "123456")) ==
              errors::kCodesNotBegun);
        const auto begun = begin_totp(office.workplace(), here->who);
        REQUIRE(begun);
        CHECK(begun->url.find("p3%40qianjin") != std::string::npos);
        CHECK(begun->url.find(begun->secret) != std::string::npos);
        const auto code = [&] { return access::totp_at(begun->secret, office.clock().now()); };
        // Not asked for before it is confirmed.
        CHECK(office.sign_in("p3@qianjin", kChosen));
        CHECK(code_of(confirm_totp(office.workplace(), here->who, "000000")) == errors::kWrongCode);
        CHECK(confirm_totp(office.workplace(), here->who, code()));
        CHECK(code_of(confirm_totp(office.workplace(), here->who, code())) == errors::kCodesOn);
        CHECK(code_of(begin_totp(office.workplace(), here->who)) == errors::kCodesOn);

        CHECK(code_of(office.sign_in("p3@qianjin", kChosen)) == errors::kCodeNeeded);
        CHECK(code_of(office.sign_in("p3@qianjin", "wrong")) == errors::kBadCredentials);
        CHECK(code_of(office.sign_in("p3@qianjin", kChosen, code())) == errors::kBadCredentials);
        office.clock().advance(std::chrono::seconds(60));
        const std::string next = code();
        CHECK(office.sign_in("p3@qianjin", kChosen, next));
        CHECK(code_of(office.sign_in("p3@qianjin", kChosen, next)) == errors::kBadCredentials);

        CHECK(code_of(remove_totp(office.workplace(), here->who, "wrong")) ==
              errors::kBadCredentials);
        CHECK(remove_totp(office.workplace(), here->who, kChosen));
        CHECK(office.sign_in("p3@qianjin", kChosen));
    });
}

TEST_CASE("wrong codes count and lock as wrong passwords do") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        office.choose_password("p3", kChosen);
        const auto here = office.sign_in("p3@qianjin", kChosen);
        const auto begun = begin_totp(office.workplace(), here->who);
        REQUIRE(confirm_totp(office.workplace(), here->who,
                             access::totp_at(begun->secret, office.clock().now())));
        office.clock().advance(std::chrono::seconds(60));
        for (int n = 1; n < 5; ++n)
            CHECK(code_of(office.sign_in("p3@qianjin", kChosen, "12345x")) ==
                  errors::kBadCredentials);
        CHECK(code_of(office.sign_in("p3@qianjin", kChosen, "12345x")) == errors::kLockedOut);
        const std::string right = access::totp_at(begun->secret, office.clock().now());
        CHECK(code_of(office.sign_in("p3@qianjin", kChosen, right)) == errors::kLockedOut);
    });
}

TEST_CASE("who holds a post that demands codes has to add them and cannot take them off") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database,
                            "  totp_required_posts: {title: 须用动态码的岗位, type: text, "
                            "default: \"leader、law_office\", source: 自定, change: [leader]}\n");
        office.choose_password("p2", kChosen);
        office.choose_password("p3", kChosen);
        CHECK_FALSE(office.sign_in("p3@qianjin", kChosen)->who.must_add_totp);
        const auto here = office.sign_in("p2@qianjin", kChosen);
        CHECK(here->who.must_add_totp);
        const auto begun = begin_totp(office.workplace(), here->who);
        REQUIRE(confirm_totp(office.workplace(), here->who,
                             access::totp_at(begun->secret, office.clock().now())));
        CHECK_FALSE(access::session_of(*database.reading(), here->token, office.clock().now())
                        ->must_add_totp);
        CHECK(code_of(remove_totp(office.workplace(), here->who, kChosen)) == errors::kForbidden);
    });
}

}  // namespace fazhi::action
