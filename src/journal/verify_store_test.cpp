#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "journal/errors.h"
#include "journal/journal.h"
#include "journal/note.h"
#include "journal/projection.h"
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

constexpr JurisdictionId kOffice{2};
constexpr JurisdictionId kNeighbour{3};
const calendar::Instant kMorning{std::chrono::seconds(1'714'957'323)};

// An office with ten notes, the third corrected (11 records), checkpoints at 5 and 11; and a
// neighbour with two notes.
struct Office {
    explicit Office(Database& database) : connection(database.writing()) {
        pad.prepare(*connection);
        Transaction transaction(*connection);
        journal.open(transaction, kOffice);
        journal.open(transaction, kNeighbour);
        for (int i = 1; i <= 10; ++i) {
            if (i == 6) checkpoint(transaction);
            pad.write(transaction, kOffice, "便笺" + std::to_string(i), "秘密");
            if (i <= 2) pad.write(transaction, kNeighbour, "邻居", "秘密");
        }
        CHECK(pad.correct(transaction, kOffice, 3, "改过的便笺", "改过的秘密"));
        checkpoint(transaction);
        transaction.commit();
    }

    void checkpoint(Transaction& transaction) {
        journal.checkpoint(transaction, kOffice, "fazhi/qianjin", kMorning);
    }

    void change(const std::string& sql, std::int64_t rows = 1) {
        CHECK(connection->change(sql) == rows);
    }

    VerifyOutcome verified(JurisdictionId jurisdiction = kOffice) {
        return verify(journal, keys.vault(), *connection, jurisdiction, projections, {});
    }

    testing::Keys keys;
    Journal journal{HashAlgorithm::Sm3, keys.vault()};
    testing::NotePad pad{journal};
    std::vector<Projection*> projections{&pad};
    std::unique_ptr<storage::Connection> connection;
};

std::string name_of(const Finding& finding) {
    return finding.kind + "|" + std::to_string(finding.seq) + "|" + finding.table + "|" +
           finding.row + "|" + finding.column;
}

std::vector<std::string> names_of(const VerifyOutcome& outcome) {
    std::vector<std::string> names;
    for (const auto& finding : outcome.findings) {
        CHECK_FALSE(finding.message.empty());
        CHECK(finding.message.find("秘密") == std::string::npos);
        names.push_back(name_of(finding));
    }
    return names;
}

using Names = std::vector<std::string>;

TEST_CASE("a journal nobody touched is in order") {
    for_each_database([](Database& database) {
        Office office(database);
        const auto outcome = office.verified();
        CHECK(names_of(outcome) == Names{});
        CHECK(outcome.records == 11);
        CHECK(outcome.checkpoints == 2);
        CHECK(outcome.rows == 10 + 11);
        CHECK(names_of(office.verified(kNeighbour)) == Names{});
    });
}

TEST_CASE("a reader's snapshot can be verified beside the writer") {
    for_each_database([](Database& database) {
        Office office(database);
        office.connection.reset();
        const auto snapshot = database.reading();
        const auto outcome =
            verify(office.journal, office.keys.vault(), *snapshot, kOffice, office.projections, {});
        CHECK(names_of(outcome) == Names{});
    });
}

TEST_CASE("every byte that is changed is found and named") {
    struct Case {
        std::string change;
        Names found;
    };
    // Where a body is changed, its row no longer follows from it either.
    const std::string no_seq = "row_differs|0|note_pad|id=4|";
    const std::vector<Case> cases = {
        {"UPDATE journal SET body = replace(body, '便笺4', '便笺5') "
         "WHERE jurisdiction_id = 2 AND seq = 4",
         {"checkpoint|5|checkpoint|size=5|note", "checkpoint|11|checkpoint|size=11|note",
          "body|4|journal|seq=4|body", no_seq + "title",
          "row_extra|0|note_pad_word|word=便笺4, id=4|",
          "row_missing|0|note_pad_word|word=便笺5, id=4|"}},
        {"UPDATE journal SET leaf_hash = (SELECT leaf_hash FROM journal WHERE "
         "jurisdiction_id = 2 AND seq = 8) WHERE jurisdiction_id = 2 AND seq = 7",
         {"leaf_hash|7|journal|seq=7|leaf_hash"}},
        {"UPDATE journal SET at = '2024-05-07T01:02:03Z' WHERE jurisdiction_id = 2 AND seq = 7",
         {"column|7|journal|seq=7|at"}},
        {"UPDATE journal_head SET size = 12 WHERE jurisdiction_id = 2",
         {"head|0|journal_head||size"}},
        {"UPDATE note_pad SET title = '改' WHERE jurisdiction_id = 2 AND id = 4",
         {"row_differs|0|note_pad|id=4|title"}},
        {"UPDATE note_pad SET revision = 2 WHERE jurisdiction_id = 2 AND id = 4",
         {"row_differs|0|note_pad|id=4|revision"}},
        {"UPDATE note_pad SET secret = NULL WHERE jurisdiction_id = 2 AND id = 4",
         {"row_differs|0|note_pad|id=4|secret"}},
        {"DELETE FROM note_pad WHERE jurisdiction_id = 2 AND id = 4",
         {"row_missing|0|note_pad|id=4|"}},
        {"UPDATE note_pad SET id = 40 WHERE jurisdiction_id = 2 AND id = 4",
         {"row_missing|0|note_pad|id=4|", "row_extra|0|note_pad|id=40|"}},
        {"UPDATE note_pad_word SET word = 'a' WHERE jurisdiction_id = 2 AND id = 4",
         {"row_extra|0|note_pad_word|word=a, id=4|",
          "row_missing|0|note_pad_word|word=便笺4, id=4|"}},
        {"UPDATE checkpoint SET note = replace(note, 'qianjin', 'minsheng') WHERE size = 5",
         {"checkpoint|5|checkpoint|size=5|note"}},
        {"UPDATE checkpoint SET note = 'x' WHERE size = 5",
         {"checkpoint|5|checkpoint|size=5|note"}},
        {"UPDATE checkpoint SET size = 4 WHERE size = 5", {"checkpoint|4|checkpoint|size=4|size"}},
        {"DELETE FROM journal_head WHERE jurisdiction_id = 2", {"head|0|journal_head||"}},
    };
    for_each_database([&](Database& database) {
        Office office(database);
        for (const auto& [change, found] : cases) {
            CAPTURE(change);
            Transaction transaction(*office.connection);
            office.change(change);
            CHECK(names_of(office.verified()) == found);
            CHECK(names_of(office.verified(kNeighbour)) == Names{});
        }
        CHECK(names_of(office.verified()) == Names{});
    });
}

TEST_CASE("a flipped bit in the head's hashes is found") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        std::string frontier;
        office.connection->query("SELECT frontier FROM journal_head WHERE jurisdiction_id = 2", {},
                                 [&](const storage::Row& row) { frontier = row.bytes(0); });
        frontier[40] = static_cast<char>(frontier[40] ^ 4);
        office.connection->execute(
            "UPDATE journal_head SET frontier = $1 WHERE jurisdiction_id = 2",
            {storage::Blob{frontier}});
        CHECK(names_of(office.verified()) == Names{"head|0|journal_head||frontier"});
    });
}

TEST_CASE("a body rewritten together with its hash and the head stands against the checkpoint") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        std::string body;
        std::vector<Digest> leaves;
        office.connection->query("SELECT body FROM journal WHERE jurisdiction_id = 2 ORDER BY seq",
                                 {}, [&](const storage::Row& row) {
                                     std::string one(row.text(0));
                                     if (leaves.size() == 7) {
                                         one.replace(one.find("便笺8"), std::string("便笺8").size(),
                                                     "便笺9");
                                         body = one;
                                     }
                                     leaves.push_back(leaf_hash(HashAlgorithm::Sm3, one));
                                 });
        Frontier frontier(HashAlgorithm::Sm3);
        for (const auto& leaf : leaves) frontier.push(leaf);
        office.connection->execute(
            "UPDATE journal SET body = $1, leaf_hash = $2 WHERE jurisdiction_id = 2 AND seq = 8",
            {body, storage::Blob{std::string(leaves[7].as_bytes())}});
        office.connection->execute(
            "UPDATE journal_head SET frontier = $1 WHERE jurisdiction_id = 2",
            {storage::Blob{frontier.bytes()}});
        office.change("UPDATE note_pad SET title = '便笺9' WHERE jurisdiction_id = 2 AND id = 8");
        office.change(
            "UPDATE note_pad_word SET word = '便笺9' WHERE jurisdiction_id = 2 AND id = 8");
        const auto outcome = office.verified();
        CHECK(names_of(outcome) == Names{"checkpoint|11|checkpoint|size=11|note"});
        // It is known to lie after the last checkpoint that agrees.
        CHECK(outcome.findings.at(0).message.find("第6至11条") != std::string::npos);
    });
}

TEST_CASE("records that were removed are missed, at the end and in the middle") {
    for_each_database([](Database& database) {
        Office office(database);
        {
            Transaction transaction(*office.connection);
            office.change("DELETE FROM journal WHERE jurisdiction_id = 2 AND seq >= 10", 2);
            const auto names = names_of(office.verified());
            REQUIRE(names.size() >= 2);
            CHECK(names[0] == "head|0|journal_head||size");
            CHECK(names[1] == "checkpoint|11|checkpoint|size=11|size");
        }
        Transaction transaction(*office.connection);
        office.change("DELETE FROM journal WHERE jurisdiction_id = 2 AND seq IN (6, 7)", 2);
        const auto outcome = office.verified();
        REQUIRE_FALSE(outcome.findings.empty());
        CHECK(name_of(outcome.findings[0]) == "record_missing|6|journal|seq=6|seq");
        CHECK(outcome.findings[0].message.find("第6至7条") != std::string::npos);
    });
}

TEST_CASE("a record put in before the first is found") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        office.change(
            "INSERT INTO journal (jurisdiction_id, seq, subject_id, at, body, leaf_hash) "
            "SELECT 2, 0, subject_id, at, body, leaf_hash FROM journal "
            "WHERE jurisdiction_id = 2 AND seq = 1");
        const auto names = names_of(office.verified());
        REQUIRE(names.size() >= 2);
        CHECK(std::count(names.begin(), names.end(), "column|0|journal|seq=0|seq") == 1);
        CHECK(std::count(names.begin(), names.end(), "record_extra|0|journal|seq=0|seq") == 1);
        CHECK(std::count(names.begin(), names.end(), "record_refused|1|journal|seq=1|") == 1);
    });
}

TEST_CASE("a record moved into another subject's history is found") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        office.change("UPDATE journal SET subject_id = 4 WHERE jurisdiction_id = 2 AND seq = 11");
        const auto names = names_of(office.verified());
        REQUIRE(names.size() >= 2);
        CHECK(names[0] == "column|11|journal|seq=11|subject_id");
        CHECK(names[1] == "sealed|11|journal|seq=11|");
    });
}

TEST_CASE("a destroyed key is in order where its columns went with it") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        office.keys.vault().destroy_key(transaction, kOffice, 4);
        office.change("UPDATE note_pad SET secret = NULL WHERE jurisdiction_id = 2 AND id = 4");
        CHECK(names_of(office.verified()) == Names{});
    });
}

TEST_CASE("a key that was changed is found, and so is a key that is another's") {
    for_each_database([](Database& database) {
        Office office(database);
        for (const auto* change :
             {"UPDATE entry_key SET wrapped = (SELECT wrapped FROM entry_key WHERE "
              "jurisdiction_id = 2 AND subject_id = 5) WHERE jurisdiction_id = 2 AND subject_id = "
              "4",
              "UPDATE entry_key SET wrapped = (SELECT wrapped FROM entry_key WHERE "
              "jurisdiction_id = 3 AND subject_id = 1) "
              "WHERE jurisdiction_id = 2 AND subject_id = 4"}) {
            CAPTURE(change);
            Transaction transaction(*office.connection);
            office.change(change);
            // The pad asks for the key again while it is replayed, and cannot go on without.
            CHECK(names_of(office.verified()) ==
                  Names{"key|4|journal|seq=4|wrapped", "record_refused|4|journal|seq=4|",
                        "row_extra|0|note_pad|id=4|",
                        "row_extra|0|note_pad_word|word=便笺4, id=4|"});
        }
    });
}

TEST_CASE("a record that means the impossible is named") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        const auto refused = transaction.attempt([&]() -> Result<void> {
            const auto corrected = office.pad.correct(transaction, kNeighbour, 1, "好", "秘密");
            CHECK(corrected);
            // Corrects, within its own record, what was never written.
            Entry entry;
            entry.body.set("action", "correct");
            entry.body.set("title", "无中生有");
            const auto record =
                office.journal.append(transaction, kNeighbour, kMorning, std::move(entry));
            CHECK(record.seq == 4);
            return {};
        });
        CHECK(refused);
        transaction.commit();
        CHECK(names_of(office.verified(kNeighbour)) == Names{"record_refused|4|journal|seq=4|"});

        Transaction again(*office.connection);
        const auto replayed = replay(office.journal, again, kNeighbour, office.projections, {});
        REQUIRE_FALSE(replayed);
        CHECK(replayed.error().code == errors::kImpossibleRecord);
        CHECK(replayed.error().message.find("第4条") != std::string::npos);
    });
}

TEST_CASE("replay repairs the tables of one jurisdiction and leaves the others") {
    for_each_database([](Database& database) {
        Office office(database);
        {
            Transaction transaction(*office.connection);
            office.change("DELETE FROM note_pad WHERE jurisdiction_id = 2 AND id < 4", 3);
            office.change("UPDATE note_pad SET title = '改' WHERE jurisdiction_id = 2 AND id = 5");
            office.change("UPDATE note_pad SET title = '改' WHERE jurisdiction_id = 3 AND id = 1");
            office.change("DELETE FROM note_pad_word WHERE jurisdiction_id = 2", 11);
            transaction.commit();
        }
        std::vector<std::int64_t> reported;
        {
            Transaction transaction(*office.connection);
            const auto replayed = replay(office.journal, transaction, kOffice, office.projections,
                                         [&](std::int64_t done, std::int64_t of) {
                                             CHECK(of == 11);
                                             reported.push_back(done);
                                         });
            REQUIRE(replayed);
            CHECK(*replayed == 11);
            transaction.commit();
        }
        CHECK(reported == std::vector<std::int64_t>{11});
        CHECK(names_of(office.verified()) == Names{});
        CHECK(names_of(office.verified(kNeighbour)) == Names{"row_differs|0|note_pad|id=1|title"});
    });
}

TEST_CASE("replay of a changed journal is refused") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        office.change(
            "UPDATE journal SET body = replace(body, '便笺4', '便笺5') "
            "WHERE jurisdiction_id = 2 AND seq = 4");
        const auto replayed = replay(office.journal, transaction, kOffice, office.projections, {});
        REQUIRE_FALSE(replayed);
        CHECK(replayed.error().code == errors::kBrokenRecord);
    });
}

TEST_CASE("many rows are compared page by page, and findings beyond the limit are counted") {
    for_each_database([](Database& database) {
        Office office(database);
        {
            Transaction transaction(*office.connection);
            for (int i = 0; i < 1300; ++i) {
                office.pad.write(transaction, kOffice, "便笺" + std::to_string(i % 7), "秘密");
            }
            transaction.commit();
        }
        CHECK(names_of(office.verified()) == Names{});
        Transaction transaction(*office.connection);
        office.change("UPDATE note_pad SET revision = 9 WHERE jurisdiction_id = 2 AND id > 1000",
                      311);
        const auto outcome = office.verified();
        REQUIRE(outcome.findings.size() == kFindingsMax);
        CHECK(name_of(outcome.findings[0]) == "row_differs|0|note_pad|id=1001|revision");
        CHECK(outcome.findings.back().kind == "more");
        CHECK(outcome.findings.back().message == "另有212处不一致没有列出。");
    });
}

}  // namespace
}  // namespace fazhi::journal
