#include <doctest/doctest.h>

#include "access/errors.h"
#include "access/organisation.h"
#include "access/testing/office.h"
#include "journal/projection.h"
#include "storage/database.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::access {

using storage::testing::for_each_database;
using testing::kMorning;
using testing::kOffice;
using testing::office_set;
using testing::OfficeInDatabase;

namespace {

// The office of the tests, and commands on it as the system on 2024-01-02.
struct StoodIn {
    explicit StoodIn(storage::Database& database) : office(database) { office.found(office_set()); }

    PersonId of(std::string_view code) { return office.directory(kOffice).person_named(code)->id; }
    // Code of the refusal; "": none.
    template <class Command>
    std::string run(const Command& command) {
        const auto done = office.run([&](storage::Transaction& transaction) -> Result<void> {
            const auto result = command(transaction);
            if (!result) return refuse(result.error());
            return {};
        });
        return done ? "" : std::string(done.error().code);
    }
    std::string add(std::string_view away, std::string_view person, const char* from,
                    const char* until) {
        const NewStandIn wanted{of(away), of(person), from, until};
        return run([&](storage::Transaction& transaction) {
            return office.organisation.add_stand_in(transaction, {kOffice, system, kMorning},
                                                    office_set(), wanted);
        });
    }
    std::string end(std::int64_t id) {
        return run([&](storage::Transaction& transaction) {
            return office.organisation.end_stand_in(transaction, {kOffice, system, kMorning}, id);
        });
    }
    std::size_t posts_on(std::string_view code, int month, int day) {
        const Directory where = office.directory(kOffice);
        return where.actor(*where.person_named(code), *calendar::make_date(2024, month, day))
            .posts.size();
    }
    std::vector<std::string> findings() {
        std::vector<std::string> out;
        for (const journal::Finding& finding :
             journal::verify(office.journal, office.vault, *office.database.reading(), kOffice,
                             {&office.organisation}, {})
                 .findings)
            out.push_back(finding.message);
        return out;
    }

    OfficeInDatabase office;
    Actor system = system_actor({});
};

}  // namespace

TEST_CASE("a stand-in holds the other's posts from the first to the last day, and no longer") {
    for_each_database([](storage::Database& database) {
        StoodIn with(database);
        REQUIRE(with.add("li", "wang", "2024-01-05", "2024-01-09") == "");
        CHECK(with.posts_on("wang", 1, 4) == 1);
        CHECK(with.posts_on("wang", 1, 5) == 2);
        CHECK(with.posts_on("wang", 1, 9) == 2);
        CHECK(with.posts_on("wang", 1, 10) == 1);
        CHECK(with.posts_on("li", 1, 5) == 1);
        const Directory where = with.office.directory(kOffice);
        const Actor acting =
            where.actor(*where.person_named("wang"), *calendar::make_date(2024, 1, 5));
        CHECK(acting.holds("law_office"));
        CHECK(acting.posts.back().instead_of == with.of("li"));
        CHECK_FALSE(where.actor(*where.person_named("wang")).holds("law_office"));
        CHECK(where.holders("law_office", *calendar::make_date(2024, 1, 5)).size() == 2);
        CHECK(where.holders("law_office").size() == 1);
        // A stand-in's stand-in has nothing of it.
        REQUIRE(with.add("wang", "sun", "2024-01-05", "2024-01-09") == "");
        CHECK(with.posts_on("sun", 1, 5) == 2);

        CHECK(with.findings().empty());
        const auto id = where.stand_ins.front().id;
        CHECK(with.end(id) == "");
        CHECK(with.posts_on("wang", 1, 5) == 1);
        CHECK(with.end(id) == errors::kNoSuchStandIn);
        CHECK(with.findings().empty());
        CHECK(with.run([&](storage::Transaction& transaction) {
            return journal::replay(with.office.journal, transaction, kOffice,
                                   {&with.office.organisation}, {});
        }) == "");
        CHECK(with.findings().empty());
        CHECK(with.office.directory(kOffice).stand_ins.size() == 1);
    });
}

TEST_CASE("standing in for oneself, in the past, backwards, too long or twice is refused") {
    for_each_database([](storage::Database& database) {
        StoodIn with(database);
        const std::string bad(errors::kBadStandIn);
        CHECK(with.add("li", "li", "2024-01-05", "2024-01-09") == bad);
        CHECK(with.add("li", "wang", "2023-12-01", "2024-01-01") == bad);
        CHECK(with.add("li", "wang", "2024-01-09", "2024-01-05") == bad);
        CHECK(with.add("li", "wang", "2024-01-05", "2025-01-05") == bad);
        CHECK(with.add("li", "wang", "2024-01-05", "2024-02-30") == errors::kBadDate);
        CHECK(with.add("li", "wang", "2023-12-20", "2024-01-09") == "");
        CHECK(with.add("li", "wang", "2024-01-09", "2024-01-20") == bad);
        CHECK(with.add("li", "wang", "2024-01-10", "2024-01-20") == "");
        CHECK(with.office.directory(kOffice).stand_ins.size() == 2);
    });
}

TEST_CASE("posts that exclude each other do not meet in a stand-in either") {
    for_each_database([](storage::Database& database) {
        StoodIn with(database);
        const auto add_person = [&](const char* code, const char* post) {
            return with.run([&](storage::Transaction& transaction) {
                return with.office.organisation.add_person(
                    transaction, {kOffice, with.system, kMorning}, office_set(),
                    {{{}, code, code, {}, {}}, "office", {post}});
            });
        };
        REQUIRE(add_person("hua", "hearing") == "");
        REQUIRE(add_person("tan", "investigator") == "");
        CHECK(with.add("hua", "tan", "2024-01-05", "2024-01-09") == errors::kConflictingPosts);
        // Through two whom one stands in for on the same day.
        CHECK(with.add("hua", "li", "2024-01-05", "2024-01-09") == "");
        CHECK(with.add("tan", "li", "2024-01-09", "2024-01-12") == errors::kConflictingPosts);
        CHECK(with.add("tan", "li", "2024-01-10", "2024-01-12") == "");
    });
}

TEST_CASE("who leaves loses the posts and every stand-in, and the journal says so") {
    for_each_database([](storage::Database& database) {
        StoodIn with(database);
        REQUIRE(with.add("li", "wang", "2024-01-05", "2024-01-09") == "");
        REQUIRE(with.add("wang", "sun", "2024-01-05", "2024-01-09") == "");
        REQUIRE(with.add("li", "sun", "2024-01-05", "2024-01-09") == "");
        std::size_t ended = 0;
        const PersonId wang = with.of("wang");
        const auto leave = [&] {
            return with.run([&](storage::Transaction& transaction) -> Result<void> {
                auto done = with.office.organisation.end_posts(
                    transaction, {kOffice, with.system, kMorning}, wang);
                if (!done) return refuse(done.error());
                ended = *done;
                return {};
            });
        };
        CHECK(leave() == "");
        CHECK(ended == 1);
        CHECK(with.posts_on("wang", 1, 5) == 0);
        CHECK(with.office.directory(kOffice).stand_ins.size() == 1);
        CHECK(with.office.directory(kOffice).person(wang)->name == "王小明");
        CHECK(with.findings().empty());
        CHECK(leave() == "");
        CHECK(ended == 0);
        CHECK(with.run([&](storage::Transaction& transaction) {
            return with.office.organisation.end_posts(transaction, {kOffice, with.system, kMorning},
                                                      PersonId{99});
        }) == errors::kNoSuchPerson);
        // Deleting what names somebody takes the stand-ins along.
        CHECK(with.run([&](storage::Transaction& transaction) {
            return with.office.organisation.destroy_person(
                transaction, {kOffice, with.system, kMorning}, with.of("sun"), EntryId{1});
        }) == "");
        CHECK(with.office.directory(kOffice).stand_ins.empty());
        CHECK(with.findings().empty());
    });
}

}  // namespace fazhi::access
