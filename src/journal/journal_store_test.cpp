#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "journal/errors.h"
#include "journal/journal.h"
#include "journal/pending_store.h"
#include "journal/testing/keys.h"
#include "storage/connection.h"
#include "storage/database.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::journal {
namespace {

using storage::Connection;
using storage::Database;
using storage::Transaction;
using storage::testing::for_each_database;
using storage::testing::lines_of;

constexpr JurisdictionId kOffice{2};
constexpr JurisdictionId kNeighbour{3};
const calendar::Instant kMorning{std::chrono::seconds(1'714'957'323)};  // 2024-05-06T01:02:03Z

Entry entry(const std::string& title, std::int64_t subject = 0, const std::string& secret = "") {
    Entry made;
    made.body.set("action", subject == 0 ? "create" : "amend");
    made.body.set("title", title);
    if (!secret.empty()) made.sealed.set("phone", secret);
    made.subject = subject;
    return made;
}

Error busy() {
    return {ErrorKind::RefusedByRule, "test.refused", "不行。", ""};
}

// An office with an open journal.
struct Office {
    explicit Office(Database& database) : connection(database.writing()) {
        Transaction transaction(*connection);
        journal.open(transaction, kOffice);
        journal.open(transaction, kNeighbour);
        transaction.commit();
    }

    std::int64_t append(Entry made) {
        Transaction transaction(*connection);
        const auto seq = journal.append(transaction, kOffice, kMorning, std::move(made)).seq;
        transaction.commit();
        return seq;
    }

    std::vector<Record> all(JurisdictionId jurisdiction = kOffice, std::int64_t from = 1) {
        std::vector<Record> records;
        const auto read = journal.read(*connection, jurisdiction, from,
                                       [&](const Record& record) -> Result<void> {
                                           records.push_back(record);
                                           return {};
                                       });
        CHECK(read.has_value());
        return records;
    }

    testing::Keys keys;
    Journal journal{HashAlgorithm::Sm3, keys.vault()};
    std::unique_ptr<Connection> connection;
};

// A connection that counts the statements that read.
class Counting final : public Connection {
public:
    explicit Counting(Connection& behind) : behind_(behind) {}
    [[nodiscard]] int queries() const { return queries_; }

    [[nodiscard]] storage::Dialect dialect() const override { return behind_.dialect(); }
    void execute(std::string_view sql, std::span<const storage::Cell> cells) override {
        behind_.execute(sql, cells);
    }
    std::int64_t change(std::string_view sql, std::span<const storage::Cell> cells) override {
        return behind_.change(sql, cells);
    }
    void settle() override { behind_.settle(); }
    [[nodiscard]] std::uint64_t told() const override { return behind_.told(); }
    void query(std::string_view sql, std::span<const storage::Cell> cells,
               const storage::RowReader& read) override {
        ++queries_;
        behind_.query(sql, cells, read);
    }
    void insert_rows(std::string_view table, std::span<const std::string> columns,
                     std::span<const std::vector<storage::Cell>> rows) override {
        behind_.insert_rows(table, columns, rows);
    }
    void see(const storage::Sight& sight) override { behind_.see(sight); }
    void see_too(JurisdictionId jurisdiction) override { behind_.see_too(jurisdiction); }
    void run_script(std::string_view sql) override { behind_.run_script(sql); }

private:
    Connection& behind_;
    int queries_ = 0;
};

TEST_CASE("a record reads back as it was appended, with what the journal adds") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        const auto appended =
            office.journal.append(transaction, kOffice, kMorning, entry("纠纷", 0, "13800000000"));
        transaction.commit();

        const auto records = office.all();
        REQUIRE(records.size() == 1);
        CHECK(records[0].seq == 1);
        CHECK(records[0].body == appended.body);
        CHECK(records[0].sealed == appended.sealed);
        CHECK(records[0].sealed.text_at("phone") == "13800000000");
        const auto& body = records[0].body;
        CHECK(body.integer_at("jurisdiction") == 2);
        CHECK(body.integer_at("seq") == 1);
        CHECK(body.integer_at("subject") == 1);
        CHECK(body.text_at("at") == "2024-05-06T01:02:03Z");
        CHECK(body.text_at("title") == "纠纷");
        CHECK(canonical(body).find("138") == std::string::npos);
    });
}

TEST_CASE("seqs run from 1 without gaps, in each jurisdiction for itself") {
    for_each_database([](Database& database) {
        Office office(database);
        for (std::int64_t seq = 1; seq <= 3; ++seq) CHECK(office.append(entry("甲")) == seq);
        Transaction transaction(*office.connection);
        CHECK(office.journal.next_seq(transaction, kOffice) == 4);
        CHECK(office.journal.next_seq(transaction, kNeighbour) == 1);
        for (int i = 0; i < 100; ++i) {
            office.journal.append(transaction, kOffice, kMorning, entry("乙"));
            office.journal.append(transaction, kNeighbour, kMorning, entry("丙"));
        }
        CHECK(office.journal.next_seq(transaction, kOffice) == 104);
        transaction.commit();

        const auto ours = office.all();
        REQUIRE(ours.size() == 103);
        for (std::size_t i = 0; i < ours.size(); ++i) {
            CHECK(ours[i].seq == static_cast<std::int64_t>(i + 1));
        }
        CHECK(office.all(kNeighbour).size() == 100);
        CHECK(office.all(kOffice, 101).size() == 3);
        CHECK(office.journal.head(*office.connection, kOffice).size == 103);
        CHECK(office.journal.head(*office.connection, kNeighbour).size == 100);
    });
}

TEST_CASE("more records than a page are read in order") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        for (int i = 0; i < 1203; ++i) {
            office.journal.append(transaction, kOffice, kMorning, entry("甲"));
        }
        transaction.commit();
        const auto records = office.all();
        REQUIRE(records.size() == 1203);
        CHECK(records.back().seq == 1203);
        std::int64_t lines = 0;
        office.journal.export_lines(*office.connection, kOffice,
                                    [&](const std::string&) { ++lines; });
        CHECK(lines == 1203);
    });
}

TEST_CASE("a refused command leaves no record, no key, no gap and the same root") {
    for_each_database([](Database& database) {
        Office office(database);
        office.append(entry("一"));
        Transaction transaction(*office.connection);
        office.journal.append(transaction, kOffice, kMorning, entry("二", 0, "secret"));
        // Enough that some of them are written inside the savepoint, and undone with it.
        const auto refused = transaction.attempt([&]() -> Result<void> {
            for (int i = 0; i < 100; ++i) {
                office.journal.append(transaction, kOffice, kMorning, entry("不算", 0, "x"));
            }
            return refuse(busy());
        });
        CHECK_FALSE(refused);
        const auto kept = transaction.attempt([&]() -> Result<void> {
            office.journal.append(transaction, kOffice, kMorning, entry("三", 2, "更正"));
            return {};
        });
        CHECK(kept);
        CHECK(office.journal.next_seq(transaction, kOffice) == 4);
        transaction.commit();

        const auto records = office.all();
        REQUIRE(records.size() == 3);
        CHECK(records[1].sealed.text_at("phone") == "secret");
        CHECK(records[2].body.text_at("title") == "三");
        CHECK(records[2].sealed.text_at("phone") == "更正");
        std::vector<Digest> leaves;
        for (const auto& record : records) {
            leaves.push_back(leaf_hash(HashAlgorithm::Sm3, canonical(record.body)));
        }
        CHECK(office.journal.head(*office.connection, kOffice).root ==
              root_of(HashAlgorithm::Sm3, leaves));
        CHECK(lines_of(*office.connection, "SELECT count(*) FROM entry_key") ==
              std::vector<std::string>{"2"});
    });
}

TEST_CASE("the first command of a transaction being refused leaves nothing") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        const auto refused = transaction.attempt([&]() -> Result<void> {
            office.journal.append(transaction, kOffice, kMorning, entry("不算", 0, "x"));
            return refuse(busy());
        });
        CHECK_FALSE(refused);
        transaction.commit();
        CHECK(office.all().empty());
        CHECK(office.journal.head(*office.connection, kOffice).size == 0);
        CHECK(office.append(entry("甲")) == 1);
    });
}

TEST_CASE("a transaction that is not committed leaves nothing") {
    for_each_database([](Database& database) {
        Office office(database);
        {
            Transaction transaction(*office.connection);
            for (int i = 0; i < 100; ++i) {
                office.journal.append(transaction, kOffice, kMorning, entry("不算"));
            }
        }
        CHECK(office.all().empty());
        CHECK(office.append(entry("甲")) == 1);
    });
}

TEST_CASE("the history of a subject is its own records, in order") {
    for_each_database([](Database& database) {
        Office office(database);
        const auto first = office.append(entry("甲", 0, "一"));
        const auto second = office.append(entry("乙", 0, "二"));
        office.append(entry("甲改", first, "三"));
        office.append(entry("乙改", second));
        office.append(entry("甲再改", first));

        const auto history = office.journal.history(*office.connection, kOffice, first);
        REQUIRE(history);
        REQUIRE(history->size() == 3);
        CHECK((*history)[0].body.text_at("title") == "甲");
        CHECK((*history)[1].sealed.text_at("phone") == "三");
        CHECK((*history)[2].body.text_at("title") == "甲再改");
        CHECK((*history)[2].sealed.is_null());
        CHECK(office.journal.history(*office.connection, kNeighbour, first)->empty());
    });
}

TEST_CASE("a destroyed key leaves the record and takes what it sealed") {
    for_each_database([](Database& database) {
        Office office(database);
        const auto first = office.append(entry("甲", 0, "13800000000"));
        const auto second = office.append(entry("乙", 0, "13900000000"));
        const auto before = office.journal.head(*office.connection, kOffice);
        Transaction transaction(*office.connection);
        CHECK(office.journal.key_of(transaction, kOffice, first));
        office.keys.vault().destroy_key(transaction, kOffice, first);
        CHECK_FALSE(office.journal.key_of(transaction, kOffice, first));
        // Also one that was made a moment ago.
        const auto third =
            office.journal.append(transaction, kOffice, kMorning, entry("丙", 0, "x")).seq;
        office.keys.vault().destroy_key(transaction, kOffice, third);
        transaction.commit();

        const auto records = office.all();
        REQUIRE(records.size() == 3);
        CHECK(records[0].sealed.is_null());
        CHECK(records[0].body.has("sealed"));
        CHECK(records[0].body.text_at("title") == "甲");
        CHECK(records[1].sealed.text_at("phone") == "13900000000");
        CHECK(records[2].sealed.is_null());
        CHECK(office.keys.vault().find_key(*office.connection, kOffice, second));
        CHECK_FALSE(office.keys.vault().find_key(*office.connection, kOffice, first));
        CHECK(before.size == 2);
    });
}

TEST_CASE("every record that creates a subject makes its key, sealed or not") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        const auto seq = office.journal.append(transaction, kOffice, kMorning, entry("甲")).seq;
        const auto key = office.journal.key_of(transaction, kOffice, seq);
        REQUIRE(key);
        transaction.commit();
        CHECK(office.keys.vault().find_key(*office.connection, kOffice, seq) == key);
    });
}

TEST_CASE("the keys of another data folder open nothing, loudly") {
    for_each_database([](Database& database) {
        Office office(database);
        const auto seq = office.append(entry("甲", 0, "x"));
        const testing::Keys others;
        CHECK_THROWS_AS(
            static_cast<void>(others.vault().find_key(*office.connection, kOffice, seq)),
            std::runtime_error);
        const Journal journal(HashAlgorithm::Sm3, others.vault());
        const auto read = journal.history(*office.connection, kOffice, seq);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == errors::kBrokenRecord);
    });
}

TEST_CASE("a changed record is refused when it is read") {
    for_each_database([](Database& database) {
        const std::vector<std::string> changes = {
            "UPDATE journal SET body = replace(body, '甲', '乙') WHERE seq = 1",
            "UPDATE journal SET body = replace(body, '{', '{ ') WHERE seq = 1",
            "UPDATE journal SET at = '2023-01-01T00:00:00Z' WHERE seq = 1",
            "UPDATE journal SET subject_id = 2 WHERE seq = 1",
            "UPDATE journal SET leaf_hash = (SELECT leaf_hash FROM journal WHERE seq = 2) "
            "WHERE seq = 1",
        };
        Office office(database);
        office.append(entry("甲", 0, "x"));
        office.append(entry("丙"));
        for (const auto& change : changes) {
            CAPTURE(change);
            Transaction transaction(*office.connection);
            CHECK(office.connection->change(change) == 1);
            const auto read = office.journal.read(*office.connection, kOffice, 1,
                                                  [](const Record&) -> Result<void> { return {}; });
            REQUIRE_FALSE(read);
            CHECK(read.error().code == errors::kBrokenRecord);
            CHECK(read.error().message.find("第1条") != std::string::npos);
        }
    });
}

TEST_CASE("reading stops at what the reader refuses") {
    for_each_database([](Database& database) {
        Office office(database);
        for (int i = 0; i < 3; ++i) office.append(entry("甲"));
        int seen = 0;
        const auto read = office.journal.read(*office.connection, kOffice, 1,
                                              [&](const Record& record) -> Result<void> {
                                                  ++seen;
                                                  if (record.seq == 2) return refuse(busy());
                                                  return {};
                                              });
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "test.refused");
        CHECK(seen == 2);
    });
}

TEST_CASE("a checkpoint signs the journal with what the transaction adds, once a size") {
    for_each_database([](Database& database) {
        Office office(database);
        office.append(entry("甲"));
        Transaction transaction(*office.connection);
        office.journal.append(transaction, kOffice, kMorning, entry("乙"));
        const auto note =
            office.journal.checkpoint(transaction, kOffice, "fazhi/qianjin", kMorning);
        CHECK(office.journal.checkpoint(transaction, kOffice, "fazhi/qianjin", kMorning) == note);
        transaction.commit();

        const auto head = office.journal.head(*office.connection, kOffice);
        CHECK(note.starts_with("fazhi/qianjin\n2\n" + base64(head.root.as_bytes()) + "\n\n— "));
        CHECK(lines_of(*office.connection, "SELECT jurisdiction_id, size, at FROM checkpoint") ==
              std::vector<std::string>{"2|2|2024-05-06T01:02:03Z"});
    });
}

TEST_CASE("the export holds each body exactly, so that an outsider computes the root") {
    for_each_database([](Database& database) {
        Office office(database);
        office.append(entry("引号\"与\\换行\n", 0, "13800000000"));
        office.append(entry("乙", 1));
        std::vector<Digest> leaves;
        office.journal.export_lines(*office.connection, kOffice, [&](const std::string& line) {
            CHECK(line.find('\n') == std::string::npos);
            const auto body_begin = line.find(R"("body":)") + 7;
            const auto body =
                parse_canonical(line.substr(body_begin, line.size() - body_begin - 1));
            REQUIRE(body);
            leaves.push_back(leaf_hash(HashAlgorithm::Sm3, body->as_text()));
            CHECK(line.find("\"leaf_hash\":\"" + leaves.back().hex()) != std::string::npos);
        });
        REQUIRE(leaves.size() == 2);
        CHECK(office.journal.head(*office.connection, kOffice).root ==
              root_of(HashAlgorithm::Sm3, leaves));

        const auto some = office.journal.leaves(*office.connection, kOffice, {2, 9, 1});
        REQUIRE(some.size() == 2);
        CHECK(some[0] == std::pair<std::int64_t, Digest>(2, leaves[1]));
        CHECK(some[1] == std::pair<std::int64_t, Digest>(1, leaves[0]));
        CHECK(office.journal.leaves(*office.connection, kOffice, {}).empty());
        CHECK(office.journal.leaves(*office.connection, kOffice, std::vector<std::int64_t>(250, 1))
                  .size() == 250);
    });
}

TEST_CASE("500 records in one transaction ask the database once") {
    for_each_database([](Database& database) {
        Office office(database);
        Counting counting(*office.connection);
        Transaction transaction(counting);
        for (int i = 0; i < 250; ++i) {
            const auto appended = transaction.attempt([&]() -> Result<void> {
                const auto seq =
                    office.journal.append(transaction, kOffice, kMorning, entry("甲", 0, "x")).seq;
                office.journal.append(transaction, kOffice, kMorning, entry("乙", seq, "y"));
                return {};
            });
            CHECK(appended);
        }
        transaction.commit();
        CHECK(counting.queries() == 1);
        CHECK(office.all().size() == 500);
    });
}

TEST_CASE("keys beyond those remembered are read again") {
    for_each_database([](Database& database) {
        Office office(database);
        Transaction transaction(*office.connection);
        for (int i = 0; i < 1100; ++i) {
            office.journal.append(transaction, kOffice, kMorning, entry("甲", 0, "x"));
        }
        office.journal.append(transaction, kOffice, kMorning, entry("甲改", 1, "first"));
        transaction.commit();
        CHECK(office.all().back().sealed.text_at("phone") == "first");
    });
}

TEST_CASE("a damaged head is said, and nothing is appended after it") {
    for_each_database([](Database& database) {
        Office office(database);
        office.append(entry("甲"));
        Transaction transaction(*office.connection);
        office.connection->execute("UPDATE journal_head SET size = 2 WHERE jurisdiction_id = 2");
        office.connection->execute("UPDATE journal_head SET size = 3 WHERE jurisdiction_id = 2");
        CHECK_THROWS_AS(office.journal.append(transaction, kOffice, kMorning, entry("乙")),
                        std::runtime_error);
        CHECK_THROWS_AS(static_cast<void>(office.journal.head(*office.connection, kOffice)),
                        std::runtime_error);
    });
}

TEST_CASE("a journal that was never opened is empty") {
    for_each_database([](Database& database) {
        Office office(database);
        const auto head = office.journal.head(*office.connection, JurisdictionId{99});
        CHECK(head.size == 0);
        CHECK(head.root == root_of(HashAlgorithm::Sm3, {}));
        CHECK(office.all(JurisdictionId{99}).empty());
    });
}

TEST_CASE("the hash algorithm of a database is chosen once") {
    for_each_database([](Database& database) {
        const auto connection = database.writing();
        CHECK_FALSE(stored_algorithm(*connection));
        {
            Transaction transaction(*connection);
            store_algorithm(transaction, HashAlgorithm::Sha256);
            transaction.commit();
        }
        CHECK(stored_algorithm(*connection) == HashAlgorithm::Sha256);
        Transaction transaction(*connection);
        const auto store_again = [&] {
            store_algorithm(transaction, HashAlgorithm::Sm3);
            connection->settle();
        };
        CHECK_THROWS_AS(store_again(), storage::Failure);
    });
}

TEST_CASE("a transaction that makes more keys than are remembered seals under each of them") {
    for_each_database([](Database& database) {
        Office office(database);
        constexpr auto kEntries = static_cast<std::int64_t>(kKeysRememberedMax) + 10;
        {
            Transaction transaction(*office.connection);
            for (std::int64_t n = 1; n <= kEntries; ++n)
                office.journal.append(transaction, kOffice, kMorning,
                                      entry("新", 0, "秘密" + std::to_string(n)));
            // The first key is not remembered any more: it is in the table by now.
            office.journal.append(transaction, kOffice, kMorning, entry("改", 1, "改过"));
            transaction.commit();
        }
        const std::vector<Record> records = office.all();
        REQUIRE(records.size() == static_cast<std::size_t>(kEntries) + 1);
        CHECK(records.front().sealed.text_at("phone") == "秘密1");
        CHECK(records.at(kKeysRememberedMax).sealed.text_at("phone") ==
              "秘密" + std::to_string(kKeysRememberedMax + 1));
        CHECK(records.back().sealed.text_at("phone") == "改过");
    });
}

}  // namespace
}  // namespace fazhi::journal
