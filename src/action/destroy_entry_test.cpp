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

Result<Destroyed> person_destroyed(SmallOffice& office, const std::string& person,
                                   const std::string& as = "p2") {
    return destroy_person(
        *office.workplace,
        {.office = office.id, .as = as, .person = person, .ground = "period_over"});
}

access::Directory directory_of(Workplace& workplace, JurisdictionId office) {
    return access::Organisation::directory(*workplace.database.reading(), office).value();
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

void give_email(SmallOffice& office, const char* person, const std::string& address) {
    const Result<void> done = office.run(
        "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            return office.workplace->organisation.set_email(
                transaction, {office.id, context.actor, context.accepted_at},
                context.directory.person_named(person)->id, address);
        });
    REQUIRE(done);
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

TEST_CASE("somebody who left has no name any more, anywhere; what was handled and counted stays") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        give_email(office, "p3", "xiaoming@example.org");
        const PersonId left = directory_of(*office.workplace, office.id).person_named("p3")->id;
        const char* const handled = "SELECT id, handler FROM ledger_visit ORDER BY id";
        const Lines before = office.lines_of(handled);
        const auto leaf =
            office.workplace->journal.leaves(*database.reading(), office.id, {left.value});
        const auto done = person_destroyed(office, "王小明");
        REQUIRE(done);
        CHECK(done->log_emptied == (database.dialect() == storage::Dialect::Sqlite));

        const access::Directory directory = directory_of(*office.workplace, office.id);
        const access::Person* person = directory.person(left);
        REQUIRE(person != nullptr);
        CHECK(person->code.empty());
        CHECK(person->name.empty());
        CHECK(person->email.empty());
        CHECK(person->posts.empty());
        CHECK(directory.person_name(left) == fmt::format("#{}", left.value));
        CHECK(directory.person_named("p3") == nullptr);
        CHECK(directory.person_named("王小明") == nullptr);
        CHECK(directory.person_named("孙立")->posts.size() == 1);
        CHECK(office.lines_of(handled) == before);
        CHECK(office.workplace->journal.leaves(*database.reading(), office.id, {left.value}) ==
              leaf);
        CHECK(office.lines_of("SELECT target, entry_no, ground FROM ledger_destruction") ==
              Lines{fmt::format("人员|{}|period_over", left.value)});
        if (database.dialect() == storage::Dialect::Sqlite) {
            const std::string bytes = all_bytes(database.url());
            for (const char* text : {"王小明", "xiaoming@example.org"}) {
                CAPTURE(text);
                CHECK(bytes.find(text) == std::string::npos);
            }
            CHECK(bytes.find("孙立") != std::string::npos);
        }
        // The journal verifies, and makes the same tables again.
        CHECK(findings(office) == Lines{});
        const char* const rows = "SELECT id, code, name, email FROM person ORDER BY id";
        const Lines after = office.lines_of(rows);
        replay(office);
        CHECK(office.lines_of(rows) == after);
        CHECK(office.lines_of("SELECT count(*) FROM post") == Lines{"3"});
        CHECK(findings(office) == Lines{});
    });
}

TEST_CASE("two who left do not stand in each other's way, and nothing more is recorded on them") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const PersonId left = directory_of(*office.workplace, office.id).person_named("p3")->id;
        REQUIRE(person_destroyed(office, "p3"));
        REQUIRE(person_destroyed(office, "p1"));
        replay(office);
        CHECK(findings(office) == Lines{});
        CHECK(codes_of(person_destroyed(office, "p3").error()) ==
              Lines{"access.no_such_person|person"});
        CHECK(codes_of(person_destroyed(office, "").error()) ==
              Lines{"access.no_such_person|person"});
        const Result<void> again = office.run(
            "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                const access::Change change{office.id, context.actor, context.accepted_at};
                // Once more by number: nothing happens.
                const std::int64_t next =
                    office.workplace->journal.next_seq(transaction, office.id);
                TRY_OK(office.workplace->organisation.destroy_person(transaction, change, left,
                                                                     EntryId{}));
                CHECK(office.workplace->journal.next_seq(transaction, office.id) == next);
                return office.workplace->organisation.set_email(transaction, change, left,
                                                                "a@example.org");
            });
        REQUIRE_FALSE(again);
        CHECK(codes_of(again.error()) == Lines{"access.no_such_person|person"});
    });
}

TEST_CASE("only who may destroys somebody, and only who has nothing left to do") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        const Lines people = office.lines_of("SELECT code, name FROM person ORDER BY id");
        CHECK(codes_of(person_destroyed(office, "p4", "p3").error()) ==
              Lines{"action.not_destruction_post|--as"});
        CHECK(codes_of(person_destroyed(office, "p2").error()) ==
              Lines{"action.still_in_office|person"});
        CHECK(codes_of(person_destroyed(office, "p9").error()) ==
              Lines{"access.no_such_person|person"});
        const Result<void> recorded = office.run(
            "p4", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                TRY_OK(create_entry({*office.workplace, transaction, context},
                                    {.ledger = "matter",
                                     .fields = Value::Map{{"occurred_on", "2024-04-01"}},
                                     .unit = {},
                                     .handler = {},
                                     .reference = {},
                                     .opened_by = {},
                                     .opened_by_ledger = {}}));
                return {};
            });
        REQUIRE(recorded);
        const auto open = person_destroyed(office, "p4");
        REQUIRE_FALSE(open);
        CHECK(codes_of(open.error()) == Lines{"action.still_in_office|person"});
        CHECK(open.error().message == "孙立经办的还有1条没有办结，办结、作废或移交以后才能删除。");
        CHECK(office.lines_of("SELECT code, name FROM person ORDER BY id") == people);
        CHECK(office.lines_of("SELECT count(*) FROM ledger_destruction") == Lines{"0"});
    });
}

TEST_CASE("after an older backup is restored, who left is destroyed again") {
    const storage::testing::Scratch scratch;
    const std::string file = scratch.file("office.db");
    const auto database = storage::testing::opened(file);
    SmallOffice office(*database);
    REQUIRE(database->empty_log());
    const std::string backup = scratch.file("backup.db");
    std::filesystem::copy_file(file, backup);
    REQUIRE(person_destroyed(office, "p3"));

    const auto restored = storage::testing::opened(backup);
    const auto workplace = Workplace::open(*restored, office.folders.data(), office.clock);
    REQUIRE(workplace);
    CHECK(directory_of(**workplace, office.id).person_named("p3") != nullptr);
    CHECK(*destroy_again(**workplace) == 1);
    CHECK(directory_of(**workplace, office.id).person_named("p3") == nullptr);
    CHECK(directory_of(**workplace, office.id).person_named("p4") != nullptr);
    CHECK(*destroy_again(**workplace) == 0);
    CHECK(*destroy_again(*office.workplace) == 0);
    CHECK(all_bytes(backup).find("王小明") == std::string::npos);
}

}  // namespace fazhi::action
