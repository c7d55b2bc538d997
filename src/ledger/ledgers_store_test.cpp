#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "calendar/testing/china.h"
#include "journal/journal.h"
#include "journal/projection.h"
#include "ledger/clock_store.h"
#include "ledger/errors.h"
#include "ledger/evidence_files.h"
#include "ledger/lateness.h"
#include "ledger/scan.h"
#include "ledger/testing/kept_office.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::ledger {

using storage::testing::for_each_database;
using testing::codes_of;
using testing::KeptOffice;

namespace {

using Lines = std::vector<std::string>;

Value::Map on(const char* day) {
    return {{"occurred_on", day}};
}

std::string code_of(const Result<Entry>& result) {
    return result ? "" : std::string(result.error().code);
}

}  // namespace

TEST_CASE("an entry is found as it was made, with every kind of value") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId paper =
            office.made("paper", {{"certificate", "证001"}, {"valid_from", "2023-01-01"}});
        const Value::Map typed = {{"occurred_on", "2023-05-06"},
                                  {"name", "宪法宣传"},
                                  {"remark", "两\n行"},
                                  {"count", 12},
                                  {"hours", "1.5"},
                                  {"cost", "12.34"},
                                  {"planned_on", "2030-01-01"},
                                  {"clock", "09:30"},
                                  {"open", false},
                                  {"kind", "home"},
                                  {"topics", "宪法、民法典"},
                                  {"laws", "信访工作条例"},
                                  {"visitor", "王小明"},
                                  {"partner", "office"},
                                  {"paper", "证001"},
                                  {"origin", "证001"},
                                  {"card", "E12345678"},
                                  {"phone", "13800138000"},
                                  {"guests", "姓名：张三，年龄：30；姓名：李四"},
                                  {"families", "姓名：保密的家属"},
                                  {"site", Value::Map{{"street", "解放路"}}},
                                  {"place", "文化广场"},
                                  {"began_at", "2023-05-06 09:30"}};
        const EntryId id = office.made("thing", typed);
        const auto found = office.find("thing", id, Ledgers::Private::Revealed);
        REQUIRE(found);
        const Value& fields = found->fields;
        CHECK(fields.as_map().size() == typed.size());
        CHECK(fields.at("hours") == Value("1.5"));
        CHECK(fields.at("cost") == Value(1234));
        CHECK(fields.at("open") == Value(false));
        CHECK(fields.at("topics") == Value(Value::List{"宪法", "民法典"}));
        CHECK(fields.at("paper") == Value(paper.value));
        CHECK(fields.at("origin") == Value(Value::Map{{"id", paper.value}, {"ledger", "paper"}}));
        CHECK(fields.at("guests").as_list().size() == 2);
        CHECK(fields.at("guests").as_list().front() ==
              Value(Value::Map{{"age", 30}, {"name", "张三"}}));
        CHECK(fields.at("site") == Value(Value::Map{{"street", "解放路"}}));
        CHECK(fields.at("phone") == Value("13800138000"));
        CHECK(fields.at("families") == Value(Value::List{Value::Map{{"name", "保密的家属"}}}));
        CHECK(found->head.number == "事〔2023〕1号");
        CHECK(found->head.dated_on == "2023-05-06");
        CHECK(found->head.revision == 1);

        const auto masked = office.find("thing", id);
        REQUIRE(masked);
        for (const char* field : {"phone", "card", "families"})
            CHECK_FALSE(masked->fields.has(field));
        CHECK(office.found_by_verify() == Lines{});
    });
}

TEST_CASE("private and free text stands nowhere in the clear where it must not") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        office.made("thing", {{"occurred_on", "2023-05-06"},
                              {"remark", "不公开的备注"},
                              {"phone", "13800138000"},
                              {"families", "姓名：保密的家属"}});
        const std::string bodies =
            fmt::format("{}", fmt::join(office.lines_of("SELECT body FROM journal"), "\n"));
        // The journal holds only what is public in the clear; the tables, all but private fields.
        for (const char* text : {"不公开的备注", "13800138000", "保密的家属"})
            CHECK(bodies.find(text) == std::string::npos);
        CHECK(office.lines_of("SELECT remark FROM ledger_thing") == Lines{"不公开的备注"});
        CHECK(office.lines_of("SELECT count(*) FROM ledger_thing WHERE CAST(phone AS TEXT) LIKE "
                              "'%13800138000%'") == Lines{"0"});
        CHECK(
            office.lines_of("SELECT count(*) FROM ledger_thing__families WHERE CAST(name AS TEXT) "
                            "LIKE '%保密%'") == Lines{"0"});
    });
}

TEST_CASE("numbers run per year, and per unit where they name it; none is given twice") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const auto number = [&](const char* ledger, const char* day, const char* unit) {
            NewEntry input;
            input.ledger = ledger;
            input.fields = Value(on(day));
            input.unit = unit;
            const auto made = office.create(input);
            REQUIRE(made);
            return made->head.number;
        };
        CHECK(number("thing", "2023-01-01", "office") == "事〔2023〕1号");
        CHECK(number("thing", "2023-01-01", "yifeng") == "事〔2023〕2号");
        CHECK(number("thing", "2022-01-01", "office") == "事〔2022〕1号");
        CHECK(number("local", "2023-01-01", "yifeng") == "yifeng〔2023〕1号");
        CHECK(number("local", "2023-01-01", "huachuang") == "huachuang〔2023〕1号");
        CHECK(number("local", "2023-01-01", "yifeng") == "yifeng〔2023〕2号");
        // A refused entry takes no number.
        CHECK_FALSE(office.create("thing", {{"occurred_on", "2023-01-01"}, {"count", 0}}));
        CHECK(number("thing", "2023-01-01", "office") == "事〔2023〕3号");
    });
}

TEST_CASE("what is missing or unknown in a new entry is said at once") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        NewEntry input;
        input.ledger = "paper";
        input.fields = Value(Value::Map{{"valid_from", "2023-02-30"}});
        input.unit = "没有的所";
        input.handler = "查无此人";
        const auto refused = office.create(input);
        REQUIRE_FALSE(refused);
        CHECK(codes_of(refused.error()) ==
              Lines{"ledger.bad_value|valid_from", "ledger.no_such_reference|handler",
                    "ledger.no_such_reference|unit", "ledger.required|certificate"});
        CHECK(office.lines_of("SELECT count(*) FROM ledger_paper") == Lines{"0"});
        CHECK(code_of(office.create("nothing", {})) == "ledger.no_such_ledger");
    });
}

TEST_CASE("a reference stands once in a ledger") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        NewEntry input;
        input.ledger = "thing";
        input.fields = Value(on("2023-01-01"));
        input.reference = "旧账7号";
        const auto first = office.create(input);
        REQUIRE(first);
        CHECK(code_of(office.create(input)) == "ledger.reference_taken");
        input.ledger = "local";
        CHECK(office.create(input));
        const auto connection = database.reading();
        CHECK(office.ledgers.entry_named(*connection, office.context(), "thing", "旧账7号") ==
              first->head.id);
    });
}

TEST_CASE("amending needs a reason, raises the revision and keeps the rest") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", {{"occurred_on", "2023-05-06"},
                                                 {"count", 7},
                                                 {"guests", "姓名：张三"},
                                                 {"phone", "13800138000"}});
        CHECK(code_of(office.amend("thing", id, {{"count", 8}}, " ")) == "ledger.reason_missing");
        REQUIRE(office.amend("thing", id, {{"count", 8}, {"occurred_on", "2022-12-31"}}));
        REQUIRE(office.amend("thing", id, {{"guests", "姓名：李四；姓名：王五"}, {"hours", "2"}}));
        REQUIRE(office.amend("thing", id, {{"hours", Value()}}));
        const auto found = office.find("thing", id, Ledgers::Private::Revealed);
        REQUIRE(found);
        CHECK(found->head.revision == 4);
        CHECK(found->head.dated_on == "2022-12-31");
        CHECK(found->head.number == "事〔2023〕1号");  // A number that was given stays.
        CHECK(found->fields.at("count") == Value(8));
        CHECK(found->fields.at("guests").as_list().size() == 2);
        CHECK(found->fields.at("phone") == Value("13800138000"));
        CHECK_FALSE(found->fields.has("hours"));
        CHECK(code_of(office.amend("thing", id, {{"occurred_on", Value()}})) == "ledger.required");
        CHECK(office.found_by_verify() == Lines{});
    });
}

TEST_CASE("what a change answers is what reading answers, without what is private") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", {{"occurred_on", "2023-05-06"},
                                                 {"remark", "未知的事"},
                                                 {"hours", "2"},
                                                 {"guests", "姓名：张三，年龄：30"},
                                                 {"phone", "13800138000"}});
        const std::vector<Value::Map> changes = {
            {{"hours", "1.5"}, {"cost", "12.3"}, {"kind", "不适用"}},
            {{"kind", "home"}, {"topics", "宪法、民法典"}, {"families", "姓名：保密的家属"}},
            {{"topics", Value()}, {"hours", Value()}, {"site", Value::Map{{"floor", 2}}}},
            {{"occurred_on", "2022-12-31"}, {"card", "E12345678"}, {"guests", Value()}}};
        for (const Value::Map& change : changes) {
            const auto answered = office.amend("thing", id, change);
            REQUIRE_MESSAGE(answered, (answered ? "" : answered.error().message));
            const auto read = office.find("thing", id);
            REQUIRE(read);
            CHECK(answered->fields == read->fields);
            CHECK(answered->absent == read->absent);
            CHECK(answered->head.revision == read->head.revision);
            CHECK(answered->head.dated_on == read->head.dated_on);
        }
        CHECK(office.found_by_verify() == Lines{});
    });
}

TEST_CASE("the record of clocks says what has become different, and nothing else") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", {{"occurred_on", "2023-05-06"}});
        const ClockRun answer{.clock = "answer",
                              .run = 1,
                              .started_on = "2023-05-06",
                              .due_on = "2023-06-05",
                              .due_at = {},
                              .stopped_on = {},
                              .stopped_at = {},
                              .status = RunStatus::Running};
        ClockRun file = answer;
        file.clock = "file";
        ClockRun stopped = answer;
        stopped.stopped_on = "2023-05-10";
        stopped.status = RunStatus::Stopped;
        ClockRun again = answer;
        again.run = 2;
        const std::vector<std::vector<RunRow>> states = {
            {{answer, "2023-06-01"}, {file, "2023-06-05"}},
            {{stopped, ""}, {again, "2023-06-01"}, {file, "2023-06-05"}},
            {{stopped, ""}, {again, "2023-06-01"}}};
        for (const std::vector<RunRow>& rows : states) {
            REQUIRE(office.run([&](storage::Transaction& transaction, Context& context) {
                const auto earlier = office.ledgers.runs(
                    transaction.connection(), context.directory.jurisdiction.id, "thing", id);
                return office.ledgers.set_runs(transaction, context, "thing", id, earlier, rows);
            }));
        }
        CHECK(office.lines_of("SELECT clock, run, stopped_on, status, next_on FROM clock ORDER BY "
                              "clock, run") ==
              Lines{"answer|1|2023-05-10|stopped|", "answer|2||running|2023-06-01"});
        const Lines bodies = office.lines_of("SELECT body FROM journal ORDER BY seq DESC LIMIT 2");
        CHECK(bodies[1].find(R"("changed":[{"clock":"answer","next_on":"","run":1,"status":)"
                             R"("stopped","stopped_on":"2023-05-10"}])") != std::string::npos);
        CHECK(bodies[0].find(R"("gone":[{"clock":"file","run":1}])") != std::string::npos);
        CHECK(bodies[0].find("answer") == std::string::npos);
        CHECK(office.found_by_verify() == Lines{});
    });
}

TEST_CASE("an older record of clocks, which names all runs, is still understood") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", {{"occurred_on", "2023-05-06"}});
        const auto older = [&](Value::List runs) {
            return journal::Record{.seq = 99,
                                   .body = Value::Map{{"action", "clocks"},
                                                      {"entry", id.value},
                                                      {"ledger", "thing"},
                                                      {"runs", std::move(runs)}},
                                   .sealed = {}};
        };
        const auto run = [](const char* clock, const char* status) {
            return Value(Value::Map{{"clock", clock}, {"run", 1}, {"status", status}});
        };
        REQUIRE(
            office.run([&](storage::Transaction& transaction, Context& context) -> Result<void> {
                const JurisdictionId here = context.directory.jurisdiction.id;
                TRY_OK(office.ledgers.apply(
                    transaction, here, older({run("answer", "running"), run("file", "running")})));
                return office.ledgers.apply(transaction, here, older({run("answer", "stopped")}));
            }));
        CHECK(office.lines_of("SELECT clock, status FROM clock") == Lines{"answer|stopped"});
    });
}

TEST_CASE("set fills what is empty and changes nothing that is recorded") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", {{"occurred_on", "2023-05-06"}, {"count", 7}});
        const auto set = [&](Value::Map fields) {
            return office.run([&](storage::Transaction& transaction,
                                  Context& where) -> Result<void> {
                TRY_OK(office.ledgers.set(transaction, where, "thing", id, {Value(fields), ""}));
                return {};
            });
        };
        CHECK(set({{"cost", "5"}}));
        CHECK(codes_of(set({{"count", 8}, {"cost", "6"}}).error()) ==
              Lines{"ledger.not_empty|cost", "ledger.not_empty|count"});
        CHECK(office.find("thing", id)->fields.at("cost") == Value(500));
    });
}

TEST_CASE("a void entry stays, is worked on no more and is scanned only when asked for") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", on("2023-05-06"));
        office.made("thing", on("2023-05-07"));
        const auto cancel = [&](const char* note) {
            return office.run(
                [&](storage::Transaction& transaction, Context& where) -> Result<void> {
                    TRY_OK(office.ledgers.void_entry(transaction, where, "thing", id, note));
                    return {};
                });
        };
        CHECK(cancel("").error().code == errors::kReasonMissing);
        CHECK(cancel("重复登记"));
        CHECK(cancel("再一次").error().code == errors::kVoided);
        CHECK(code_of(office.amend("thing", id, {{"count", 1}})) == "ledger.voided");
        CHECK(office.find("thing", id)->head.voided);
        const auto connection = database.reading();
        const auto count = [&](bool voided_too) {
            ScanRange range;
            range.voided_too = voided_too;
            return count_entries(*connection, access::testing::kOffice, *office.set.ledger("thing"),
                                 range);
        };
        CHECK(count(false) == 1);
        CHECK(count(true) == 2);
    });
}

TEST_CASE("evidence is kept by digest, with what it is and when it shows") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", on("2023-05-06"));
        const auto attach = [&](NewEvidence evidence) {
            return office.run(
                [&](storage::Transaction& transaction, Context& where) -> Result<void> {
                    TRY_OK(office.ledgers.attach(transaction, where, "thing", id, evidence));
                    return {};
                });
        };
        CHECK(attach({"photo", "签到.txt", "张三\n", "2023-05-06"}));
        CHECK(attach({"nothing", "a.txt", "a", ""}).error().code == errors::kNoSuchEvidenceKind);
        CHECK(attach({"photo", "a.txt", "", ""}).error().code == errors::kBadEvidence);
        CHECK(attach({"photo", "程序.exe", std::string("MZ\x90\0\3", 5), ""}).error().code ==
              errors::kBadEvidence);
        CHECK(attach({"photo", "照片.jpg", "其实是文字\n", ""}).error().code ==
              errors::kBadEvidence);
        CHECK(
            attach({"photo", "大.txt", std::string(kEvidenceFileMax + 1, 'a'), ""}).error().code ==
            errors::kBadEvidence);
        CHECK(attach({"photo", "明天.txt", "a\n", "2024-01-03"}).error().code == errors::kInFuture);
        const auto connection = database.reading();
        const auto uses =
            office.ledgers.evidence(*connection, access::testing::kOffice, "thing", id);
        REQUIRE(uses.size() == 1);
        CHECK(uses.front().media_type == "text/plain");
        CHECK(uses.front().happened_on == "2023-05-06");
        CHECK(uses.front().digest == digest_of(HashAlgorithm::Sm3, "张三\n"));
        const std::string hex = uses.front().digest.hex();
        CHECK(std::filesystem::file_size(office.office.folder.folder() / "evidence" /
                                         hex.substr(0, 2) / hex) == 7);
        CHECK(office.found_by_verify() == Lines{});
    });
}

TEST_CASE("links are seen from both ends, and never double or to oneself") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId a = office.made("thing", on("2023-05-06"));
        const EntryId b = office.made("local", on("2023-05-06"));
        const auto link = [&](const Link& wanted) {
            return office.run([&](storage::Transaction& transaction, Context& where) {
                return office.ledgers.link(transaction, where, wanted);
            });
        };
        CHECK(link({"thing", a, "", "local", b}));
        CHECK(link({"thing", a, "", "local", b}).error().code == errors::kBadLink);
        CHECK(link({"thing", a, "", "thing", a}).error().code == errors::kBadLink);
        CHECK(link({"thing", a, "", "local", EntryId{999}}).error().code == errors::kNoSuchEntry);
        const auto connection = database.reading();
        CHECK(office.ledgers.links(*connection, access::testing::kOffice, "thing", a).size() == 1);
        CHECK(office.ledgers.links(*connection, access::testing::kOffice, "local", b).size() == 1);
        CHECK(office.found_by_verify() == Lines{});
    });
}

TEST_CASE("recorded late counts from the day the office went live, and never for imports") {
    const definition::Ledger& thing = *testing::kept_set().ledger("thing");
    access::Jurisdiction office;
    EntryHead head;
    head.recorded_at = "2024-01-09T15:59:59Z";  // 2024-01-09 23:59 in Shanghai
    const auto late = [&](const char* dated_on) {
        head.dated_on = dated_on;
        return is_late(thing, office, head);
    };
    CHECK_FALSE(late("2023-01-01"));  // not live yet
    office.live_from = "2024-01-01";
    CHECK_FALSE(late("2023-12-31"));
    CHECK(late("2024-01-01"));
    CHECK_FALSE(late("2024-01-02"));
    head.recorded_at = "2024-01-09T16:00:00Z";  // the next day
    CHECK(late("2024-01-02"));
    head.imported = true;
    CHECK_FALSE(late("2024-01-02"));
}

TEST_CASE("an entry changes hands, without a step and with everything else as it was") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("complaint", {{"occurred_on", "2023-05-06"}});
        const auto assign = [&](PersonId to, const std::string& note = "调岗") {
            std::string code;
            const auto done = office.run(
                [&](storage::Transaction& transaction, Context& context) -> Result<void> {
                    const auto entry =
                        office.ledgers.assign(transaction, context, "complaint", id, {to, note});
                    if (!entry) return refuse(entry.error());
                    return {};
                });
            return done ? "" : std::string(done.error().code);
        };
        const Entry before = *office.find("complaint", id);
        const PersonId wang = office.directory.person_named("wang")->id;
        REQUIRE(before.head.handler != wang);
        CHECK(assign(wang) == "");
        const Entry after = *office.find("complaint", id);
        CHECK(after.head.handler == wang);
        CHECK(after.head.state == before.head.state);
        CHECK(after.head.unit == before.head.unit);
        CHECK(after.head.revision == before.head.revision + 1);
        CHECK(after.fields == before.fields);
        CHECK(office.lines_of("SELECT COUNT(*) FROM passage WHERE ledger = 'complaint'") ==
              Lines{"1"});
        const auto size = [&] {
            return office.lines_of("SELECT COUNT(*) FROM journal WHERE jurisdiction_id = 2");
        };
        const Lines written = size();
        CHECK(assign(wang) == "");  // has it in hand already: nothing is written
        CHECK(assign(PersonId{9'999}) == errors::kNoSuchReference);
        CHECK(size() == written);
        CHECK(office.lines_of("SELECT COUNT(*) FROM journal WHERE body LIKE '%调岗%'") ==
              Lines{"0"});
        CHECK(office.found_by_verify().empty());
        CHECK(office.run([&](storage::Transaction& transaction, Context& context) -> Result<void> {
            const auto voided =
                office.ledgers.void_entry(transaction, context, "complaint", id, "重复");
            if (!voided) return refuse(voided.error());
            return {};
        }));
        CHECK(assign(office.directory.person_named("li")->id) != "");
    });
}

TEST_CASE("one office does not see another's entries") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", on("2023-05-06"));
        access::Directory district = office.office.directory(access::testing::kDistrict);
        Context elsewhere{.directory = district,
                          .definitions = office.set,
                          .workdays = calendar::testing::china(),
                          .actor = access::system_actor(access::testing::kDistrict),
                          .accepted_at = access::testing::kMorning,
                          .today = calendar::civil_date(access::testing::kMorning)};
        const auto connection = database.reading();
        CHECK(office.ledgers.find(*connection, elsewhere, "thing", id, Ledgers::Private::Masked)
                  .error()
                  .code == errors::kNoSuchEntry);
    });
}

TEST_CASE("tables rebuilt from the journal are the same, and a changed cell is found") {
    for_each_database([](storage::Database& database) {
        KeptOffice office(database);
        const EntryId id = office.made("thing", {{"occurred_on", "2023-05-06"},
                                                 {"count", 7},
                                                 {"topics", "宪法"},
                                                 {"guests", "姓名：张三"},
                                                 {"phone", "13800138000"}});
        REQUIRE(office.amend("thing", id, {{"count", 8}}));
        const char* const kRows =
            "SELECT id, revision, count, entry_number, phone FROM ledger_thing";
        const Lines before = office.lines_of(kRows);
        {
            const auto connection = database.writing();
            storage::Transaction transaction(*connection);
            REQUIRE(journal::replay(office.office.journal, transaction, access::testing::kOffice,
                                    {&office.office.organisation, &office.ledgers}, {}));
            transaction.commit();
        }
        CHECK(office.lines_of(kRows) == before);
        CHECK(office.found_by_verify() == Lines{});
        database.writing()->execute("UPDATE ledger_thing SET count = 9");
        CHECK(office.found_by_verify() ==
              Lines{fmt::format("row_differs ledger_thing id={} count", id.value)});
        database.writing()->execute("UPDATE ledger_thing SET count = 8");
        database.writing()->execute("DELETE FROM ledger_thing__topics");
        CHECK(office.found_by_verify() ==
              Lines{fmt::format("row_missing ledger_thing__topics entry_id={}, position=0 ",
                                id.value)});
    });
}

}  // namespace fazhi::ledger
