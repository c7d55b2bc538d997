#include "action/search_entries.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/entry_commands.h"
#include "action/testing/small_office.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::SmallOffice;

namespace {

using Lines = std::vector<std::string>;

Result<std::vector<ledger::Hit>> found(SmallOffice& office, const ledger::SearchQuestion& question,
                                       const std::string& as = "p2") {
    catch_up(*office.workplace, office.id, [] { return false; });
    const auto connection = office.workplace->database.reading();
    TRY(const Office in, open_office(*office.workplace, *connection, office.id));
    TRY(const access::Actor actor, actor_in(*connection, in, as));
    return search_entries(*office.workplace, *connection, in, actor, question);
}

// "visit 地点：【文化广场】" of each field of each hit.
Lines marked(SmallOffice& office, const ledger::SearchQuestion& question,
             const std::string& as = "p2") {
    const auto hits = found(office, question, as);
    if (!hits) return codes_of(hits.error());
    Lines out;
    for (const ledger::Hit& hit : *hits) {
        for (const ledger::FoundField& field : hit.found) {
            std::string text = field.text;
            for (auto span = field.spans.rbegin(); span != field.spans.rend(); ++span) {
                text.insert(span->from + span->size, "】");
                text.insert(span->from, "【");
            }
            out.push_back(fmt::format("{} {}：{}", hit.head.ledger, field.title, text));
        }
    }
    return out;
}

void record(SmallOffice& office, const std::string& ledger, Value::Map fields) {
    const Result<void> done = office.run(
        "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY_OK(create_entry({*office.workplace, transaction, context},
                                {.ledger = ledger,
                                 .fields = std::move(fields),
                                 .unit = {},
                                 .handler = {},
                                 .reference = {},
                                 .opened_by = {},
                                 .opened_by_ledger = {}}));
            return {};
        });
    REQUIRE(done);
}

}  // namespace

TEST_CASE("words of two characters and more are found wherever they stand, and marked") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        CHECK(marked(office, {.words = "文化广场"}) ==
              Lines{"visit 地点：<script>【文化广场】</script>"});
        CHECK(marked(office, {.words = "广场"}) ==
              Lines{"visit 地点：<script>文化【广场】</script>"});
        CHECK(marked(office, {.words = "SCRIPT 文化"}) ==
              Lines{"visit 地点：<【script】>【文化】广场</【script】>"});
        CHECK(marked(office, {.words = "路"}) ==
              Lines{"visit 地点：人民【路】", "visit 地点：解放【路】"});
        CHECK(marked(office, {.words = "场文"}) == Lines{});
        CHECK(marked(office, {.words = "走1"}) == Lines{"visit 原编号：【走1】"});
    });
}

TEST_CASE("what is private, what is not for searching and what is closed is never found") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        CHECK(marked(office, {.words = "13800138000"}) == Lines{});
        CHECK(marked(office, {.words = "只内部看"}) == Lines{});
        CHECK(marked(office, {.words = "不给大家看"}) == Lines{});
        CHECK(office.lines_of("SELECT count(*) FROM search WHERE CAST(grams AS TEXT) LIKE '%1380%' "
                              "OR CAST(grams AS TEXT) LIKE '%内部%'") == Lines{"0"});
        // Another unit's entries are another unit's.
        CHECK(marked(office, {.words = "文化"}, "p4") == Lines{});
        CHECK(marked(office, {.words = "解放"}, "p4") == Lines{"visit 地点：【解放】路"});
    });
}

TEST_CASE("an answer can be narrowed by ledger and date, and comes in pages, newest first") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        for (int day = 1; day <= 9; ++day) {
            record(office, "visit",
                   {{"occurred_on", fmt::format("2024-02-0{}", day)},
                    {"place", fmt::format("幸福家园{}号楼", day)}});
        }
        const auto page = found(office, {.words = "幸福家园", .limit = 4});
        REQUIRE(page);
        REQUIRE(page->size() == 4);
        CHECK(page->front().head.dated_on == "2024-02-09");
        const auto last = found(office, {.words = "幸福家园", .limit = 4, .skip = 8});
        REQUIRE(last);
        REQUIRE(last->size() == 1);
        CHECK(last->front().head.dated_on == "2024-02-01");
        CHECK(found(office, {.words = "幸福", .dated_from = "2024-02-03", .dated_to = "2024-02-05"})
                  ->size() == 3);
        CHECK(found(office, {.words = "幸福", .ledger = "matter"})->empty());
        CHECK(marked(office, {.words = "，。"}) == Lines{"ledger.bad_text|words"});
        CHECK(marked(office, {.words = std::string(100, 'a')}) == Lines{"ledger.bad_text|words"});
    });
}

TEST_CASE("a corrected entry is found by what it says now") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        REQUIRE(marked(office, {.words = "解放路"}).size() == 1);
        const EntryId visit{
            std::stoll(office.lines_of("SELECT id FROM ledger_visit WHERE reference = '走2'")[0])};
        REQUIRE(office.run(
            "p2", [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                TRY_OK(amend_entry({*office.workplace, transaction, context}, "visit", visit,
                                   {Value::Map{{"place", "建设路"}}, "写错了"}));
                return {};
            }));
        CHECK(office.workplace->search.behind(*database.reading(), office.id) == 1);
        CHECK(marked(office, {.words = "解放路"}) == Lines{});
        CHECK(marked(office, {.words = "建设路"}) == Lines{"visit 地点：【建设路】"});
        CHECK(office.workplace->search.behind(*database.reading(), office.id) == 0);
    });
}

TEST_CASE("an entry that changes while it is read for the index is read again") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        Workplace& workplace = *office.workplace;
        catch_up(workplace, office.id, [] { return false; });
        const EntryId visit{
            std::stoll(office.lines_of("SELECT id FROM ledger_visit WHERE reference = '走2'")[0])};
        const auto move_to = [&](const std::string& place) {
            REQUIRE(office.run(
                "p2",
                [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                    TRY_OK(amend_entry({workplace, transaction, context}, "visit", visit,
                                       {Value::Map{{"place", place}}, "改"}));
                    return {};
                }));
        };
        const auto take_in = [&](const ledger::FollowedRecords& records) {
            REQUIRE(workplace.writer.run(
                office.id, [&](storage::Transaction& transaction) -> Result<void> {
                    workplace.search.take_in(transaction, office.id, records);
                    return {};
                }));
        };
        const auto candidates = [&](const char* word) {
            return workplace.search
                .find(*database.reading(), office.id, *workplace.tables, {.words = word},
                      [](const ledger::EntryHead&) { return true; })
                ->size();
        };
        move_to("建设路");
        const auto read = workplace.search.next(*database.reading(), office.id);
        REQUIRE(read);
        move_to("和平路");
        take_in(*read);  // The entry is another by now.
        CHECK(office.lines_of(
                  "SELECT count(*) FROM search WHERE entry_id = " + std::to_string(visit.value) +
                  " AND CAST(grams AS TEXT) LIKE '%建设%'") == Lines{"0"});
        const auto again = workplace.search.next(*database.reading(), office.id);
        REQUIRE(again);
        CHECK(again->after == read->upto);
        take_in(*again);
        CHECK(candidates("和平路") == 1);
        take_in(*read);  // Somebody else has taken them in.
        CHECK(workplace.search.behind(*database.reading(), office.id) == 0);
        CHECK_FALSE(workplace.search.next(*database.reading(), office.id));
    });
}

TEST_CASE("two offices' words stay apart") {
    for_each_database([](storage::Database& database) {
        SmallOffice office(database);
        CHECK(found(office, {.words = "广场"})->size() == 1);
        const auto connection = database.reading();
        const auto other = office.workplace->search.find(
            *connection, JurisdictionId{office.id.value + 1}, *office.workplace->tables,
            {.words = "广场"}, [](const ledger::EntryHead&) { return true; });
        REQUIRE(other);
        CHECK(other->empty());
    });
}

}  // namespace fazhi::action
