#include "access/organisation.h"

#include <doctest/doctest.h>

#include "access/errors.h"
#include "access/testing/office.h"
#include "storage/database.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::access {

namespace {

using storage::testing::for_each_database;
using testing::kDistrict;
using testing::kMorning;
using testing::kOffice;
using testing::office_set;
using testing::OfficeInDatabase;

std::vector<std::string> bodies(OfficeInDatabase& office, JurisdictionId where) {
    std::vector<std::string> found;
    const auto connection = office.database.reading();
    const auto read =
        office.journal.read(*connection, where, 1, [&](const journal::Record& record) {
            found.push_back(journal::canonical(record.body));
            return Result<void>();
        });
    REQUIRE(read);
    return found;
}

std::int64_t journal_size(OfficeInDatabase& office, JurisdictionId where) {
    return office.journal.head(*office.database.reading(), where).size;
}

const calendar::Date kToday = calendar::civil_date(kMorning);

Change by_system(JurisdictionId where) {
    static const Actor kSystem = system_actor({});
    return {where, kSystem, kMorning};
}

// Runs one command and answers its refusal's code, "" where there was none.
template <class Command>
std::string code_of(OfficeInDatabase& office, const Command& command) {
    const auto done = office.run([&](storage::Transaction& transaction) -> Result<void> {
        TRY_OK(command(transaction));
        return {};
    });
    return done ? std::string() : std::string(done.error().code);
}

std::string adding(OfficeInDatabase& office, const Jurisdiction& values,
                   const char* parent = "hubin") {
    return code_of(office, [&](storage::Transaction& transaction) {
        return office.organisation.add_jurisdiction(transaction, by_system({}), {parent, values});
    });
}

std::string adding(OfficeInDatabase& office, const Unit& values, const char* led_by = "") {
    return code_of(office, [&](storage::Transaction& transaction) {
        return office.organisation.add_unit(transaction, by_system(kOffice), {values, led_by});
    });
}

std::string adding(OfficeInDatabase& office, const Person& values, const char* unit,
                   const std::vector<std::string>& posts) {
    return code_of(office, [&](storage::Transaction& transaction) {
        return office.organisation.add_person(transaction, by_system(kOffice), office_set(),
                                              {values, unit, posts});
    });
}

std::string setting(OfficeInDatabase& office, const char* name, const Value& value) {
    return code_of(office, [&](storage::Transaction& transaction) {
        return office.organisation.set_setting(transaction, by_system(kOffice), office_set(), name,
                                               value);
    });
}

Jurisdiction jurisdiction_of(std::string code, std::string name, std::string kind = "subdistrict") {
    Jurisdiction values;
    values.code = std::move(code);
    values.name = std::move(name);
    values.kind = std::move(kind);
    return values;
}

std::vector<std::string> findings(OfficeInDatabase& office, JurisdictionId where) {
    std::vector<std::string> found;
    const auto connection = office.database.reading();
    const auto outcome = journal::verify(office.journal, office.vault, *connection, where,
                                         {&office.organisation}, {});
    for (const journal::Finding& finding : outcome.findings) {
        found.push_back(finding.kind + " " + finding.table + " " + finding.row + " " +
                        finding.column);
    }
    return found;
}

}  // namespace

TEST_CASE("an organisation is read back as it was founded") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const Directory where = office.directory(kOffice);
        CHECK(where.jurisdiction.code == "qianjin");
        CHECK(where.jurisdiction.parent == kDistrict);
        CHECK(where.jurisdiction.packs == std::vector<std::string>{"sample"});
        CHECK(where.jurisdiction.definitions == office_set().digest().hex());
        CHECK(where.above == std::vector<JurisdictionId>{kDistrict});
        REQUIRE(where.units.size() == 4);
        CHECK(where.unit_named("huachuang")->lead_section == where.unit_named("office")->id);
        REQUIRE(where.persons.size() == 5);
        const Person* wang = where.person_named("王小明");
        REQUIRE(wang != nullptr);
        CHECK(wang->code == "wang");
        CHECK(wang->unit == where.unit_named("huachuang")->id);
        REQUIRE(wang->posts.size() == 1);
        CHECK(wang->posts.front().post == "clerk");
        CHECK(wang->posts.front().unit == wang->unit);
        CHECK(Organisation::jurisdictions(*database.reading()).size() == 2);
    });
}

TEST_CASE("ids are journal numbers, a jurisdiction is the first record of its own journal") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const auto written = bodies(office, kOffice);
        REQUIRE(written.size() == 16);  // jurisdiction, adopt, 4 units, 5 persons with a post each
        CHECK(written[0].find(R"("action":"jurisdiction")") != std::string::npos);
        CHECK(written[0].find("前进街道") != std::string::npos);
        CHECK(written[1].find(R"("action":"adopt")") != std::string::npos);
        const Directory where = office.directory(kOffice);
        CHECK(where.units.front().id.value == 3);
        CHECK(where.persons.front().id.value == 7);
        CHECK(where.persons.front().posts.front().id == 8);
        CHECK(bodies(office, kDistrict).size() == 1);
    });
}

TEST_CASE("names and codes of people never stand in the clear in the journal") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        REQUIRE(setting(office, "addressee", "某某同志") == "");
        for (const std::string& body : bodies(office, kOffice)) {
            CAPTURE(body);
            CHECK(body.find("王小明") == std::string::npos);
            CHECK(body.find("\"wang\"") == std::string::npos);
            CHECK(body.find("某某同志") == std::string::npos);
        }
    });
}

TEST_CASE("the posts of a person carry the number of the command that gave them") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        Person twice;
        twice.code = "wu";
        twice.name = "吴双";
        REQUIRE(adding(office, twice, "office", {"clerk", "leader", "clerk"}) == "");
        const auto written = bodies(office, kOffice);
        REQUIRE(written.size() == 19);
        for (std::size_t i = 16; i < written.size(); ++i) {
            CHECK(written[i].find(R"("command":17)") != std::string::npos);
        }
        CHECK(office.directory(kOffice).person_named("wu")->posts.size() == 2);
    });
}

TEST_CASE("every record names the person who acted, and where that is another office, that too") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const Actor bureau = testing::district_person({"bureau"});
        const auto done = office.run([&](storage::Transaction& transaction) -> Result<void> {
            Unit unit;
            unit.code = "added";
            unit.kind = "village";
            unit.name = "新村";
            TRY_OK(
                office.organisation.add_unit(transaction, {kOffice, bureau, kMorning}, {unit, ""}));
            return {};
        });
        REQUIRE(done);
        const auto written = bodies(office, kOffice);
        CHECK(written.back().find(R"("actor":9,"actor_jurisdiction":1)") != std::string::npos);
        CHECK(written.front().find("actor") == std::string::npos);
    });
}

TEST_CASE("a code belongs to one, and a refused command leaves no record") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const auto before = journal_size(office, kOffice);
        CHECK(adding(office, jurisdiction_of("qianjin", "同名街道")) == errors::kCodeTaken);
        CHECK(adding(office, Unit{{}, "office", "section", "又一个", "", {}}) ==
              errors::kCodeTaken);
        CHECK(adding(office, Person{{}, "wang", "王大明", {}, {}}, "office", {}) ==
              errors::kCodeTaken);
        CHECK(journal_size(office, kOffice) == before);
        CHECK(office.directory(kOffice).persons.size() == 5);
        CHECK(Organisation::jurisdictions(*database.reading()).size() == 2);
    });
}

TEST_CASE("what cannot be right is refused") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const auto before = journal_size(office, kOffice);
        for (const char* code : {"", "Qianjin", "1a", "前进", "a-b", "a b"}) {
            CAPTURE(code);
            CHECK(adding(office, jurisdiction_of(code, "某街道")) == errors::kBadCode);
            CHECK(adding(office, Person{{}, code, "某人", {}, {}}, "office", {}) ==
                  errors::kBadCode);
        }
        CHECK(adding(office, jurisdiction_of(std::string(42, 'a'), "某街道")) == errors::kBadCode);
        CHECK(adding(office, jurisdiction_of("another", "某街道", "kingdom")) == errors::kBadKind);
        CHECK(adding(office, jurisdiction_of("another", "  ")) == errors::kBadText);
        CHECK(adding(office, jurisdiction_of("another", "某\x01街道")) == errors::kBadText);
        Jurisdiction undated = jurisdiction_of("another", "某街道");
        undated.live_from = "2024-02-30";
        CHECK(adding(office, undated) == errors::kBadDate);
        CHECK(adding(office, jurisdiction_of("another", "某街道"), "nowhere") ==
              errors::kNoSuchJurisdiction);
        CHECK(adding(office, Unit{{}, "new", "section", "新", "", {}}, "nothing") ==
              errors::kNoSuchUnit);
        CHECK(adding(office, Unit{{}, "new", "castle", "新", "", {}}) == errors::kBadKind);
        CHECK(adding(office, Person{{}, "wu", "吴双", {}, {}}, "", {}) == errors::kNoSuchUnit);
        CHECK(adding(office, Person{{}, "wu", "吴双", {}, {}}, "office", {"king"}) ==
              errors::kNoSuchPost);
        CHECK(setting(office, "nothing", "1") == errors::kNoSuchSetting);
        CHECK(setting(office, "hours", 61) == errors::kBadSetting);
        CHECK(journal_size(office, kOffice) == before);
    });
}

TEST_CASE("posts that exclude each other are not held by one person") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const Person person{{}, "wu", "吴双", {}, {}};
        CHECK(adding(office, person, "office", {"hearing", "investigator"}) ==
              errors::kConflictingPosts);
        CHECK(adding(office, person, "office", {"hearing", "outsider", "leader"}) == "");
    });
}

TEST_CASE("a tree of jurisdictions has an end") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        std::string parent;
        for (std::size_t level = 0; level < kLevelsMax; ++level) {
            const std::string code = "level" + std::to_string(level);
            REQUIRE(adding(office, jurisdiction_of(code, "某地"), parent.c_str()) == "");
            parent = code;
        }
        CHECK(adding(office, jurisdiction_of("deeper", "某地"), parent.c_str()) ==
              errors::kTooDeep);
        CHECK(office.directory(JurisdictionId{8}).above.size() == 7);
    });
}

TEST_CASE("a setting stands until it is changed or goes back to the default") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        CHECK(setting(office, "addressee", "区委") == "");
        CHECK(setting(office, "hours", "40") == "");
        CHECK(setting(office, "hours", 50) == "");
        const Directory where = office.directory(kOffice);
        CHECK(where.setting(office_set(), "addressee") == Value("区委"));
        CHECK(where.setting(office_set(), "hours") == Value(50));
        CHECK(setting(office, "addressee", Value()) == "");
        CHECK(office.directory(kOffice).setting(office_set(), "addressee") == Value("区政府"));
    });
}

TEST_CASE("a person acts by code or name, from the office or from above it") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const auto add_to = [&](JurisdictionId where, const char* code, const char* name) {
            return code_of(office, [&](storage::Transaction& transaction) {
                return office.organisation.add_person(
                    transaction, by_system(where), office_set(),
                    {{{}, code, name, {}, {}}, "office", {"bureau"}});
            });
        };
        REQUIRE(code_of(office, [&](storage::Transaction& transaction) {
                    return office.organisation.add_unit(
                        transaction, by_system(kDistrict),
                        {{{}, "office", "bureau", "区司法局", "", {}}, ""});
                }) == "");
        REQUIRE(add_to(kDistrict, "zhou", "周平") == "");
        REQUIRE(add_to(kOffice, "wang2", "王小明") == "");

        const auto connection = database.reading();
        const auto from_above = Organisation::actor(*connection, kOffice, "周平", kToday);
        REQUIRE(from_above);
        CHECK(from_above->jurisdiction == kDistrict);
        CHECK(from_above->holds("bureau"));
        CHECK(Organisation::actor(*connection, kOffice, "li", kToday)->name == "李文");
        CHECK(Organisation::actor(*connection, kOffice, "王小明", kToday).error().code ==
              errors::kAmbiguousPerson);
        CHECK(Organisation::actor(*connection, kOffice, "无此人", kToday).error().code ==
              errors::kNoSuchPerson);
        CHECK(Organisation::actor(*connection, kDistrict, "li", kToday).error().code ==
              errors::kNoSuchPerson);
        CHECK(Organisation::actor(*connection, JurisdictionId{77}, "li", kToday).error().code ==
              errors::kNoSuchJurisdiction);
    });
}

TEST_CASE("replaying the journal makes the same organisation") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        REQUIRE(setting(office, "addressee", "区委") == "");
        REQUIRE(setting(office, "hours", 40) == "");
        REQUIRE(setting(office, "hours", Value()) == "");
        CHECK(findings(office, kOffice).empty());
        CHECK(findings(office, kDistrict).empty());

        const auto done = office.run([&](storage::Transaction& transaction) -> Result<void> {
            transaction.connection().execute("UPDATE person SET name = '别人' WHERE code = 'wang'");
            transaction.connection().execute("DELETE FROM setting_value");
            return {};
        });
        REQUIRE(done);
        const auto found = findings(office, kOffice);
        REQUIRE(found.size() == 2);
        CHECK(found[0] == "row_differs person id=7 name");
        CHECK(found[1].find("row_missing setting_value") == 0);

        const auto repaired = office.run([&](storage::Transaction& transaction) -> Result<void> {
            TRY_OK(
                journal::replay(office.journal, transaction, kOffice, {&office.organisation}, {}));
            return {};
        });
        REQUIRE(repaired);
        CHECK(findings(office, kOffice).empty());
        CHECK(office.directory(kOffice).person_named("王小明") != nullptr);
    });
}

TEST_CASE("when a person's key is destroyed the row stays without a name") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const auto done = office.run([&](storage::Transaction& transaction) -> Result<void> {
            for (const std::int64_t person : {7, 9}) {
                office.vault.destroy_key(transaction, kOffice, person);
            }
            TRY_OK(
                journal::replay(office.journal, transaction, kOffice, {&office.organisation}, {}));
            return {};
        });
        REQUIRE(done);
        const Directory where = office.directory(kOffice);
        REQUIRE(where.persons.size() == 5);
        CHECK(where.persons[0].name.empty());
        CHECK(where.persons[1].code.empty());
        CHECK(where.persons[0].posts.size() == 1);
        CHECK(where.persons[2].name == "赵刚");
        CHECK(findings(office, kOffice).empty());
    });
}

TEST_CASE("a record this room could never have written is refused, not applied") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const auto applying = [&](const Value& body, std::int64_t seq) {
            return code_of(office, [&](storage::Transaction& transaction) {
                return office.organisation.apply(transaction, kOffice, {seq, body, Value()});
            });
        };
        CHECK(applying(Value::Map{{"action", "coup"}}, 90) == errors::kImpossibleRecord);
        CHECK(applying(Value::Map{{"action", "unit"}, {"code", "office"}}, 90) ==
              errors::kImpossibleRecord);
        CHECK(applying(Value::Map{{"action", "unit"}, {"code", 7}}, 90) ==
              errors::kImpossibleRecord);
        CHECK(applying(Value::Map{{"action", "person"}}, 90) == errors::kImpossibleRecord);
        CHECK(applying(Value::Map{{"action", "post"}, {"person", 7}}, 90) ==
              errors::kImpossibleRecord);
        CHECK(applying(Value::Map{{"action", "setting"}}, 90) == errors::kImpossibleRecord);
        CHECK(applying(Value::Map{{"action", "jurisdiction"}, {"code", "third"}}, 90) ==
              errors::kImpossibleRecord);
        CHECK(findings(office, kOffice).empty());
    });
}

TEST_CASE("a unit is renamed, led by another, and replayed so") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const auto changing = [&](const char* unit, const UnitChange& wanted) {
            const Directory where = office.directory(kOffice);
            const Unit* found = where.unit_named(unit);
            return code_of(office, [&](storage::Transaction& transaction) {
                return office.organisation.change_unit(transaction, by_system(kOffice),
                                                       found == nullptr ? UnitId{} : found->id,
                                                       wanted);
            });
        };
        CHECK(changing("huachuang", {" 华新社区 ", "华新", ""}) == "");
        const Directory where = office.directory(kOffice);
        const Unit* unit = where.unit_named("huachuang");
        REQUIRE(unit != nullptr);
        CHECK(unit->name == "华新社区");
        CHECK(unit->short_name == "华新");
        CHECK_FALSE(unit->lead_section);
        CHECK(unit->kind == "community");

        CHECK(changing("nowhere", {"某社区", "", ""}) == errors::kNoSuchUnit);
        CHECK(changing("huachuang", {"", "", ""}) == errors::kBadText);
        CHECK(changing("huachuang", {"华新社区", "", "nowhere"}) == errors::kNoSuchUnit);
        CHECK(changing("huachuang", {"华新社区", "", "huachuang"}) == errors::kNoSuchUnit);
        CHECK(office.directory(kOffice).unit_named("huachuang")->short_name == "华新");
        CHECK(findings(office, kOffice).empty());
    });
}

TEST_CASE("a person moves to another unit and holds other posts, those kept going on") {
    for_each_database([](storage::Database& database) {
        OfficeInDatabase office(database);
        office.found(office_set());
        const auto placing = [&](PersonId person, const Placement& wanted) {
            return code_of(office, [&](storage::Transaction& transaction) {
                return office.organisation.place_person(transaction, by_system(kOffice),
                                                        office_set(), person, wanted);
            });
        };
        const Directory before = office.directory(kOffice);
        const Person* wang = before.person_named("wang");
        REQUIRE(wang != nullptr);
        REQUIRE_FALSE(wang->posts.empty());
        const Post kept = wang->posts.front();
        const std::string kept_over = before.unit(kept.unit)->code;
        const std::string other = before.units.back().code;
        REQUIRE(before.units.back().id != wang->unit);

        CHECK(placing(wang->id, {other, {{kept.post, kept_over}, {kept.post, other}}}) == "");
        Directory now = office.directory(kOffice);
        const Person* moved = now.person_named("wang");
        CHECK(now.unit(moved->unit)->code == other);
        REQUIRE(moved->posts.size() == 2);
        CHECK(moved->posts[0].id == kept.id);  // it was never laid down
        CHECK(now.unit(moved->posts[1].unit)->code == other);

        CHECK(placing(wang->id, {other, {}}) == "");
        now = office.directory(kOffice);
        CHECK(now.person_named("wang")->posts.empty());

        CHECK(placing(PersonId{9999}, {other, {}}) == errors::kNoSuchPerson);
        CHECK(placing(wang->id, {"nowhere", {}}) == errors::kNoSuchUnit);
        CHECK(placing(wang->id, {other, {{kept.post, "nowhere"}}}) == errors::kNoSuchUnit);
        CHECK(placing(wang->id, {other, {{"nobody", other}}}) == errors::kNoSuchPost);
        CHECK(placing(wang->id, {other, {{kept.post, other}, {kept.post, other}}}) ==
              errors::kBadText);
        CHECK(findings(office, kOffice).empty());
    });
}

}  // namespace fazhi::access
