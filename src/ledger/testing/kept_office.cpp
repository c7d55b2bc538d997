#include "ledger/testing/kept_office.h"

#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "calendar/testing/china.h"
#include "journal/projection.h"
#include "storage/database.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::ledger::testing {

namespace {

constexpr std::string_view kLedgers = R"(ledger: thing
title: 事情
number: "事〔{year}〕{serial}号"
record_within: 7 days
fields:
  occurred_on: {title: 日期, type: date, required: true}
  name: {title: 名称, type: text, public: true, pattern: "[^A-Z]*", help: 名称不用大写字母}
  remark: {title: 备注, type: note}
  count: {title: 数量, type: integer, min: 1, max: 500, unit: 份}
  hours: {title: 学时, type: decimal, scale: 1, max: {setting: hours}}
  cost: {title: 费用, type: money, min: 0}
  planned_on: {title: 计划日期, type: date, future: true}
  began_at: {title: 开始时间, type: datetime}
  clock: {title: 钟点, type: time}
  open: {title: 公开, type: yes_no}
  kind: {title: 种类, type: choice, options: {home: 入户走访, phone: 电话, old: {title: 旧的, retired: true}}}
  topics: {title: 主题, type: choices, options: [宪法, 民法典]}
  laws: {title: 依据, type: laws}
  visitor: {title: 走访人, type: person}
  second: {title: 同行人, type: person, different_from: visitor}
  partner: {title: 协办单位, type: unit}
  paper: {title: 证件, type: entry, from: {ledger: paper, valid_on: occurred_on}}
  origin: {title: 来源, type: entry, from: {ledger: [thing, paper]}}
  card: {title: 证件号码, type: id_number, private: true}
  phone: {title: 电话, type: phone, private: true}
  guests: {title: 来宾, type: list, min: 1, of: {name: {title: 姓名, type: text, required: true}, age: {title: 年龄, type: integer, min: 0, max: 150}}}
  families: {title: 家属, type: list, private: true, of: {name: {title: 姓名, type: text}}}
  site: {title: 地点, type: group, of: {street: {title: 街路, type: text, public: true}, floor: {title: 楼层, type: integer}}}
  place: {title: 位置, type: place, public: true}
  tally: {title: 件数, type: figure, measure: things}
evidence:
  photo: {title: 照片, expected: true}
  paper: {title: 签到表}
measures:
  things: {title: 事情, unit: 件, count: entries}
---
ledger: paper
title: 证件
register: true
key: [certificate]
fields:
  occurred_on: {title: 登记日期, type: date, required: true, default: today}
  certificate: {title: 证号, type: text, required: true, public: true}
  valid_from: {title: 自, type: date, required: true}
  valid_until: {title: 至, type: date, future: true}
---
ledger: local
title: 社区事
number: "{unit.short}〔{year}〕{serial}号"
fields:
  occurred_on: {title: 日期, type: date, required: true}
---
ledger: complaint
title: 诉求
fields:
  occurred_on: {title: 日期, type: date, required: true}
  summary: {title: 摘要, type: text}
  caller: {title: 来电人, type: text, private: true}
  answer: {title: 答复, type: note, required_in: [closed]}
states: {open: {title: 待办}, closed: {title: 办结, final: true}}
transitions:
  close: {title: 办结, from: open, to: closed, by: [clerk], locks: [summary]}
)";

}  // namespace

const definition::DefinitionSet& kept_set() {
    static const std::shared_ptr<const definition::DefinitionSet> kSet =
        access::testing::set_with(kLedgers);
    return *kSet;
}

KeptOffice::KeptOffice(storage::Database& database, const definition::DefinitionSet& the_set)
    : office(database),
      set(the_set),
      ledgers(office.journal, office.vault, (office.folder.folder() / "evidence").string(), set) {
    Ledgers::make_tables(*database.writing(), set);
    office.found(set);
    directory = office.directory(access::testing::kOffice);
}

Context KeptOffice::context(const std::string& person) const {
    return {.directory = directory,
            .definitions = set,
            .workdays = calendar::testing::china(),
            .actor = directory.actor(*directory.person_named(person)),
            .accepted_at = access::testing::kMorning,
            .today = calendar::civil_date(access::testing::kMorning)};
}

Result<void> KeptOffice::run(const Command& command, const std::string& person) {
    return office.run([&](storage::Transaction& transaction) -> Result<void> {
        Context where = context(person);
        return command(transaction, where);
    });
}

Result<Entry> KeptOffice::create(NewEntry input, const std::string& person) {
    Entry out;
    TRY_OK(run(
        [&](storage::Transaction& transaction, Context& where) -> Result<void> {
            TRY(out, ledgers.create(transaction, where, input));
            return {};
        },
        person));
    return out;
}

Result<Entry> KeptOffice::create(const std::string& ledger, Value::Map fields) {
    NewEntry input;
    input.ledger = ledger;
    input.fields = Value(std::move(fields));
    return create(std::move(input));
}

EntryId KeptOffice::made(const std::string& ledger, Value::Map fields) {
    const auto entry = create(ledger, std::move(fields));
    if (!entry) FAIL(entry.error().message << " " << entry.error().where);
    return entry->head.id;
}

Result<Entry> KeptOffice::amend(const std::string& ledger, EntryId id, Value::Map fields,
                                const std::string& note) {
    Entry out;
    TRY_OK(run([&](storage::Transaction& transaction, Context& where) -> Result<void> {
        TRY(out, ledgers.amend(transaction, where, ledger, id, {Value(fields), note}));
        return {};
    }));
    return out;
}

Result<Entry> KeptOffice::find(const std::string& ledger, EntryId id, Ledgers::Private shown) {
    const auto connection = office.database.reading();
    return ledgers.find(*connection, context(), ledger, id, shown);
}

std::vector<std::string> KeptOffice::lines_of(std::string_view sql) {
    return storage::testing::lines_of(*office.database.reading(), sql);
}

std::vector<std::string> KeptOffice::found_by_verify() {
    const auto connection = office.database.reading();
    const journal::VerifyOutcome outcome =
        journal::verify(office.journal, office.vault, *connection, access::testing::kOffice,
                        {&office.organisation, &ledgers}, {});
    std::vector<std::string> out;
    for (const journal::Finding& finding : outcome.findings)
        out.push_back(
            fmt::format("{} {} {} {}", finding.kind, finding.table, finding.row, finding.column));
    return out;
}

std::vector<std::string> codes_of(const Error& error) {
    std::vector<std::string> out;
    for (const Error& each : flatten(error))
        out.push_back(fmt::format("{}|{}", each.code, each.where));
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace fazhi::ledger::testing
