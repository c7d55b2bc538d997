#include "procedure/testing/clock_ledgers.h"

#include <string_view>

#include "access/testing/office.h"

namespace fazhi::procedure::testing {
namespace {

constexpr std::string_view kLedgers = R"(ledger: request
title: 申请
fields:
  occurred_on:  {title: 收到日期, type: date, required: true}
  kind:         {title: 程序, type: choice, options: {ordinary: 普通, summary: 简易}}
  days:         {title: 补正天数, type: integer, min: 1}
  extra:        {title: 延长, type: integer, min: 1}
  hearing_on:   {title: 听证日期, type: date, future: true}
  taken_at:     {title: 实施时刻, type: datetime}
  approved_at:  {title: 批准时刻, type: datetime}
  sent_on:      {title: 寄出日期, type: date, required_in: [answered]}
  due_on:       {title: 约定日期, type: date, future: true}
evidence: {posting: {title: 寄出凭证}, request_slip: {title: 征求意见凭证}}
states: {open: {title: 办理中}, waiting: {title: 等待}, answered: {title: 已答复}, ended: {title: 已结束, final: true}}
transitions:
  ask:     {title: 补正, from: open, to: waiting, by: [clerk]}
  comply:  {title: 收到补正, from: waiting, to: open, by: [clerk]}
  consult: {title: 征求意见, from: open, to: open, by: [clerk], proof: [request_slip]}
  heard:   {title: 意见到齐, from: open, to: open, by: [clerk]}
  extend:  {title: 延长, from: open, to: open, by: [leader]}
  hurry:   {title: 另定期限, from: open, to: open, by: [leader]}
  notify:  {title: 通知, from: open, to: open, by: [clerk]}
  publish: {title: 公开, from: open, to: open, by: [clerk]}
  answer:  {title: 答复, from: open, to: answered, by: [clerk], proof: [posting]}
  redo:    {title: 重办, from: answered, to: open, by: [leader]}
  reopen:  {title: 重新打开, from: ended, to: open, by: [leader], note: required, reopens: true}
  end:     {title: 结束, from: [open, waiting, answered], to: ended, by: [clerk]}
clocks:
  answer:
    title: 答复期限
    from: {field: occurred_on}
    until: [answer]
    within: 20 workdays
    restart: {stop: ask, begin: comply}
    pause: [{from: consult, to: heard}]
    extend: {transition: extend, times: 1, adds: {field: extra, unit: workdays}, ask_before: due}
    warn: [5 workdays, 1 workday]
    basis: {law: 公开条例, article: 33}
  correct: {title: 补正期限, whose: party, from: {transition: ask}, until: [comply], within: {field: days, unit: workdays}, basis: {law: 公开条例, article: 30}}
  reply:
    title: 复议答复
    from: {field: occurred_on}
    until: [answer]
    within: [{when: {kind: summary}, is: 5 workdays, since: 2024-01-01}, {is: 10 workdays, since: 2024-01-01}]
    basis: {law: 复议法, article: 48}
  limited: {title: 限时暂停, from: {field: occurred_on}, until: [answer], within: 30 days, pause: [{from: consult, to: heard, limit: 10 days}]}
  notice:  {title: 会前通知, before: {field: hearing_on, by: 7 workdays}, until: [notify]}
  approve: {title: 补办批准, from: {field: taken_at}, until: [{field: approved_at}], within: 24 hours}
  comment: {title: 征求意见期, from: {transition: publish}, at_least: 30 days}
  month:   {title: 一个月, soft: true, from: {field: occurred_on}, until: [answer], within: 1 month, shorten: {transition: hurry, is: 10 days}}
  sue:     {title: 起诉, whose: party, from: {clock: month, at: due}, within: 15 days}
  agreed:  {title: 约定, when: {due_on: {empty: false}}, due: {field: due_on}, until: [answer]}
  again:   {title: 约定（可重办）, when: {due_on: {empty: false}}, due: {field: due_on}, until: [answer, end], restart: {stop: [answer, end], begin: [redo, reopen]}}
  yearly:  {title: 每年报送, due: {month_day: "03-01", exclusive: true}, until: [answer]}
---
laws:
  公开条例: {workdays: all, roll_forward: false, verified: true}
  复议法:   {workdays: [3, 5, 7, 10], roll_forward: true, verified: true}
)";

}  // namespace

const definition::DefinitionSet& clock_set() {
    static const auto kSet = access::testing::set_with(kLedgers);
    return *kSet;
}

}  // namespace fazhi::procedure::testing
