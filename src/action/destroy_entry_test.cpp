#include "action/destroy_entry.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/entry_commands.h"
#include "action/search_entries.h"
#include "action/testing/small_office.h"
#include "journal/projection.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

constexpr const char* kPhone = "13911112222";
constexpr const char* kName = "保管人某某某";

EntryId made(SmallOffice& office, const std::string& photo) {
    EntryId out;
    const Result<void> done = office.run(
        "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            const Task task{*office.workplace, transaction, context};
            TRY(const ledger::Entry entry,
                create_entry(task, {.ledger = "depot",
                                    .fields = Value::Map{{"amount", 5},
                                                         {"code", "A1"},
                                                         {"keeper", kName},
                                                         {"occurred_on", "2024-03-01"},
                                                         {"phone", kPhone}},
                                    .unit = {},
                                    .handler = {},
                                    .reference = "旧账七号",
                                    .opened_by = {},
                                    .opened_by_ledger = {}}));
            out = entry.head.id;
            TRY_OK(attach_evidence(
                task, "depot", out,
                {.kind = "photo", .name = "某某某.txt", .bytes = photo, .happened_on = {}}));
            return {};
        });
    REQUIRE(done);
    return out;
}

Result<Destroyed> destroyed(SmallOffice& office, EntryId entry, const std::string& as = "p2",
                            const std::string& ledger = "depot") {
    return destroy_entry(*office.workplace, {.office = office.id,
                                             .as = as,
                                             .ledger = ledger,
                                             .entry = entry,
                                             .ground = "consent_withdrawn"});
}

std::size_t files_in(const std::filesystem::path& folder) {
    std::size_t out = 0;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder))
        out += each.is_regular_file() ? 1 : 0;
    return out;
}

Lines findings(SmallOffice& office) {
    Lines out;
    for (const journal::Finding& finding :
         journal::verify(office.workplace->journal, office.workplace->vault,
                         *office.workplace->database.reading(), office.id,
                         office.workplace->projections(), {})
             .findings)
        out.push_back(finding.message);
    return out;
}

void replay(SmallOffice& office) {
    const Result<void> done =
        office.run("p2", [&](storage::Transaction& transaction, ledger::Context&) -> Result<void> {
            TRY_OK(journal::replay(office.workplace->journal, transaction, office.id,
                                   office.workplace->projections(), {}));
            return {};
        });
    REQUIRE(done);
}

std::size_t hits(SmallOffice& office, const std::string& words) {
    catch_up(*office.workplace, office.id, [] { return false; });
    const auto connection = office.workplace->database.reading();
    const auto in = open_office(*office.workplace, *connection, office.id);
    REQUIRE(in);
    const auto actor = actor_in(*connection, *in, "p2");
    REQUIRE(actor);
    const auto found =
        search_entries(*office.workplace, *connection, *in, *actor, {.words = words});
    REQUIRE(found);
    return found->size();
}

// Every file of the SQLite database, as bytes.
std::string all_bytes(const std::string& file) {
    std::string out;
    for (const char* ending : {"", "-wal"}) {
        std::ifstream in(file + ending, std::ios::binary);
        out.append(std::istreambuf_iterator<char>(in), {});
    }
    return out;
}

const char* const kRow =
    "SELECT amount, COALESCE(keeper, '-'), reference, CASE WHEN phone IS NULL THEN 'none' ELSE "
    "'sealed' END FROM ledger_depot";

}  // namespace

TEST_CASE("what is destroyed is gone from tables, search and files; what is counted stays") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const auto evidence = office.folders.data() / "evidence";
        const EntryId entry = made(office, "只有这里用的照片\n");
        const std::size_t files = files_in(evidence);
        CHECK(office.lines_of(kRow) == Lines{fmt::format("5|{}|旧账七号|sealed", kName)});
        CHECK(hits(office, "旧账七号") == 1);

        const auto done = destroyed(office, entry);
        REQUIRE(done);
        CHECK(done->files == 1);
        CHECK(done->log_emptied == (database.dialect() == storage::Dialect::Sqlite));
        CHECK(files_in(evidence) == files - 1);
        const Lines after = {"5|-||none"};
        CHECK(office.lines_of(kRow) == after);
        CHECK(office.lines_of("SELECT name FROM evidence_use WHERE ledger = 'depot'") == Lines{""});
        CHECK(hits(office, "旧账七号") == 0);
        CHECK(office.lines_of("SELECT count(*) FROM search WHERE ledger = 'depot'") == Lines{"0"});
        CHECK(office.lines_of("SELECT target, entry_no, ground FROM ledger_destruction") ==
              Lines{fmt::format("物资|{}|consent_withdrawn", entry.value)});
        if (database.dialect() == storage::Dialect::Sqlite) {
            const std::string bytes = all_bytes(database.url());
            for (const char* text : {kName, "旧账七号", "旧账", "账七", "某某某.txt", kPhone}) {
                CAPTURE(text);
                CHECK(bytes.find(text) == std::string::npos);
            }
        }
        // The journal still verifies, and makes the same tables again.
        CHECK(findings(office) == Lines{});
        replay(office);
        CHECK(office.lines_of(kRow) == after);
        CHECK(findings(office) == Lines{});
    });
}

TEST_CASE("nothing more is recorded on what was destroyed, and destroying again changes nothing") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const EntryId entry = made(office, "照片\n");
        REQUIRE(destroyed(office, entry));
        const Lines size = office.lines_of("SELECT size FROM journal_head ORDER BY 1");
        REQUIRE(destroyed(office, entry));
        CHECK(office.lines_of("SELECT size FROM journal_head ORDER BY 1") == size);
        const Result<void> amended = office.run(
            "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                TRY_OK(amend_entry({*office.workplace, transaction, context}, "depot", entry,
                                   {Value::Map{{"keeper", "又写上"}}, "补"}));
                return {};
            });
        REQUIRE_FALSE(amended);
        CHECK(codes_of(amended.error()) == Lines{"ledger.destroyed|entry"});
    });
}

TEST_CASE("only who may destroys, and only what has ended") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const EntryId entry = made(office, "照片\n");
        CHECK(codes_of(destroyed(office, entry, "p3").error()) ==
              Lines{"action.not_destruction_post|--as"});
        const EntryId open{
            std::stoll(office.lines_of("SELECT id FROM ledger_matter WHERE reference = '事2'")[0])};
        const auto refused = destroyed(office, open, "p2", "matter");
        REQUIRE_FALSE(refused);
        CHECK(codes_of(refused.error()) == Lines{"ledger.still_open|entry"});
        CHECK(office.lines_of("SELECT count(*) FROM ledger_destruction") == Lines{"0"});
    });
}

TEST_CASE("a file that another entry uses stays until that one is destroyed too") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const EntryId first = made(office, "两处用的照片\n");
        const Result<void> more = office.run(
            "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                TRY_OK(attach_evidence(
                    {*office.workplace, transaction, context}, "visit",
                    EntryId{std::stoll(office.lines_of("SELECT min(id) FROM ledger_visit")[0])},
                    {.kind = "photo",
                     .name = "b.txt",
                     .bytes = "两处用的照片\n",
                     .happened_on = {}}));
                return {};
            });
        REQUIRE(more);
        CHECK(destroyed(office, first)->files == 0);
        const EntryId second{std::stoll(office.lines_of("SELECT min(id) FROM ledger_visit")[0])};
        CHECK(destroyed(office, second, "p2", "visit")->files == 2);  // its own photograph too
        CHECK(findings(office) == Lines{});
    });
}

TEST_CASE("after an older backup is restored, the list says what to destroy again") {
    const storage::testing::Scratch scratch;
    const std::string file = scratch.file("office.db");
    const auto database = storage::testing::opened(file);
    SmallOffice office(*database);
    const EntryId entry = made(office, "照片\n");
    REQUIRE(database->empty_log());
    const std::string backup = scratch.file("backup.db");
    std::filesystem::copy_file(file, backup);
    REQUIRE(destroyed(office, entry));

    const auto restored = storage::testing::opened(backup);
    const auto workplace = Workplace::open(*restored, office.folders.data(), office.clock);
    REQUIRE(workplace);
    const auto again = destroy_again(**workplace);
    REQUIRE(again);
    CHECK(*again == 1);
    CHECK(storage::testing::lines_of(*restored->reading(), kRow) == Lines{"5|-||none"});
    CHECK(*destroy_again(**workplace) == 0);
    CHECK(*destroy_again(*office.workplace) == 0);
}

}  // namespace fazhi::action
