#include "measure/testing/sample_ledgers.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "calendar/testing/china.h"
#include "definition/loader.h"
#include "storage/database.h"
#include "storage/transaction.h"

namespace fazhi::measure::testing {

namespace {

constexpr std::string_view kLedgers = R"(ledger: outing
title: 外出
fields:
  occurred_on: {title: 日期, type: date, required: true}
  kind: {title: 种类, type: choice, options: {home: 入户, phone: 电话, old: {title: 旧的, retired: true}}}
  topics: {title: 主题, type: choices, options: {law: 法律, safety: 安全, tax: 税务}}
  papers: {title: 资料, type: integer, min: 0}
  hours: {title: 学时, type: decimal, scale: 1}
  cost: {title: 费用, type: money}
  leader: {title: 领导参加, type: yes_no}
  visitor: {title: 走访人, type: person}
  partner: {title: 协办单位, type: unit}
  firm: {title: 单位名称, type: text, public: true}
  remark: {title: 备注, type: text}
  phone: {title: 电话, type: phone, private: true}
  guests: {title: 来宾, type: list, of: {name: {title: 姓名, type: text, public: true}, adult: {title: 成年, type: yes_no}, gifts: {title: 礼品, type: integer}}}
measures:
  outings: {title: 外出, unit: 次, count: entries}
  home_outings: {title: 入户, unit: 次, count: entries, where: {kind: home}}
  law_outings: {title: 法律宣传, unit: 次, count: entries, where: {topics: {has_any: [law]}}}
  papers_given: {title: 发放资料, unit: 份, sum: papers}
  papers_average: {title: 平均资料, unit: 份, average: papers}
  hours_spent: {title: 学时, unit: 学时, sum: hours}
  cost_yuan: {title: 费用, unit: 元, sum: cost}
  cost_ten_thousand: {title: 费用, unit: 万元, sum: cost}
  cost_average: {title: 平均费用, unit: 元, average: cost}
  visitors: {title: 走访人, unit: 人, distinct: visitor}
  firms: {title: 单位, unit: 家, distinct: firm}
  topics_met: {title: 主题, unit: 个, distinct: topics}
  outing_units: {title: 外出单位, unit: 个, distinct: unit}
  papers_latest: {title: 最近资料, unit: 份, latest: papers}
  guests: {title: 来宾, unit: 人, count: rows, over: guests}
  adult_guests: {title: 成年来宾, unit: 人, count: rows, over: guests, where: {adult: true, kind: home}, must: {max: outings}}
  gifts: {title: 礼品, unit: 件, count: rows, over: guests, sum: gifts}
  guest_names: {title: 来宾姓名, unit: 个, count: rows, over: guests, distinct: name}
  workday_outings: {title: 工作日外出, unit: 次, count: entries, where: {occurred_on: {day: workday}}}
  outings_and_matters: {title: 合计, unit: 件, total: [outings, matters]}
  other_outings: {title: 其他外出, unit: 次, total: [outings], less: [home_outings]}
  home_share: {title: 入户率, unit: "%", ratio: [home_outings, outings]}
  communities: {title: 社区, unit: 个, count: units, over: {unit: {kind: community}}}
  communities_out: {title: 外出社区, unit: 个, count: units, over: {unit: {kind: community}}, each: [{ledger: outing}, {ledger: outing, where: {kind: home}, at_least: 2}]}
  communities_coverage: {title: 覆盖率, unit: "%", ratio: [communities_out, communities]}
  clerks_out: {title: 外出经办人, unit: 人, count: units, over: {person: {post: clerk}}, each: [{ledger: outing}]}
  office_out: {title: 本街道外出, unit: 个, count: units, over: jurisdiction, each: [{ledger: outing}]}
---
ledger: matter
title: 事项
fields:
  occurred_on: {title: 日期, type: date, required: true}
  kind: {title: 种类, type: choice, options: {home: 上门, road: 路上}}
  amount: {title: 金额, type: money}
states: {open: {title: 已登记}, doing: {title: 办理中}, done: {title: 办结}}
transitions:
  begin: {title: 开始, from: open, to: doing, by: [clerk]}
  remark: {title: 记事, from: doing, to: doing, by: [clerk]}
  finish: {title: 办结, from: doing, to: done, by: [clerk]}
  reopen: {title: 重开, from: done, to: doing, by: [clerk]}
measures:
  matters: {title: 事项, unit: 件, count: entries}
  begun: {title: 开始, unit: 件, count: reached, state: doing}
  finished: {title: 办结, unit: 件, count: reached, state: done, must: {max: begun}}
  opened: {title: 登记, unit: 件, count: reached, state: open}
  begun_each_time: {title: 进入办理, unit: 次, count: passages, state: doing}
  remarks: {title: 记事, unit: 次, count: passages, transition: remark}
  begun_again: {title: 重开, unit: 次, count: passages, state: doing, where: {via: done}}
  unfinished: {title: 未办结, unit: 件, count: standing, state: [open, doing]}
  unfinished_before: {title: 年初未办结, unit: 件, count: standing, as_of: start, state: [open, doing]}
  finished_share: {title: 办结率, unit: "%", ratio: [finished, begun], cohort: doing}
  finished_of_begun: {title: 办结比, unit: "%", ratio: [finished, begun]}
  begun_amount: {title: 涉及金额, unit: 元, sum: amount, count: reached, state: doing}
  visited: {title: 有外出的事项, unit: 件, count: entries, where: {linked: {outing: {kind: home}}}}
  unvisited: {title: 没有外出的事项, unit: 件, count: entries, where: {linked: {outing: {empty: true}}}}
---
ledger: permit
title: 证件
register: true
dated_by: valid_from
fields:
  valid_from: {title: 发证日期, type: date, required: true}
  valid_until: {title: 有效期至, type: date, future: true}
  holder: {title: 持证人, type: person}
measures:
  permits: {title: 证件, unit: 本, count: standing}
  permits_before: {title: 年初证件, unit: 本, count: standing, as_of: start}
  permits_issued: {title: 新发证件, unit: 本, count: entries}
  holders: {title: 持证人, unit: 人, distinct: holder, count: standing}
  permits_used: {title: 用过的证件, unit: 本, count: units, over: {ledger: permit}, each: [{ledger: deal}]}
---
ledger: deal
title: 交易
dated_by: decided_on
fields:
  decided_on: {title: 日期, type: date, required: true}
  permits: {title: 证件, type: list, of: {permit: {title: 证件, type: entry, from: {ledger: permit, valid_on: decided_on}}}}
  main_permit: {title: 主证件, type: entry, from: {ledger: permit}}
measures:
  deals: {title: 交易, unit: 笔, count: entries}
)";

}  // namespace

const definition::DefinitionSet& sample_set() {
    static const std::shared_ptr<const definition::DefinitionSet> kSet =
        access::testing::set_with(kLedgers);
    return *kSet;
}

SampleOffice::SampleOffice(storage::Database& database)
    : office(database),
      ledgers(office.journal, office.vault, (office.folder.folder() / "evidence").string(),
              sample_set()) {
    ledger::Ledgers::make_tables(*database.writing(), sample_set());
    office.found(sample_set());
    directory = office.directory(access::testing::kOffice);
}

std::int64_t SampleOffice::unit(const std::string& code) const {
    return directory.unit_named(code)->id.value;
}

std::int64_t SampleOffice::person(const std::string& code) const {
    return directory.person_named(code)->id.value;
}

ledger::Context SampleOffice::context() const {
    return {.directory = directory,
            .definitions = sample_set(),
            .workdays = calendar::testing::china(),
            .actor = directory.actor(*directory.person_named("li")),
            .accepted_at = calendar::instant_of({calendar::last_day_of_year(2025), 9, 0, 0}),
            .today = calendar::last_day_of_year(2025)};
}

void SampleOffice::write(
    const std::function<Result<void>(storage::Transaction&, ledger::Context&)>& command) {
    const auto done = office.run([&](storage::Transaction& transaction) -> Result<void> {
        ledger::Context where = context();
        return command(transaction, where);
    });
    if (!done) FAIL(done.error().message << " " << done.error().where);
}

EntryId SampleOffice::add(const std::string& ledger, Value::Map fields, const std::string& unit) {
    EntryId id;
    write([&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
        ledger::NewEntry entry;
        entry.ledger = ledger;
        entry.fields = Value(std::move(fields));
        entry.unit = unit;
        TRY(const auto made, ledgers.create(transaction, where, entry));
        id = made.head.id;
        return {};
    });
    return id;
}

void SampleOffice::move(EntryId matter, const std::string& transition, const std::string& to,
                        const std::string& happened_on) {
    write([&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
        ledger::Move step;
        step.transition = transition;
        step.to = to;
        step.happened_on = happened_on;
        TRY_OK(ledgers.move(transaction, where, "matter", matter, step));
        return {};
    });
}

void SampleOffice::cancel(const std::string& ledger, EntryId entry) {
    write([&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
        TRY_OK(ledgers.void_entry(transaction, where, ledger, entry, "登记错误"));
        return {};
    });
}

void SampleOffice::connect(const std::string& from, EntryId from_id, const std::string& to,
                           EntryId to_id) {
    write([&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
        return ledgers.link(transaction, where, {from, from_id, "", to, to_id});
    });
}

EntryId SampleOffice::matter(const std::string& opened_on,
                             const std::vector<std::pair<std::string, std::string>>& states,
                             Value::Map fields, const std::string& unit) {
    fields.emplace("occurred_on", opened_on);
    const EntryId id = add("matter", std::move(fields), unit);
    for (const auto& [state, day] : states)
        move(id, state == "done" ? "finish" : "begin", state, day);
    return id;
}

Result<std::vector<Figure>> SampleOffice::answer(const std::vector<Question>& questions,
                                                 const Period& period) {
    const auto connection = office.database.reading();
    return Measures(*connection, directory, sample_set(), calendar::testing::china(),
                    context().today)
        .answer(questions, period);
}

Figure SampleOffice::figure(const std::string& measure, const Period& period,
                            std::string_view where) {
    Question question{measure, {}};
    const definition::Measure* defined = sample_set().measure(measure);
    REQUIRE(defined != nullptr);
    if (!where.empty()) question.where = condition(where, defined->ledger);
    auto figures = answer({question}, period);
    if (!figures) FAIL(figures.error().message);
    REQUIRE(figures->size() == 1);
    // Without the entries behind it, the same value of as many.
    const auto connection = office.database.reading();
    const auto counted =
        Measures(*connection, directory, sample_set(), calendar::testing::china(), context().today)
            .answer(question, period, Behind::Nothing);
    REQUIRE(counted);
    CHECK(counted->value == figures->front().value);
    CHECK(counted->count() == figures->front().count());
    CHECK(counted->warnings.size() == figures->front().warnings.size());
    return figures->front();
}

Result<std::vector<Group>> SampleOffice::by(const std::string& measure, const Period& period,
                                            const std::string& dimension) {
    const auto connection = office.database.reading();
    Measures measures(*connection, directory, sample_set(), calendar::testing::china(),
                      context().today);
    auto groups = measures.by({measure, {}}, period, dimension);
    // Without the entries behind them, the same groups and values.
    const auto counted = measures.by({measure, {}}, period, dimension, Behind::Nothing);
    REQUIRE(counted.has_value() == groups.has_value());
    for (std::size_t i = 0; groups && i < std::max(groups->size(), counted->size()); ++i) {
        CHECK(counted->at(i).key == groups->at(i).key);
        CHECK(counted->at(i).title == groups->at(i).title);
        CHECK(counted->at(i).figure.value == groups->at(i).figure.value);
        CHECK(counted->at(i).figure.scaled == groups->at(i).figure.scaled);
        CHECK(counted->at(i).figure.count() == groups->at(i).figure.count());
    }
    return groups;
}

std::vector<std::string> SampleOffice::groups(const std::string& measure, const Period& period,
                                              const std::string& dimension) {
    const auto found = by(measure, period, dimension);
    if (!found) FAIL(found.error().message);
    std::vector<std::string> lines;
    for (const Group& group : *found) lines.push_back(group.key + " " + group.figure.value);
    return lines;
}

definition::Condition condition(std::string_view yaml, std::string_view ledger) {
    auto parsed = definition::parse_condition(yaml, sample_set(), *sample_set().ledger(ledger));
    if (!parsed) FAIL(parsed.error().message);
    return *std::move(parsed);
}

std::vector<std::int64_t> ids(const Figure& figure, const std::string& ledger) {
    std::vector<std::int64_t> found;
    const auto listed = figure.entries.find(ledger);
    if (listed == figure.entries.end()) return found;
    for (const EntryId id : listed->second) found.push_back(id.value);
    return found;
}

}  // namespace fazhi::measure::testing
