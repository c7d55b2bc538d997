#include <doctest/doctest.h>

#include "journal/errors.h"
#include "journal/journal.h"
#include "journal/merkle.h"
#include "journal/note.h"
#include "journal/projection.h"
#include "journal/proofs.h"
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

constexpr JurisdictionId kOffice{2};
constexpr std::int64_t kRecords = 700;  // two tiles of 256 and a beginning
const calendar::Instant kMorning{std::chrono::seconds(1'714'957'323)};

// 700 notes, the first 300 written in one transaction and signed.
struct Office {
    explicit Office(Database& database) : connection(database.writing()) {
        pad.prepare(*connection);
        write(300, true);
        write(kRecords - 300, false);
    }
    void write(std::int64_t notes, bool sign) {
        Transaction transaction(*connection);
        if (sign) journal.open(transaction, kOffice);
        for (std::int64_t n = 0; n < notes; ++n) pad.write(transaction, kOffice, "便笺", "");
        if (sign) note = journal.checkpoint(transaction, kOffice, "fazhi/qianjin", kMorning);
        transaction.commit();
    }
    std::vector<std::string> found() {
        std::vector<std::string> out;
        for (const Finding& each :
             verify(journal, keys.vault(), *connection, kOffice, {&pad}, {}).findings)
            out.push_back(each.kind + " " + each.row);
        return out;
    }
    Result<void> continues() {
        return check_continues(journal, keys.vault(), *connection, kOffice, *parse_note(note));
    }

    testing::Keys keys;
    Journal journal{HashAlgorithm::Sm3, keys.vault()};
    testing::NotePad pad{journal};
    std::unique_ptr<storage::Connection> connection;
    std::string note;
};

}  // namespace

TEST_CASE("every 256 records leave the hash of their subtree, wherever transactions end") {
    for_each_database([](Database& database) {
        Office office(database);
        CHECK(lines_of(*office.connection, "SELECT level, n FROM journal_subtree ORDER BY n") ==
              Lines{"8|0", "8|1"});
        CHECK(office.found() == Lines{});
    });
}

TEST_CASE("a refused command takes back the subtree it completed") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        const auto refused = transaction.attempt([&]() -> Result<void> {
            for (int n = 0; n < 100; ++n) office.pad.write(transaction, kOffice, "不作数", "");
            return refuse(ErrorKind::Conflict, "test.refused", "不行。");
        });
        CHECK_FALSE(refused);
        for (int n = 0; n < 68; ++n) office.pad.write(transaction, kOffice, "作数", "");
        transaction.commit();
        CHECK(lines_of(*office.connection, "SELECT n FROM journal_subtree ORDER BY n") ==
              Lines{"0", "1", "2"});
        CHECK(office.found() == Lines{});
    });
}

TEST_CASE("a record is proven in the tree as it is and as it was; a forged proof is none") {
    for_each_database([](Database& database) {
        Office office(database);
        const auto root = [&](std::int64_t seq, const RecordProof& proof) {
            return root_from_path(HashAlgorithm::Sm3, proof.leaf, static_cast<std::size_t>(seq - 1),
                                  static_cast<std::size_t>(proof.in.size), proof.path);
        };
        for (const std::int64_t seq : {1, 255, 256, 257, 300, 512, 513, 699, 700}) {
            CAPTURE(seq);
            const auto proof = prove_record(office.journal, *office.connection, kOffice, seq, 0);
            REQUIRE(proof);
            CHECK(proof->in.root == office.journal.head(*office.connection, kOffice).root);
            CHECK(root(seq, *proof) == proof->in.root);
            CHECK(root(seq == 1 ? 2 : seq - 1, *proof) != proof->in.root);
            RecordProof forged = *proof;
            forged.leaf.bytes[0] ^= 1;
            CHECK(root(seq, forged) != proof->in.root);
        }
        const auto then = prove_record(office.journal, *office.connection, kOffice, 7, 300);
        REQUIRE(then);
        CHECK(then->in.root == parse_note(office.note)->root);
        CHECK(root(7, *then) == then->in.root);
        for (const auto& [seq, size] :
             {std::pair<int, int>{0, 0}, {701, 0}, {301, 300}, {1, 701}, {1, -1}}) {
            CHECK(
                prove_record(office.journal, *office.connection, kOffice, seq, size).error().code ==
                errors::kNoSuchRecord);
        }
    });
}

TEST_CASE("growth is proven, also where the stored subtrees are missing") {
    for_each_database([](Database& database) {
        Office office(database);
        for (const char* change : {"SELECT 1", "DELETE FROM journal_subtree WHERE n = 1"}) {
            if (change[0] == 'D') office.connection->execute(change);
            for (const std::int64_t from : {1, 256, 300, 511, 512, 700}) {
                CAPTURE(from);
                const auto proof =
                    prove_growth(office.journal, *office.connection, kOffice, from, 0);
                REQUIRE(proof);
                CHECK(is_consistent(HashAlgorithm::Sm3, proof->before, proof->after, proof->path));
            }
        }
        CHECK(prove_growth(office.journal, *office.connection, kOffice, 0, 0).error().code ==
              errors::kNoSuchRecord);
    });
}

TEST_CASE("a changed subtree is found by verify and never proves anything") {
    for_each_database([](Database& database) {
        Office office(database);
        office.connection->execute(
            "UPDATE journal_subtree SET hash = (SELECT hash FROM journal_subtree WHERE n = 1) "
            "WHERE n = 0");
        CHECK(office.found() == Lines{"subtree level=8, n=0"});
        CHECK(prove_record(office.journal, *office.connection, kOffice, 600, 0).error().code ==
              errors::kBrokenRecord);
        office.connection->execute("UPDATE journal_subtree SET n = 9 WHERE n = 0");
        CHECK(office.found() == Lines{"subtree level=8, n=9"});
    });
}

TEST_CASE("a journal continues the one that was signed, until what was signed is changed") {
    for_each_database([](Database& database) {
        Office office(database);
        CHECK(office.continues());
        const testing::Keys others;
        CHECK(check_continues(office.journal, others.vault(), *office.connection, kOffice,
                              *parse_note(office.note))
                  .error()
                  .code == errors::kBrokenNote);
        office.connection->execute(
            "UPDATE journal SET leaf_hash = (SELECT leaf_hash FROM journal WHERE seq = 2) WHERE "
            "seq = 299");
        CHECK(office.continues().error().code == errors::kNotContinued);
        office.connection->execute("UPDATE journal_head SET size = 200");
        CHECK_THROWS_AS(office.continues(), std::runtime_error);  // The head is damaged.
    });
}

TEST_CASE("records anywhere in a journal are proven together, bodies as they are stored") {
    for_each_database([](Database& database) {
        Office office(database);
        const auto proven = prove_records(office.journal, *office.connection, kOffice,
                                          {700, 3, 256, 257, 3, 511}, 0);
        REQUIRE(proven);
        CHECK(proven->in.size == kRecords);
        REQUIRE(proven->records.size() == 5);
        std::vector<Leaf> leaves;
        for (const ProvenRecords::Body& each : proven->records)
            leaves.push_back({each.seq - 1, leaf_hash(HashAlgorithm::Sm3, each.text)});
        CHECK(root_from_joint_proof(HashAlgorithm::Sm3, kRecords, leaves, proven->proof) ==
              proven->in.root);
        CHECK(proven->proof.size() < 5 * 10);

        const auto earlier =
            prove_records(office.journal, *office.connection, kOffice, {1, 300}, 300);
        REQUIRE(earlier);
        CHECK(earlier->in.root == parse_note(office.note)->root);
        const auto refused = [&](std::vector<std::int64_t> seqs, std::int64_t size) {
            return prove_records(office.journal, *office.connection, kOffice, std::move(seqs), size)
                .error()
                .code;
        };
        CHECK(refused({0}, 0) == errors::kNoSuchRecord);
        CHECK(refused({301}, 300) == errors::kNoSuchRecord);
        CHECK(refused({1}, 701) == errors::kNoSuchRecord);
    });
}

}  // namespace fazhi::journal
