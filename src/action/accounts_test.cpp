#include "action/accounts.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "access/errors.h"
#include "access/permission.h"
#include "access/totp.h"
#include "action/destroy_entry.h"
#include "action/entry_commands.h"
#include "action/errors.h"
#include "action/hand_over.h"
#include "action/stand_in.h"
#include "action/testing/with_accounts.h"
#include "ledger/errors.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::WithAccounts;

namespace {

template <class T>
std::string code_of(const Result<T>& result) {
    return result ? "" : std::string(result.error().code);
}

Result<access::Actor> acting(WithAccounts& office, const access::SignedIn& who) {
    return actor_of(office.workplace(), *office.workplace().database.reading(), who);
}

}  // namespace

TEST_CASE("accounts are kept by the post the setting names, and by nobody else") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const auto refused = create_account(office.workplace(), office.order("p3", "p1"));
        CHECK(code_of(refused) == errors::kNotAccountPost);
        CHECK(refused.error().message.find("李文") != std::string::npos);
        CHECK(refused.error().may == std::vector<std::string>{"p2"});
        CHECK(code_of(reset_account(office.workplace(), office.order("p2", "p3"), Codes::Keep)) ==
              errors::kNotAccountPost);
        CHECK(code_of(create_missing_accounts(office.workplace(), office.order("", "p3"))) ==
              errors::kNotAccountPost);
        CHECK(code_of(list_accounts(office.workplace(), *database.reading(),
                                    office.order("", "p3"))) == errors::kNotAccountPost);
        AccountOrder by_program = office.order("p3");
        by_program.by.token = access::TokenLimits{{"view", "assign"}, {}};
        CHECK(code_of(create_account(office.workplace(), by_program)) ==
              access::errors::kNotByToken);
        CHECK(code_of(create_account(office.workplace(), office.order("p9"))) ==
              access::errors::kNoSuchPerson);
        CHECK(code_of(disable_account(office.workplace(), office.order("p3"))) ==
              access::errors::kNoSuchAccount);
        CHECK(office.whats().empty());
    });
}

TEST_CASE("everybody without an account gets one, each with a password of its own") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const std::string first = office.first_password("p3");
        CHECK(code_of(create_account(office.workplace(), office.order("王小明"))) ==
              access::errors::kAccountExists);
        const auto made = create_missing_accounts(office.workplace(), office.order(""));
        REQUIRE(made);
        REQUIRE(made->size() == 3);
        CHECK((*made)[0].login == "p1@qianjin");
        CHECK((*made)[0].name == "赵刚");
        CHECK((*made)[0].password != (*made)[1].password);
        for (const FirstPassword& each : *made) CHECK(office.sign_in(each.login, each.password));
        CHECK(office.sign_in("p3@qianjin", first));
        CHECK(create_missing_accounts(office.workplace(), office.order(""))->empty());
        const auto lines = list_accounts(office.workplace(), *database.reading(), office.order(""));
        REQUIRE(lines);
        REQUIRE(lines->size() == 4);
        CHECK((*lines)[2].login == "p3@qianjin");
        CHECK((*lines)[2].has_account);
        CHECK((*lines)[2].must_change);
        CHECK((*lines)[2].signed_in_at == "2024-05-06T01:00:00Z");
    });
}

TEST_CASE("resetting opens what was locked or closed and ends what was open") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const access::SignedIn before = office.entered("p3");
        for (int n = 0; n < 5; ++n) CHECK_FALSE(office.sign_in("p3@qianjin", "wrong"));
        const auto again = reset_account(office.workplace(), office.order("p3"), Codes::Keep);
        REQUIRE(again);
        CHECK(office.sign_in("p3@qianjin", again->password)->who.must_change);
        CHECK(list_sessions(office.workplace(), *database.reading(), before)->size() == 1);

        CHECK(disable_account(office.workplace(), office.order("p3")));
        CHECK(list_sessions(office.workplace(), *database.reading(), before)->empty());
        CHECK_FALSE(office.sign_in("p3@qianjin", again->password));
        CHECK(enable_account(office.workplace(), office.order("p3")));
        CHECK(office.sign_in("p3@qianjin", again->password));
        CHECK(code_of(disable_account(office.workplace(), office.order("p2"))) ==
              errors::kOwnAccount);
        // Who has none gets one.
        const auto made = reset_account(office.workplace(), office.order("p4"), Codes::Keep);
        REQUIRE(made);
        CHECK(office.sign_in("p4@qianjin", made->password));
    });
}

TEST_CASE("a reset keeps the codes of the phone unless the phone was lost") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const access::SignedIn who = office.entered("p3");
        const auto begun = begin_totp(office.workplace(), who);
        REQUIRE(confirm_totp(office.workplace(), who,
                             access::totp_at(begun->secret, office.clock().now())));
        auto again = reset_account(office.workplace(), office.order("p3"), Codes::Keep);
        CHECK(code_of(office.sign_in("p3@qianjin", again->password)) ==
              access::errors::kCodeNeeded);
        again = reset_account(office.workplace(), office.order("p3"), Codes::Remove);
        CHECK(office.sign_in("p3@qianjin", again->password));
    });
}

TEST_CASE("a token does what its holder may and it names, until its last day") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const access::SignedIn who = office.entered("p2");
        const auto made = create_token(office.workplace(), who,
                                       {.title = "每日导出",
                                        .abilities = {"view", "export"},
                                        .ledgers = {"走访"},
                                        .expires_on = "2024-05-31"});
        REQUIRE(made);
        CHECK(made->expires_at == "2024-05-31T16:00:00Z");
        CHECK(made->token.starts_with("qianjin."));
        const auto entering = [&] {
            return access::api_token_of(*database.reading(), made->token, office.clock().now());
        };
        REQUIRE(entering());
        const access::Actor actor = *acting(office, *entering());
        CHECK(actor.code == "p2");
        REQUIRE(actor.token);
        CHECK(actor.token->ledgers == std::vector<std::string>{"visit"});
        const Office here = *open_office(office.workplace(), *database.reading(), office.id());
        const UnitId unit = here.directory.units.front().id;
        const auto may = [&](access::Ability ability, std::string_view ledger) {
            return access::may(here.directory, *here.definitions, actor, ability, {ledger, unit});
        };
        CHECK(may(access::Ability::View, "visit"));
        CHECK_FALSE(may(access::Ability::View, "matter"));
        CHECK_FALSE(may(access::Ability::Record, "visit"));

        // Used, and no more than once a minute written down.
        CHECK(touch_session(office.workplace(), *entering()));
        CHECK(list_tokens(office.workplace(), *database.reading(), who)->front().last_used_at ==
              "2024-05-06T01:00:00Z");
        // Nothing of the account itself by a token.
        CHECK(code_of(create_token(office.workplace(), *entering(), {})) ==
              access::errors::kNotByToken);
        CHECK(code_of(change_password(office.workplace(), *entering(), "a", "b")) ==
              access::errors::kNotByToken);
        CHECK(code_of(begin_totp(office.workplace(), *entering())) == access::errors::kNotByToken);
        CHECK(code_of(sign_out(office.workplace(), *entering())) == access::errors::kNotByToken);

        office.clock().set(*calendar::make_date(2024, 5, 31));
        CHECK(entering());
        office.clock().set(*calendar::make_date(2024, 6, 1));
        CHECK(code_of(entering()) == access::errors::kNotSignedIn);
        office.clock().set(*calendar::make_date(2024, 5, 30));
        const access::SignedIn other = office.entered("p3");
        CHECK(code_of(revoke_token(office.workplace(), other, made->id)) ==
              access::errors::kNoSuchToken);
        CHECK(revoke_token(office.workplace(), who, made->id));
        CHECK(code_of(entering()) == access::errors::kNotSignedIn);
        CHECK(code_of(revoke_token(office.workplace(), who, made->id)) ==
              access::errors::kNoSuchToken);
    });
}

TEST_CASE("a token needs a purpose, abilities and ledgers that are, and a last day within a year") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const access::SignedIn who = office.entered("p2");
        const NewToken good{"导出", {"view"}, {}, "2025-05-07"};
        const auto refused = [&](const std::function<void(NewToken&)>& change) {
            NewToken wanted = good;
            change(wanted);
            const auto made = create_token(office.workplace(), who, wanted);
            return made ? "" : std::string(made.error().code) + " " + made.error().where;
        };
        CHECK(refused([](NewToken&) {}) == "");
        CHECK(refused([](NewToken& token) { token.title = "  "; }) == "access.bad_token title");
        CHECK(refused([](NewToken& token) { token.title = std::string(101, 'x'); }) ==
              "access.bad_token title");
        CHECK(refused([](NewToken& token) { token.abilities = {}; }) ==
              "access.bad_token abilities");
        CHECK(refused([](NewToken& token) {
                  token.abilities = {"view", "everything"};
              }) == "access.bad_token abilities");
        CHECK(refused([](NewToken& token) { token.ledgers = {"nothing"}; }) ==
              "ledger.no_such_ledger ledgers");
        for (const char* day : {"", "tomorrow", "2024-05-05", "2025-05-08"}) {
            CAPTURE(day);
            CHECK(refused([day](NewToken& token) { token.expires_on = day; }) ==
                  "access.bad_token expires_on");
        }
        CHECK(list_tokens(office.workplace(), *database.reading(), who)->size() == 1);
    });
}

TEST_CASE("a step is taken by a token only where it names the ability") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const auto entry =
            office.office.create("p3", "matter", Value::Map{{"occurred_on", "2024-05-01"}});
        REQUIRE(entry);
        const auto move_with = [&](std::vector<std::string> abilities) {
            return code_of(office.office.run(
                "p3",
                [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                    context.actor.token = access::TokenLimits{std::move(abilities), {}};
                    const auto moved = move_entry({office.workplace(), transaction, context},
                                                  {.ledger = "matter",
                                                   .entry = *entry,
                                                   .transition = "finish",
                                                   .happened_on = {},
                                                   .fields = {},
                                                   .note = {}});
                    if (!moved) return refuse(moved.error());
                    return {};
                }));
        };
        CHECK(move_with({"view", "record"}) == access::errors::kForbidden);
        CHECK(move_with({"move"}) == "");
    });
}

TEST_CASE("with the personal information of somebody who left the account goes too") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const auto opened = office.sign_in("p4@qianjin", office.first_password("p4"));
        REQUIRE(opened);
        REQUIRE(
            create_token(office.workplace(), opened->who, {"导出", {"view"}, {}, "2024-06-01"}));
        const auto counted = [&](const std::string& table) {
            return office.office.lines_of("SELECT COUNT(*) FROM " + table).front();
        };
        CHECK(counted("account") + counted("session") + counted("api_token") == "111");
        REQUIRE(hand_over(office.workplace(), {.by = office.actor("p2"),
                                               .office = office.id(),
                                               .from = "p4",
                                               .to = "p3",
                                               .note = {},
                                               .after = After::Stays,
                                               .address = {}}));
        REQUIRE(destroy_person(
            office.workplace(),
            {.office = office.id(), .as = "p2", .person = "p4", .ground = "period_over"}));
        CHECK(counted("account") + counted("session") + counted("api_token") == "000");
        CHECK_FALSE(access::session_of(*database.reading(), opened->token, office.clock().now()));
    });
}

TEST_CASE("a stand-in acts with the other's posts while it lasts") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        const access::SignedIn who = office.entered("p3");
        const auto stand_in = [&](const std::string& by, const std::string& away) {
            return add_stand_in(office.workplace(), {.by = office.actor(by),
                                                     .office = office.id(),
                                                     .for_person = away,
                                                     .person = "p3",
                                                     .from_on = "2024-05-07",
                                                     .until_on = "2024-05-08"});
        };
        CHECK(code_of(stand_in("p4", "p1")) == errors::kNotAccountPost);
        CHECK(code_of(stand_in("p2", "p9")) == access::errors::kNoSuchPerson);
        const auto own = stand_in("p1", "p1");  // who will be away, for oneself
        REQUIRE(own);
        CHECK_FALSE(acting(office, who)->holds("leader"));
        office.clock().set(*calendar::make_date(2024, 5, 8));
        CHECK(acting(office, who)->holds("leader"));
        CHECK(acting(office, who)->holds("clerk"));
        const Office here = *open_office(office.workplace(), *database.reading(), office.id());
        CHECK(actor_in(*database.reading(), here, "p3")->holds("leader"));
        CHECK(code_of(end_stand_in(office.workplace(), office.actor("p4"), office.id(), *own)) ==
              errors::kNotAccountPost);
        CHECK(end_stand_in(office.workplace(), office.actor("p2"), office.id(), *own));
        CHECK_FALSE(acting(office, who)->holds("leader"));
        CHECK(code_of(end_stand_in(office.workplace(), office.actor("p2"), office.id(), *own)) ==
              access::errors::kNoSuchStandIn);
    });
}

TEST_CASE("the access log is read by one post, and that it was read stands in it") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database,
                            "  access_log_post: {title: 日志, type: text, default: leader, "
                            "source: 自定, change: [leader]}\n");
        office.first_password("p3");
        CHECK(record_access(office.workplace(), {.jurisdiction = office.id(),
                                                 .person = office.actor("p3").person,
                                                 .person_jurisdiction = office.id(),
                                                 .what = std::string(access::accesses::kReveal),
                                                 .ledger = "visit",
                                                 .entry = EntryId{12},
                                                 .reason = "核对电话",
                                                 .address = "10.0.0.9"}));
        CHECK(code_of(list_access(office.workplace(), office.actor("p2"), office.id(), {})) ==
              errors::kNotAccessLogPost);
        const auto page =
            list_access(office.workplace(), office.actor("p1"), office.id(), {.limit = 1});
        REQUIRE(page);
        CHECK(page->more);
        REQUIRE(page->lines.size() == 1);
        CHECK(page->lines[0].reason == "核对电话");
        CHECK(office.whats() == "account*1 log*1 reveal*1");
        const auto bad = [&](access::AccessQuery query) {
            return code_of(list_access(office.workplace(), office.actor("p1"), office.id(), query));
        };
        CHECK(bad({.from_on = "yesterday"}) == errors::kBadAccessQuery);
        CHECK(bad({.what = "\xFF"}) == errors::kBadAccessQuery);
        CHECK(bad({.before_at = "\xFF"}) == errors::kBadAccessQuery);
        CHECK(bad({.limit = 0}) == errors::kBadAccessQuery);
        CHECK(bad({.limit = 1'001}) == errors::kBadAccessQuery);
        CHECK(bad({.limit = 1'000}) == "");
    });
}

TEST_CASE("lines of the access log go when their time is over, and not a day before") {
    for_each_database([](storage::Database& database) {
        WithAccounts office(database);
        office.first_password("p3");
        office.clock().set(*calendar::make_date(2024, 11, 6));
        CHECK(shorten_access_log(office.workplace(), office.id()) == std::size_t{0});
        office.clock().set(*calendar::make_date(2024, 11, 9));
        CHECK(shorten_access_log(office.workplace(), office.id()) == std::size_t{1});
        CHECK(office.whats() == "log*1");
    });
}

}  // namespace fazhi::action
