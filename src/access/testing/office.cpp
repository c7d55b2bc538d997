#include "access/testing/office.h"

#include <doctest/doctest.h>

#include "definition/loader.h"
#include "storage/database.h"
#include "storage/transaction.h"

namespace fazhi::access::testing {

namespace {

constexpr std::string_view kPack = R"(pack: sample
title: 试点
version: "1.0.0"
)";

constexpr std::string_view kRoles = R"(roles:
  clerk: {title: 经办人, may: [{do: [view, record, move], ledgers: all, scope: unit}]}
  section_head: {title: 科室负责人, may: [{do: [view, assign], ledgers: all, scope: units below}]}
  reporter: {title: 登记人, may: [{do: [view], ledgers: all, scope: own}]}
  law_office: {title: 法治办, may: [{do: [view, record, move, close, publish], ledgers: all, scope: jurisdiction}]}
  leader: {title: 领导, may: [{do: [view, close], ledgers: all, scope: jurisdiction}]}
  bureau: {title: 区司法局, may: [{do: [view, verify], ledgers: all, scope: jurisdictions below}]}
  hearing: {title: 听证主持人, may: [{do: [view], ledgers: all, scope: jurisdiction}]}
  investigator: {title: 调查人员, may: [{do: [view], ledgers: all, scope: jurisdiction}]}
  outsider: {title: 回避人员, may: [{do: [view], ledgers: all, scope: jurisdiction}]}
conflicts:
  - {posts: [hearing, investigator], title: 听证主持人不得由本案调查人员担任}
  - {posts: [outsider], may_not: [view], ledgers: [petition], title: 应当回避的人员不得查看}
)";

constexpr std::string_view kSettings = R"(settings:
  addressee: {title: 主送, type: text, default: 区政府, source: 通知, change: [law_office]}
  visit_limit: {title: 回访期限, type: duration, default: 30 days, min: 7 days, source: 自定, change: [law_office]}
  hours: {title: 学时, type: integer, min: 1, max: 60, source: 自定, change: [law_office]}
  guards: {title: 把关人, type: choices, options: {leader: 本级领导, superior: 上级单位}, default: [leader], source: 自定, change: [law_office]}
  report_by: {title: 报送日期, type: month_day, default: "03-01", source: 规定, change: [law_office]}
  open_day: {title: 开放, type: yes_no, source: 自定, change: [law_office]}
  since: {title: 起始日期, type: date, source: 自定, change: [law_office]}
  hearing_fine: {title: 听证罚款, type: money, min: 100, max: 100000000, source: 自定, change: [law_office]}
  contact: {title: 联系人, type: person, source: 自定, change: [law_office]}
)";

constexpr std::string_view kLedgers = R"(ledger: visit
title: 走访
fields:
  occurred_on: {title: 日期, type: date, required: true}
)";

constexpr std::string_view kPetition = R"(ledger: petition
title: 来信
visible_to: [handler, leader]
fields:
  occurred_on: {title: 日期, type: date, required: true}
)";

struct SampleUnit {
    const char* code;
    const char* kind;
    const char* name;
    const char* led_by;
};
constexpr SampleUnit kUnits[] = {{"office", "section", "司法所", ""},
                                 {"huachuang", "community", "华创社区", "office"},
                                 {"yifeng", "community", "怡丰社区", "office"},
                                 {"alone", "community", "东岸社区", ""}};

struct SamplePerson {
    const char* code;
    const char* name;
    const char* unit;
    const char* post;
};
constexpr SamplePerson kPersons[] = {{"wang", "王小明", "huachuang", "clerk"},
                                     {"li", "李文", "office", "law_office"},
                                     {"zhao", "赵刚", "office", "leader"},
                                     {"qian", "钱进", "office", "section_head"},
                                     {"sun", "孙立", "yifeng", "clerk"}};

Jurisdiction jurisdiction_of(const char* kind, const char* code, const char* name) {
    Jurisdiction values;
    values.kind = kind;
    values.code = code;
    values.name = name;
    return values;
}

journal::Vault new_vault(const storage::testing::Scratch& folder) {
    REQUIRE(journal::Vault::make_keys(folder.folder() / "keys"));
    auto vault = journal::Vault::open(folder.folder() / "keys");
    REQUIRE(vault);
    return *std::move(vault);
}

}  // namespace

std::shared_ptr<const definition::DefinitionSet> set_with(std::string_view ledgers) {
    const definition::PackSource pack{.name = "sample",
                                      .version = "1.0.0",
                                      .files = {{"ledgers/petition.yaml", std::string(kPetition)},
                                                {"ledgers/sample.yaml", std::string(ledgers)},
                                                {"pack.yaml", std::string(kPack)},
                                                {"roles.yaml", std::string(kRoles)},
                                                {"settings.yaml", std::string(kSettings)}}};
    definition::Loaded loaded = definition::build_set({pack});
    for (const definition::Problem& problem : loaded.problems) FAIL_CHECK(to_text(problem));
    REQUIRE(loaded.set != nullptr);
    return loaded.set;
}

const definition::DefinitionSet& office_set() {
    static const std::shared_ptr<const definition::DefinitionSet> kSet = set_with(kLedgers);
    return *kSet;
}

Directory office_directory() {
    Directory directory;
    directory.jurisdiction = jurisdiction_of("subdistrict", "qianjin", "前进街道");
    directory.jurisdiction.id = kOffice;
    directory.jurisdiction.parent = kDistrict;
    directory.above = {kDistrict};
    std::int64_t id = 11;
    for (const SampleUnit& unit : kUnits) {
        directory.units.push_back({UnitId{id++}, unit.code, unit.kind, unit.name, unit.code, {}});
        if (unit.led_by[0] != '\0') directory.units.back().lead_section = UnitId{11};
    }
    id = 21;
    for (const SamplePerson& person : kPersons) {
        const UnitId unit = directory.unit_named(person.unit)->id;
        directory.persons.push_back({PersonId{id}, person.code, person.name, unit, {}});
        directory.persons.back().posts.push_back({id + 10, person.post, unit});
        ++id;
    }
    return directory;
}

Actor district_person(std::vector<std::string> posts) {
    Actor actor;
    actor.jurisdiction = kDistrict;
    actor.person = PersonId{9};
    actor.code = "zhou";
    actor.name = "周平";
    actor.unit = UnitId{5};
    for (const std::string& post : posts) actor.posts.push_back({1, post, UnitId{5}});
    return actor;
}

OfficeInDatabase::OfficeInDatabase(storage::Database& where)
    : database(where),
      vault(new_vault(folder)),
      journal(HashAlgorithm::Sm3, vault),
      organisation(journal) {}

Result<void> OfficeInDatabase::run(
    const std::function<Result<void>(storage::Transaction&)>& command) {
    const auto connection = database.writing();
    storage::Transaction transaction(*connection);
    const Result<void> outcome = transaction.attempt([&] { return command(transaction); });
    if (outcome) transaction.commit();
    return outcome;
}

Directory OfficeInDatabase::directory(JurisdictionId id) {
    const auto connection = database.reading();
    auto found = Organisation::directory(*connection, id);
    REQUIRE(found);
    return *std::move(found);
}

void OfficeInDatabase::found(const definition::DefinitionSet& set) {
    const Actor system = system_actor({});
    const Change change{kOffice, system, kMorning};
    const auto done = run([&](storage::Transaction& transaction) -> Result<void> {
        TRY_OK(organisation.add_jurisdiction(transaction, change,
                                             {"", jurisdiction_of("district", "hubin", "湖滨区")}));
        TRY_OK(organisation.add_jurisdiction(
            transaction, change, {"hubin", jurisdiction_of("subdistrict", "qianjin", "前进街道")}));
        TRY_OK(organisation.adopt(transaction, change, set));
        for (const SampleUnit& unit : kUnits) {
            const Unit values{{}, unit.code, unit.kind, unit.name, unit.code, {}};
            TRY_OK(organisation.add_unit(transaction, change, {values, unit.led_by}));
        }
        for (const SamplePerson& person : kPersons) {
            const Person values{{}, person.code, person.name, {}, {}};
            TRY_OK(organisation.add_person(transaction, change, set,
                                           {values, person.unit, {person.post}}));
        }
        return {};
    });
    REQUIRE(done);
}

}  // namespace fazhi::access::testing
