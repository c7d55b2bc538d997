#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "journal/journal.h"
#include "journal/merkle.h"
#include "journal/note.h"
#include "journal/server_log.h"
#include "journal/testing/keys.h"
#include "journal/testing/note_pad.h"
#include "storage/connection.h"
#include "storage/database.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::journal {
namespace {

using storage::Database;
using storage::Transaction;
using storage::testing::for_each_database;
using storage::testing::lines_of;
using Lines = std::vector<std::string>;

constexpr JurisdictionId kEast{2};
constexpr JurisdictionId kWest{3};
const calendar::Instant kMorning{std::chrono::seconds(1'714'957'323)};

// Two journals in one database.
struct Server {
    explicit Server(Database& database) : connection(database.writing()) {
        pad.prepare(*connection);
        for (const JurisdictionId each : {kEast, kWest}) {
            Transaction transaction(*connection);
            journal.open(transaction, each);
            transaction.commit();
        }
    }
    void write(JurisdictionId jurisdiction, int notes) {
        Transaction transaction(*connection);
        for (int n = 0; n < notes; ++n) pad.write(transaction, jurisdiction, "便笺", "");
        transaction.commit();
    }
    SignedLog sign() {
        Transaction transaction(*connection);
        const SignedLog out = log.sign(transaction, {kEast, kWest}, kMorning);
        transaction.commit();
        return out;
    }
    Lines found(const std::string& since = "") {
        Lines out;
        for (const Finding& each : log.verify(*connection, since))
            out.push_back(each.table + " " + each.row);
        return out;
    }
    void change(const std::string& sql) { connection->execute(sql); }

    testing::Keys keys;
    Journal journal{HashAlgorithm::Sm3, keys.vault()};
    ServerLog log{journal, keys.vault()};
    testing::NotePad pad{journal};
    std::unique_ptr<storage::Connection> connection;
};

}  // namespace

TEST_CASE("each signing takes in the journals that have grown, and one note holds them all") {
    for_each_database([](Database& database) {
        Server server(database);
        server.write(kEast, 3);
        const SignedLog first = server.sign();
        CHECK(first.size == 1);
        CHECK(server.sign().note == first.note);
        server.write(kEast, 2);
        server.write(kWest, 1);
        const SignedLog second = server.sign();
        REQUIRE(second.leaves.size() == 3);
        CHECK(second.leaves[1].find("\"jurisdiction\":2") != std::string::npos);
        CHECK(second.leaves[1].find("\"size\":5") != std::string::npos);

        // Somebody with the leaves and the note alone comes to the same root.
        std::vector<Digest> hashes;
        for (const std::string& leaf : second.leaves)
            hashes.push_back(leaf_hash(HashAlgorithm::Sm3, leaf));
        const auto note = parse_note(second.note);
        REQUIRE(note);
        CHECK(note->origin == kServerLogOrigin);
        CHECK(note->root == root_of(HashAlgorithm::Sm3, hashes));
        CHECK(is_signed_by(*note, server.keys.vault().signer_name(),
                           server.keys.vault().public_key()));
        CHECK(short_code(note->root).size() == 11);
        CHECK(server.found() == Lines{});
        CHECK(server.found(first.note) == Lines{});
    });
}

TEST_CASE("the log that first held a journal to a size is found again") {
    for_each_database([](Database& database) {
        Server server(database);
        server.write(kEast, 3);
        const SignedLog first = server.sign();
        CHECK_FALSE(server.log.holding(*server.connection, kEast, 4));
        server.write(kEast, 2);
        server.sign();
        server.write(kEast, 2);
        server.sign();
        const auto at_three = server.log.holding(*server.connection, kEast, 3);
        REQUIRE(at_three);
        CHECK(at_three->note == first.note);
        CHECK(at_three->root == first.root);
        const auto at_four = server.log.holding(*server.connection, kEast, 4);
        REQUIRE(at_four);
        CHECK(at_four->size == 2);
        CHECK(server.log.last(*server.connection)->size == 3);
    });
}

TEST_CASE("whoever changes a journal or the log after it was signed is found out") {
    struct Case {
        const char* sql;
        Lines found;
    };
    const std::vector<Case> cases = {
        {"UPDATE journal SET body = '{}' WHERE jurisdiction_id = 2 AND seq = 2",
         {"server_leaf n=1", "server_leaf n=3"}},
        {"DELETE FROM journal WHERE jurisdiction_id = 2 AND seq >= 3",
         {"server_leaf n=1", "server_leaf n=3"}},
        {"UPDATE server_leaf SET body = '{}' WHERE n = 2",
         {"server_leaf n=2", "server_leaf n=2", "server_note n=2", "server_note n=3"}},
        {"DELETE FROM server_leaf WHERE n = 3", {"server_note n=3"}},
        {"UPDATE server_note SET note = 'x' WHERE size = 2", {"server_note n=2"}},
    };
    for (const Case& each : cases) {
        CAPTURE(each.sql);
        for_each_database([&](Database& database) {
            Server server(database);
            server.write(kEast, 3);
            server.write(kWest, 2);
            server.sign();
            server.write(kEast, 1);
            const SignedLog kept = server.sign();
            REQUIRE(server.found(kept.note) == Lines{});
            server.change(each.sql);
            Lines found = server.found();
            std::sort(found.begin(), found.end());
            CHECK(fmt::format("{}", fmt::join(found, ", ")) ==
                  fmt::format("{}", fmt::join(each.found, ", ")));
        });
    }
}

TEST_CASE("a kept note of a log that was begun anew, or of another signer, does not pass") {
    for_each_database([](Database& database) {
        Server server(database);
        server.write(kEast, 3);
        const SignedLog kept = server.sign();
        server.change("DELETE FROM server_leaf");
        server.change("DELETE FROM server_note");
        server.write(kEast, 1);
        server.sign();
        CHECK(server.found() == Lines{});
        CHECK(server.found(kept.note) == Lines{"server_note n=0"});
        const testing::Keys other;
        CHECK(server.found(signed_note(other.vault(), kServerLogOrigin, 1, kept.root)) ==
              Lines{"server_note n=0"});
        CHECK(server.found("nothing") == Lines{"server_note n=0"});
    });
}

}  // namespace fazhi::journal
