#include "access/accounts.h"

#include <doctest/doctest.h>

#include "access/errors.h"
#include "access/session.h"
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

using Minutes = std::chrono::minutes;

// The office with an account for `wang`.
struct WithAccount {
    explicit WithAccount(storage::Database& database)
        : office(database), accounts(office.journal, office.vault) {
        office.found(testing::office_set());
        holder = {kOffice, office.directory(kOffice).person_named("wang")->id};
        CHECK(run([&](storage::Transaction& transaction) {
            return accounts.create(transaction, holder, "a hash", kMorning);
        }));
    }

    Result<void> run(const std::function<Result<void>(storage::Transaction&)>& command) {
        return office.run(command);
    }
    [[nodiscard]] Account account() { return *Accounts::find(*office.database.reading(), holder); }
    // A session made at `at` for two hours; answers its token.
    std::string session(calendar::Instant at) {
        std::string token = new_token("office_code");
        CHECK(run([&](storage::Transaction& transaction) -> Result<void> {
            accounts.open_session(transaction,
                                  {.holder = holder,
                                   .token_hash = digest_of_token(token),
                                   .created_at = calendar::to_text(at),
                                   .last_seen_at = calendar::to_text(at),
                                   .expires_at = calendar::to_text(at + Minutes(120)),
                                   .agent = "browser",
                                   .address = "10.0.0.7"},
                                  at);
            return {};
        }));
        return token;
    }

    OfficeInDatabase office;
    Accounts accounts;
    Holder holder;
};

}  // namespace

TEST_CASE("an account begins with a password to be changed, and there is one a person") {
    for_each_database([](storage::Database& database) {
        WithAccount with(database);
        CHECK(with.account().must_change);
        CHECK_FALSE(with.account().is_locked(kMorning));
        const auto again = with.run([&](storage::Transaction& transaction) {
            return with.accounts.create(transaction, with.holder, "another", kMorning);
        });
        CHECK(again.error().code == errors::kAccountExists);
        CHECK(with.account().password_hash == "a hash");
        const auto nobody = with.run([&](storage::Transaction& transaction) {
            return with.accounts.set_password(transaction, {kOffice, PersonId{99}}, "x", kMorning);
        });
        CHECK(nobody.error().code == errors::kNoSuchAccount);
    });
}

TEST_CASE("the last failure allowed locks the account, and the lock runs out") {
    for_each_database([](storage::Database& database) {
        WithAccount with(database);
        const AccountRules rules{.failures_max = 3, .lock = Minutes(15)};
        const auto fail = [&](calendar::Instant at) {
            CHECK(with.run([&](storage::Transaction& transaction) -> Result<void> {
                with.accounts.add_failure(transaction, with.account(), rules, at);
                return {};
            }));
            return with.account().is_locked(at);
        };
        CHECK_FALSE(fail(kMorning));
        CHECK_FALSE(fail(kMorning));
        CHECK(fail(kMorning));
        CHECK(with.account().is_locked(kMorning + Minutes(14)));
        CHECK_FALSE(with.account().is_locked(kMorning + Minutes(15)));
        // Then it counts anew.
        CHECK_FALSE(fail(kMorning + Minutes(16)));
        CHECK(with.account().failures == 1);
        CHECK(with.run([&](storage::Transaction& transaction) -> Result<void> {
            with.accounts.add_success(transaction, with.holder, kMorning + Minutes(17));
            return {};
        }));
        CHECK(with.account().failures == 0);
        CHECK(with.account().signed_in_at == calendar::to_text(kMorning + Minutes(17)));
    });
}

TEST_CASE("the secret of the codes is sealed under the person's key and goes with it") {
    for_each_database([](storage::Database& database) {
        WithAccount with(database);
        const auto secret = [&] {
            std::optional<std::string> found;
            CHECK(with.run([&](storage::Transaction& transaction) -> Result<void> {
                found = with.accounts.totp_secret(transaction, with.account());
                return {};
            }));
            return found;
        };
        const auto begin = [&](const std::string& text) {
            return with.run([&](storage::Transaction& transaction) {
                return with.accounts.begin_totp(transaction, with.holder, text);
            });
        };
        const auto confirm = [&] {
            return with.run([&](storage::Transaction& transaction) {
                return with.accounts.confirm_totp(transaction, with.holder, 7);
            });
        };
        CHECK_FALSE(secret());
        CHECK(confirm().error().code == errors::kCodesNotBegun);
        REQUIRE(begin("FIRST"));
        REQUIRE(begin("SECOND"));
        CHECK(with.account().totp_sealed.find("SECOND") == std::string::npos);
        CHECK(secret() == "SECOND");
        REQUIRE(confirm());
        CHECK(with.account().totp_last_step == 7);
        CHECK(begin("THIRD").error().code == errors::kCodesOn);
        CHECK(with.run([&](storage::Transaction& transaction) -> Result<void> {
            with.office.vault.destroy_key(transaction, kOffice, with.holder.person.value);
            return {};
        }));
        CHECK_FALSE(secret());
    });
}

TEST_CASE("of many sessions the one unseen longest ends, and expired ones are taken away") {
    for_each_database([](storage::Database& database) {
        WithAccount with(database);
        const auto open = [&](calendar::Instant at) {
            return Accounts::sessions(*database.reading(), with.holder, at);
        };
        const std::string first = with.session(kMorning);
        for (std::size_t n = 1; n <= kSessionsMax; ++n)
            with.session(kMorning + Minutes(static_cast<int>(n)));
        const calendar::Instant later = kMorning + Minutes(30);
        REQUIRE(open(later).size() == kSessionsMax);
        CHECK(open(later).back().created_at == calendar::to_text(kMorning + Minutes(1)));
        for (const SessionRow& row : open(later)) CHECK(row.token_hash != digest_of_token(first));
        const auto lines = Accounts::lines(*database.reading(), kOffice, {});
        REQUIRE(lines.size() == 1);
        CHECK(lines[0].what == accesses::kSignOut);

        with.session(kMorning + Minutes(500));
        CHECK(storage::testing::lines_of(*database.reading(), "SELECT COUNT(*) FROM session") ==
              std::vector<std::string>{"1"});
    });
}

TEST_CASE("being seen moves the end of a session, never past its longest") {
    for_each_database([](storage::Database& database) {
        WithAccount with(database);
        const std::string token = with.session(kMorning);
        const AccountRules rules{.idle = Minutes(120), .session = std::chrono::hours(3)};
        const auto end_after_seen_at = [&](calendar::Instant at) {
            CHECK(with.run([&](storage::Transaction& transaction) -> Result<void> {
                with.accounts.touch_session(transaction, with.holder, digest_of_token(token), rules,
                                            at);
                return {};
            }));
            const auto rows = Accounts::sessions(*database.reading(), with.holder, kMorning);
            return rows.empty() ? std::string() : rows.front().expires_at;
        };
        CHECK(end_after_seen_at(kMorning + Minutes(30)) ==
              calendar::to_text(kMorning + Minutes(150)));
        CHECK(end_after_seen_at(kMorning + Minutes(100)) ==
              calendar::to_text(kMorning + Minutes(180)));
        // What has ended is not brought back.
        CHECK(end_after_seen_at(kMorning + Minutes(200)) ==
              calendar::to_text(kMorning + Minutes(180)));
    });
}

TEST_CASE("resetting and closing end every session and token") {
    for_each_database([](storage::Database& database) {
        WithAccount with(database);
        const auto add_token = [&] {
            return with.run([&](storage::Transaction& transaction) -> Result<void> {
                const std::string token = new_token("office_code");
                const auto added = with.accounts.add_token(
                    transaction,
                    {.holder = with.holder,
                     .title = "程序",
                     .token_hash = digest_of_token(token),
                     .abilities = {"view", "export"},
                     .expires_at = calendar::to_text(kMorning + Minutes(1'000)),
                     .created_at = calendar::to_text(kMorning)},
                    kMorning);
                if (!added) return refuse(added.error());
                return {};
            });
        };
        const auto in_force = [&] {
            std::size_t count = 0;
            for (const TokenRow& row : Accounts::tokens(*database.reading(), with.holder))
                count += row.is_in_force(kMorning) ? 1 : 0;
            return count +
                   100 * Accounts::sessions(*database.reading(), with.holder, kMorning).size();
        };
        for (std::size_t n = 0; n < kTokensMax; ++n) REQUIRE(add_token());
        CHECK(add_token().error().code == errors::kTooMany);
        with.session(kMorning);
        CHECK(in_force() == 100 + kTokensMax);
        const auto tokens = Accounts::tokens(*database.reading(), with.holder);
        CHECK(tokens[0].id == 1);
        CHECK(tokens[0].abilities == std::vector<std::string>{"view", "export"});
        CHECK(tokens[0].ledgers.empty());
        REQUIRE(with.run([&](storage::Transaction& transaction) {
            return with.accounts.set_disabled(transaction, with.holder, true, kMorning);
        }));
        CHECK(in_force() == 0);
        REQUIRE(add_token());
        with.session(kMorning);
        REQUIRE(with.run([&](storage::Transaction& transaction) {
            return with.accounts.reset(transaction, with.holder, "new", kMorning);
        }));
        CHECK(in_force() == 0);
        CHECK_FALSE(with.account().disabled);
        CHECK(with.account().must_change);
    });
}

TEST_CASE("the log keeps what was said of whom, newest first, page by page") {
    for_each_database([](storage::Database& database) {
        WithAccount with(database);
        const auto log = [&](std::string_view what, calendar::Instant at,
                             const std::string& reason) {
            CHECK(with.run([&](storage::Transaction& transaction) -> Result<void> {
                with.accounts.log(transaction,
                                  {.jurisdiction = kOffice,
                                   .person = with.holder.person,
                                   .person_jurisdiction = kOffice,
                                   .what = std::string(what),
                                   .ledger = "visit",
                                   .entry = EntryId{31},
                                   .reason = reason,
                                   .address = "10.0.0.7"},
                                  at);
                return {};
            }));
        };
        log(accesses::kReveal, kMorning, "核对电话");
        log(accesses::kExport, kMorning, std::string(2'000, 'x'));
        log(accesses::kSignOut, kMorning + Minutes(60 * 24), "\xFF\xFE");
        const auto asked = [&](AccessQuery query) {
            std::vector<std::string> out;
            for (const AccessLine& line : Accounts::lines(*database.reading(), kOffice, query))
                out.push_back(line.what);
            return out;
        };
        using Lines = std::vector<std::string>;
        CHECK(asked({}) == Lines{"sign_out", "export", "reveal"});
        CHECK(asked({.limit = 2}) == Lines{"sign_out", "export"});
        CHECK(asked({.before_at = calendar::to_text(kMorning), .before_n = 2}) == Lines{"reveal"});
        CHECK(asked({.from_on = "2024-01-03"}) == Lines{"sign_out"});
        CHECK(asked({.until_on = "2024-01-02"}) == Lines{"export", "reveal"});
        CHECK(asked({.what = "reveal"}) == Lines{"reveal"});
        CHECK(asked({.person = PersonId{99}}).empty());
        const auto all = Accounts::lines(*database.reading(), kOffice, {});
        CHECK(all[0].reason == "（不是文字）");
        CHECK(all[1].reason.size() < 600);
        CHECK(all[2].entry == EntryId{31});
        std::size_t removed = 0;
        CHECK(with.run([&](storage::Transaction& transaction) -> Result<void> {
            removed = with.accounts.shorten_log(transaction, kOffice, kMorning + Minutes(1));
            return {};
        }));
        CHECK(removed == 2);
        CHECK(asked({}) == Lines{"sign_out"});
    });
}

}  // namespace fazhi::access
