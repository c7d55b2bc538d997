#include "procedure/testing/permit_ledgers.h"

#include <string_view>

#include "access/testing/office.h"

namespace fazhi::procedure::testing {

namespace {

constexpr std::string_view kLedgers = R"(ledger: permit
title: 许可
fields:
  occurred_on: {title: 收件日期, type: date, required: true}
  kind: {title: 种类, type: choice, options: {plain: 一般, large: 大型}}
  officer: {title: 承办人, type: person}
  section: {title: 承办单位, type: unit}
  opinion: {title: 意见, type: note, required_in: [granted]}
  reason: {title: 理由, type: note}
  fee: {title: 费用, type: money}
  granted_on: {title: 准予日期, type: date, default: {transition: grant}}
  sites: {title: 现场, type: list, of: {street: {title: 街路, type: text, public: true}}}
evidence:
  form: {title: 申请表}
  plan: {title: 平面图}
states: {received: {title: 已收件}, checked: {title: 已核查}, granted: {title: 已准予, final: true}, refused: {title: 不予, final: true}}
transitions:
  assign: {title: 交办, from: received, to: received, by: [law_office], requires: [officer], assign: {unit: section, handler: officer}}
  check:
    title: 核查
    from: received
    to: checked
    by: [handler, law_office]
    evidence: [form]
    gates:
      - {when: {kind: large}, evidence: [plan], requires: [fee], links: {visit: {where: {good: true}, at_least: 2}}, basis: {law: 行政许可法, article: 34}}
      - {when: {reason: {empty: false}}, refuse: 有理由的不走核查}
    links: {visit: {latest: true, where: {good: true}}}
    locks: [kind]
  grant: {title: 准予, from: checked, to: granted, by: [law_office, leader], not_by: [previous_actor], opens: [{ledger: visit, set: {occurred_on: happened_on, permit: self, good: {is: true}}}, {ledger: visit, each: sites, set: {occurred_on: happened_on, street: street}}]}
  refuse: {title: 不予许可, from: [received, checked], to: refused, by: [leader], note: required, when: {kind: large}}
  urge: {title: 催办, from: [received, checked], to: received, by: [law_office, system], times: 1}
  wait: {title: 等待, from: received, to: checked, by: [law_office], after: term}
clocks:
  term: {title: 办结期限, from: {field: occurred_on}, until: check, within: 20 workdays}
---
ledger: visit
title: 踏勘
fields:
  occurred_on: {title: 日期, type: date, required: true}
  permit: {title: 许可, type: entry, from: {ledger: permit}}
  street: {title: 街路, type: text, public: true}
  good: {title: 合格, type: yes_no}
---
settings:
  second_person: {title: 第二人, type: choices, options: {leader: 本级领导, superior_unit: 上级单位}, default: [leader, superior_unit], source: 自定, change: [law_office]}
---
laws:
  行政许可法: {verified: true}
)";

}  // namespace

const definition::DefinitionSet& permit_set() {
    static const std::shared_ptr<const definition::DefinitionSet> kSet =
        access::testing::set_with(kLedgers);
    return *kSet;
}

}  // namespace fazhi::procedure::testing
