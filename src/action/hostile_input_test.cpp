// What people and programs send by mistake or on purpose: each is refused where it stands, in
// words, and nothing of it is written.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/entry_commands.h"
#include "action/file_import.h"
#include "action/testing/small_office.h"
#include "ledger/evidence_files.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

Lines imported(SmallOffice& office, const std::string& ledger, const std::string& bytes) {
    const ImportOrder order{.office = office.id,
                            .as = "p2",
                            .ledger = ledger,
                            .sheet = {},
                            .file = "表.csv",
                            .digest = digest_of(HashAlgorithm::Sm3, bytes),
                            .evidence = office.folders.office() / "files",
                            .history = false,
                            .year = 0};
    const auto wish = import_wish(*office.workplace, order);
    if (!wish) return codes_of(wish.error());
    auto table = exchange::read_table(bytes, *wish);
    if (!table) return codes_of(table.error());
    FileImport import(*office.workplace, order, *std::move(table));
    const auto tried = import.check([](auto, auto) {});
    return tried ? Lines{} : codes_of(tried.error());
}

std::string said(const char* about, const Lines& found) {
    return fmt::format("{}: {}", about, fmt::join(found, ", "));
}

struct Case {
    const char* about;
    std::string bytes;
    Lines found;
};

std::string row(const std::string& date, const std::string& place, const std::string& kind = "",
                const std::string& unit = "") {
    return "走访日期,地点,方式,单位\n" + date + "," + place + "," + kind + "," + unit + "\n";
}

}  // namespace

TEST_CASE("hostile sheets are refused cell by cell, and leave nothing") {
    const std::vector<Case> cases = {
        {"a day that does not exist", row("2024-02-30", "广场"), {"ledger.bad_value|走访!A2"}},
        {"the other one", row("2024年6月31日", "广场"), {"ledger.bad_value|走访!A2"}},
        {"before there were offices", row("1949-09-30", "广场"), {"ledger.bad_value|走访!A2"}},
        {"a day that lies ahead", row("2024-05-07", "广场"), {"ledger.in_future|走访!A2"}},
        {"words for a date", row("上周三", "广场"), {"ledger.bad_value|走访!A2"}},
        {"a unit that is none",
         row("2024-03-01", "广场", "", "没有的社区"),
         {"ledger.no_such_reference|走访!D2"}},
        {"a choice that is none",
         row("2024-03-01", "广场", "飞鸽"),
         {"ledger.no_such_option|走访!C2"}},
        {"a direction mark", row("2024-03-01", "广\u202E场"), {"ledger.bad_text|走访!B2"}},
        {"a character of no width", row("2024-03-01", "广\u200B场"), {"ledger.bad_text|走访!B2"}},
        {"a null character",
         row("2024-03-01", std::string("广\0场", 7)),
         {"ledger.bad_text|走访!B2"}},
        {"a bell", row("2024-03-01", "广\a场"), {"ledger.bad_text|走访!B2"}},
        {"ten megabytes in one cell",
         row("2024-03-01", std::string(10'000'000, 'x')),
         {"ledger.bad_text|走访!B2"}},
        {"neither UTF-8 nor GB18030", row("2024-03-01", "\xFF\xFE\xFF"), {"exchange.not_utf8|"}},
        {"a quote without a partner",
         "走访日期,地点\n2024-03-01,\"广场\n",
         {"exchange.not_csv|A2"}},
        {"a head that is none",
         "走访日期,地点,秘密\n2024-03-01,广场,x\n",
         {"action.unknown_head|走访!C1"}},
        {"nothing at all", "", {"exchange.no_head|A1"}},
    };
    for_each_database([&](storage::Database& database) {
        SmallOffice office(database);
        const Lines before = office.lines_of("SELECT size FROM journal_head ORDER BY 1");
        for (const Case& each : cases) {
            CHECK(said(each.about, imported(office, "visit", each.bytes)) ==
                  said(each.about, each.found));
        }
        CHECK(imported(office, "nothing", row("2024-03-01", "广场")) ==
              Lines{"ledger.no_such_ledger|ledger"});
        CHECK(office.lines_of("SELECT size FROM journal_head ORDER BY 1") == before);
    });
}

TEST_CASE("a file that is not what its name says is not taken as evidence") {
    const std::vector<std::pair<std::string, std::string>> files = {
        {"photo.jpg", "MZ\x90\x00\x03 this program cannot be run in DOS mode"},
        {"photo.jpg", "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"},
        {"script.txt", "#!/bin/sh\nrm -rf /\n"},
        {"page.txt", "<html><script>alert(1)</script></html>"},
        {"empty.txt", ""},
        {"large.txt", std::string(ledger::kEvidenceFileMax + 1, 'x')},
    };
    for_each_database([&](storage::Database& database) {
        SmallOffice office(database);
        const EntryId visit{std::stoll(office.lines_of("SELECT min(id) FROM ledger_visit")[0])};
        for (const auto& [name, bytes] : files) {
            CAPTURE(name);
            const Result<void> done = office.run(
                "p2",
                [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                    TRY_OK(attach_evidence(
                        {*office.workplace, transaction, context}, "visit", visit,
                        {.kind = "photo", .name = name, .bytes = bytes, .happened_on = {}}));
                    return {};
                });
            REQUIRE_FALSE(done);
            CHECK(codes_of(done.error()) == Lines{"ledger.bad_evidence|evidence"});
        }
        CHECK(office.lines_of("SELECT count(*) FROM evidence_use WHERE ledger = 'visit'") ==
              Lines{"1"});
    });
}

}  // namespace fazhi::action
