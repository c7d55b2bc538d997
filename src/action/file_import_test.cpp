#include "action/file_import.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/errors.h"
#include "action/testing/small_office.h"
#include "journal/projection.h"
#include "storage/failure.h"
#include "storage/testing/databases.h"
#include "storage/testing/faulty_disk.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

// An import of `csv` as a file called 表.csv.
struct Importing {
    Importing(SmallOffice& small, const std::string& ledger, const std::string& csv,
              const std::string& as = "p2")
        : office(small),
          order{.office = small.id,
                .as = as,
                .ledger = ledger,
                .sheet = {},
                .file = "表.csv",
                .digest = digest_of(small.workplace->journal.algorithm(), csv),
                .evidence = small.folders.office() / "files",
                .history = false,
                .year = 0},
          bytes(csv) {}

    FileImport opened() {
        const auto wish = import_wish(*office.workplace, order);
        REQUIRE(wish);
        auto table = exchange::read_table(bytes, *wish);
        REQUIRE(table);
        return FileImport(*office.workplace, order, *std::move(table));
    }
    Result<Imported> check() {
        return opened().check([](auto, auto) {});
    }
    // Asked to stop once so many batches are written.
    Result<FileImport::Outcome> write(std::size_t batches = SIZE_MAX) {
        std::stop_source stop;
        std::size_t count = 0;
        return opened().write(
            [&](const Imported&) {
                if (++count >= batches) stop.request_stop();
            },
            stop.get_token());
    }

    SmallOffice& office;
    ImportOrder order;
    std::string bytes;
};

std::string visits(std::size_t count) {
    std::string out = "走访日期,地点\n";
    for (std::size_t i = 1; i <= count; ++i) out += fmt::format("2024-03-01,第{}处\n", i);
    return out;
}

template <class T>
Lines wrong(const Result<T>& result) {
    return result ? Lines{} : codes_of(result.error());
}

const char* const kImports =
    "SELECT state, target, file, done_row, made, updated, unchanged, voided FROM ledger_import "
    "ORDER BY id";

}  // namespace

TEST_CASE("a file is tried without leaving anything, then written with its import beside it") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Importing file(office, "走访", visits(3));
        const Lines before = office.lines_of("SELECT size FROM journal_head ORDER BY 1");
        REQUIRE(file.check());
        CHECK(file.check()->made == 3);
        CHECK(office.lines_of("SELECT size FROM journal_head ORDER BY 1") == before);
        const auto written = file.write();
        REQUIRE(written);
        CHECK(written->imported.made == 3);
        CHECK(office.lines_of(kImports) == Lines{"finished|visit|表.csv|4|3|0|0|0"});
        CHECK(
            office.lines_of("SELECT relation, to_ledger FROM link WHERE from_ledger = 'import'") ==
            Lines{"opened|visit", "opened|visit", "opened|visit"});
        CHECK(office.lines_of("SELECT count(*) FROM journal WHERE body LIKE '%\"row\":4%'") ==
              Lines{"1"});
    });
}

TEST_CASE("days without a year are refused, unless it is said which year they are of") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Importing file(office, "visit", "走访日期,地点\n5月6日,广场\n3/1,学校\n2024.2.29,社区\n");
        CHECK(wrong(file.check()) == Lines{"ledger.bad_value|走访!A2", "ledger.bad_value|走访!A3"});
        file.order.year = 2024;
        REQUIRE(file.write());
        CHECK(office.lines_of("SELECT dated_on, place FROM ledger_visit WHERE dated_on >= '2024' "
                              "ORDER BY dated_on") ==
              Lines{"2024-02-29|社区", "2024-03-01|学校", "2024-05-06|广场"});
    });
}

TEST_CASE("an import that stopped goes on with the same file where it was, and not twice") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Importing file(office, "visit", visits(kImportBatchRows + 2));
        const auto stopped = file.write(1);
        REQUIRE(stopped);
        CHECK(stopped->stopped);
        CHECK(office.lines_of(kImports) == Lines{"running|visit|表.csv|501|500|0|0|0"});

        Importing other(office, "visit", file.bytes, "p3");
        CHECK(wrong(other.check()) == Lines{"action.import_of_another|file"});
        CHECK(file.check()->made == 2);
        const auto rest = file.write();
        REQUIRE(rest);
        CHECK(rest->from_row == 501);
        CHECK(rest->imported.made == kImportBatchRows + 2);
        CHECK(office.lines_of(kImports) == Lines{"finished|visit|表.csv|503|502|0|0|0"});
        CHECK(office.lines_of("SELECT count(*), count(DISTINCT place) FROM ledger_visit WHERE "
                              "dated_on >= '2024'") == Lines{"502|502"});

        CHECK(wrong(file.check()) == Lines{"action.imported_before|file"});
        CHECK(wrong(file.write()) == Lines{"action.imported_before|file"});
    });
}

TEST_CASE("a batch that is refused leaves the batches before it, and the import knows how far") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Importing file(office, "visit", visits(kImportBatchRows) + "2024-02-30,错行\n");
        CHECK(wrong(file.write()) == Lines{"ledger.bad_value|走访!A502"});
        CHECK(office.lines_of(kImports) == Lines{"running|visit|表.csv|501|500|0|0|0"});
    });
}

TEST_CASE("an import is undone as a whole, once, and may then be imported again") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Importing file(office, "visit", visits(kImportBatchRows + 1));
        const auto first = file.write();
        REQUIRE(first);
        const auto undo = [&](const std::string& as, const std::string& note) {
            return undo_import(*office.workplace, {office.id, as, first->import, note});
        };
        CHECK(wrong(undo("p1", "导错了")) == Lines{"access.forbidden|"});
        CHECK(wrong(undo("p2", "")) == Lines{"ledger.reason_missing|note"});
        const auto undone = undo("p2", "导错了");
        REQUIRE(undone);
        CHECK(*undone == kImportBatchRows + 1);
        CHECK(office.lines_of("SELECT voided, count(*) FROM ledger_visit WHERE dated_on >= '2024' "
                              "GROUP BY voided") == Lines{"1|501"});
        CHECK(wrong(undo("p2", "再来一次")) == Lines{"ledger.voided|entry"});
        const auto again = file.write();
        REQUIRE(again);
        CHECK(again->import != first->import);
        CHECK(again->imported.made == kImportBatchRows + 1);
    });
}

TEST_CASE("what was worked on after its import is not undone with it") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Importing file(office, "matter", "受理日期,事由\n2024-03-01,漏水\n2024-03-02,噪声\n");
        const auto written = file.write();
        REQUIRE(written);
        const EntryId matter{std::stoll(
            office.lines_of("SELECT id FROM ledger_matter WHERE title = '漏水' AND voided = 0 AND "
                            "dated_on = '2024-03-01'")[0])};
        office.clock.advance(std::chrono::hours(1));
        REQUIRE(office.run(
            "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                TRY_OK(
                    move_entry({*office.workplace, transaction, context}, {.ledger = "matter",
                                                                           .entry = matter,
                                                                           .transition = "finish",
                                                                           .happened_on = {},
                                                                           .fields = {},
                                                                           .note = {}}));
                return {};
            }));
        const auto undone =
            undo_import(*office.workplace, {office.id, "p2", written->import, "导错了"});
        CHECK(wrong(undone) == Lines{"action.moved_since|" + std::to_string(matter.value)});
        CHECK(office.lines_of("SELECT count(*) FROM ledger_matter WHERE voided = 1") == Lines{"0"});
    });
}

TEST_CASE("rows with a key update the entries they were, and leave what they leave empty") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Importing first(office, "depot",
                        "登记日期,编码,数量,保管人,电话,证据：照片\n"
                        "2024-03-01,A1,5,王小明,13800138000,photo.txt\n"
                        "2024-03-01,A2,6,孙立,,\n");
        REQUIRE(first.write());
        const char* const kRows =
            "SELECT code, amount, COALESCE(keeper, ''), revision FROM ledger_depot WHERE voided = "
            "0 ORDER BY code";
        const Lines before = office.lines_of(kRows);
        CHECK(before == Lines{"A1|5|王小明|2", "A2|6|孙立|1"});

        Importing second(office, "depot",
                         "登记日期,编码,数量,保管人,电话,证据：照片\n"
                         "2024-03-01,A1,7,,13800138000,photo.txt\n"
                         "2024-03-01,A2,6,孙立,,\n"
                         "2024-04-01,A3,1,,,\n");
        const auto written = second.write();
        REQUIRE(written);
        CHECK(written->imported.made == 1);
        CHECK(written->imported.updated == 1);
        CHECK(written->imported.unchanged == 1);
        CHECK(office.lines_of(kRows) == Lines{"A1|7|王小明|3", "A2|6|孙立|1", "A3|1||1"});
        CHECK(office.lines_of("SELECT count(*) FROM evidence_use WHERE ledger = 'depot'") ==
              Lines{"1"});

        // Undone: what it made goes, what it updated stays.
        REQUIRE(undo_import(*office.workplace, {office.id, "p2", written->import, "试一试"}));
        CHECK(office.lines_of(kRows) == Lines{"A1|7|王小明|3", "A2|6|孙立|1"});
    });
}

TEST_CASE("one key twice, in the file or in the ledger, is not guessed about") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Importing twice(office, "depot", "登记日期,编码\n2024-03-01,A1\n2024-03-02,A1\n");
        CHECK(wrong(twice.check()) == Lines{"action.same_key_twice|物资!B3"});
        for (int i = 0; i < 2; ++i) {
            REQUIRE(office.run(
                "p2",
                [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                    TRY_OK(create_entry(
                        {*office.workplace, transaction, context},
                        {.ledger = "depot",
                         .fields = Value::Map{{"code", "B1"}, {"occurred_on", "2024-03-01"}},
                         .unit = {},
                         .handler = {},
                         .reference = {},
                         .opened_by = {},
                         .opened_by_ledger = {}}));
                    return {};
                }));
        }
        Importing both(office, "depot", "登记日期,编码\n2024-03-01,B1\n");
        CHECK(wrong(both.check()) == Lines{"ledger.ambiguous_key|物资!B2"});
    });
}

TEST_CASE("wherever the disk fills up during an import, it goes on once there is space") {
    constexpr int kGoodMax = 10'000;
    storage::testing::FaultyDisk disk;
    bool failed = true;
    for (int good = 0; failed; good = good * 2 + 1) {
        CAPTURE(good);
        REQUIRE(good < kGoodMax);
        const storage::testing::Scratch scratch;
        const auto database = storage::testing::opened(scratch.file("office.db"));
        SmallOffice office(*database);
        Importing file(office, "visit", visits(kImportBatchRows + 20));
        disk.fail_after(good, storage::testing::FaultyDisk::Fault::Full);
        try {
            const auto cut_short = file.write();
            static_cast<void>(cut_short);
        } catch (const storage::Failure& failure) {
            CHECK(failure.kind() == storage::FailureKind::DiskFull);
        }
        failed = disk.mend();
        if (failed) REQUIRE(file.write());
        CHECK(office.lines_of("SELECT count(*), count(DISTINCT place) FROM ledger_visit WHERE "
                              "dated_on >= '2024'") == Lines{"520|520"});
        CHECK(office.lines_of(kImports) == Lines{"finished|visit|表.csv|521|520|0|0|0"});
        CHECK(journal::verify(office.workplace->journal, office.workplace->vault,
                              *database->reading(), office.id, office.workplace->projections(), {})
                  .findings.empty());
    }
}

}  // namespace fazhi::action
