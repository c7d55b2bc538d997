#include "access/session.h"

#include <doctest/doctest.h>

#include "access/accounts.h"
#include "access/errors.h"
#include "access/testing/office.h"
#include "storage/database.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::access {

using storage::testing::for_each_database;
using testing::kMorning;
using testing::kOffice;
using testing::OfficeInDatabase;

namespace {

constexpr std::chrono::hours kTwoHours(2);

// An office where wang has an account, a session and a token, each for two hours.
struct Entered {
    explicit Entered(storage::Database& database)
        : office(database), accounts(office.journal, office.vault) {
        office.found(testing::office_set());
        const Directory directory = office.directory(kOffice);
        holder = {kOffice, directory.person_named("wang")->id};
        session = new_token(directory.jurisdiction.code);
        token = new_token(directory.jurisdiction.code);
        const std::string now = calendar::to_text(kMorning);
        const std::string end = calendar::to_text(kMorning + kTwoHours);
        run([&](storage::Transaction& transaction) -> Result<void> {
            const auto made = accounts.create(transaction, holder, "a hash", kMorning);
            if (!made) return refuse(made.error());
            accounts.open_session(transaction,
                                  {.holder = holder,
                                   .token_hash = digest_of_token(session),
                                   .created_at = now,
                                   .last_seen_at = now,
                                   .expires_at = end,
                                   .agent = {},
                                   .address = {},
                                   .needs_totp = true},
                                  kMorning);
            const auto added = accounts.add_token(transaction,
                                                  {.holder = holder,
                                                   .title = "程序",
                                                   .token_hash = digest_of_token(token),
                                                   .abilities = {"view"},
                                                   .ledgers = {"visit"},
                                                   .expires_at = end,
                                                   .created_at = now},
                                                  kMorning);
            if (!added) return refuse(added.error());
            return {};
        });
    }

    void run(const std::function<Result<void>(storage::Transaction&)>& command) {
        CHECK(office.run(command));
    }
    // Codes of the refusals of cookie and bearer, "in" where there is none.
    std::string entering(const std::string& cookie, const std::string& bearer,
                         calendar::Instant now = kMorning) {
        const auto connection = office.database.reading();
        const auto by_cookie = session_of(*connection, cookie, now);
        const auto by_bearer = api_token_of(*connection, bearer, now);
        const auto text = [](const Result<SignedIn>& one) {
            return one ? std::string("in") : std::string(one.error().code);
        };
        return text(by_cookie) + " " + text(by_bearer);
    }

    OfficeInDatabase office;
    Accounts accounts;
    Holder holder;
    std::string session;
    std::string token;
};

const std::string kNeither =
    std::string(errors::kNotSignedIn) + " " + std::string(errors::kNotSignedIn);

}  // namespace

TEST_CASE("a cookie and a bearer token say who is there, each only for its own door") {
    for_each_database([](storage::Database& database) {
        Entered office(database);
        CHECK(office.entering(office.session, office.token) == "in in");
        CHECK(office.entering(office.token, office.session) == kNeither);
        const auto connection = database.reading();
        const SignedIn person = *session_of(*connection, office.session, kMorning);
        CHECK(person.person == office.holder.person);
        CHECK(person.must_change);
        CHECK(person.must_add_totp);
        CHECK_FALSE(person.by_token);
        CHECK(person.token_hash == digest_of_token(office.session).hex());
        const SignedIn program = *api_token_of(*connection, office.token, kMorning);
        CHECK(program.by_token);
        CHECK(program.abilities == std::vector<std::string>{"view"});
        CHECK(program.ledgers == std::vector<std::string>{"visit"});
        for (const char* table : {"session", "api_token"}) {
            const auto rows = storage::testing::lines_of(
                *connection, std::string("SELECT token_hash FROM ") + table);
            REQUIRE(rows.size() == 1);
            CHECK(rows[0].find(office.session.substr(10)) == std::string::npos);
        }
    });
}

TEST_CASE("what is unknown, expired, revoked or closed is refused alike") {
    for_each_database([](storage::Database& database) {
        Entered office(database);
        const std::string other = new_token("office");
        CHECK(office.entering(other, other) == kNeither);
        const std::string tail = other.substr(other.find('.'));
        for (const std::string& wrong :
             {std::string(), std::string("."), std::string("office"), std::string("office."),
              std::string("nowhere.abc"), tail, "\xFF" + tail, std::string("a\0b", 3) + tail,
              "a'b" + tail, std::string(5'000, 'a') + tail, other + std::string(5'000, 'a')})
            CHECK(office.entering(wrong, wrong) == kNeither);
        CHECK(office.entering(office.session, office.token, kMorning + kTwoHours) == kNeither);
        const auto refusal = session_of(*database.reading(), other, kMorning).error();
        CHECK(refusal.kind == ErrorKind::Unauthenticated);
        CHECK(
            session_of(*database.reading(), office.session, kMorning + kTwoHours).error().message ==
            refusal.message);

        office.run([&](storage::Transaction& transaction) -> Result<void> {
            transaction.connection().execute("UPDATE account SET disabled = 1");
            return {};
        });
        CHECK(office.entering(office.session, office.token) == kNeither);
        office.run([&](storage::Transaction& transaction) -> Result<void> {
            transaction.connection().execute("UPDATE account SET disabled = 0");
            transaction.connection().execute(
                "UPDATE api_token SET revoked_at = '2024-01-01T00:00:00Z'");
            return {};
        });
        CHECK(office.entering(office.session, office.token) ==
              "in " + std::string(errors::kNotSignedIn));
        const Actor system = system_actor({});
        office.run([&](storage::Transaction& transaction) {
            return office.office.organisation.destroy_person(
                transaction, {kOffice, system, kMorning}, office.holder.person, EntryId{1});
        });
        CHECK(office.entering(office.session, office.token) == kNeither);
    });
}

TEST_CASE(
    "tokens are of their office, long, and never the same; the page's code follows from one") {
    const std::string token = new_token("qianjin");
    CHECK(token.size() == 8 + 43);
    CHECK(token != new_token("qianjin"));
    CHECK(token.find_first_of("+/=") == std::string::npos);
    CHECK(office_of_token(token) == "qianjin");
    CHECK(office_of_token(token + "a").empty());
    CHECK(office_of_token(token.substr(7)).empty());
    CHECK(csrf_of(token) == csrf_of(token));
    CHECK(csrf_of(token).size() == 43);
    CHECK(csrf_of(token) != csrf_of(new_token("qianjin")));
    CHECK(token.find(csrf_of(token)) == std::string::npos);
    CHECK(same_text("abc", "abc"));
    CHECK_FALSE(same_text("abc", "abd"));
    CHECK_FALSE(same_text("abc", "ab"));
}

}  // namespace fazhi::access
