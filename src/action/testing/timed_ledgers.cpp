#include "action/testing/timed_ledgers.h"

namespace fazhi::action::testing {
namespace {

constexpr std::string_view kTimed = R"(ledger: asked
title: 征求意见
fields:
  occurred_on: {title: 收到日期, type: date, required: true}
  subject: {title: 事由, type: text, public: true}
states: {open: {title: 等待}, given: {title: 已答复, final: true}, deemed: {title: 视为同意, final: true}}
transitions:
  give: {title: 答复, from: open, to: given, by: [clerk, law_office]}
  deem: {title: 视为同意, from: open, to: deemed, auto: {clock: reply}}
clocks:
  reply: {title: 提出意见, whose: party, from: {field: occurred_on}, until: [give], within: 15 workdays}
---
ledger: due_case
title: 限期事项
fields:
  occurred_on: {title: 收到日期, type: date, required: true}
  subject: {title: 事由, type: text, public: true}
evidence: {slip: {title: 送达回证}}
states: {open: {title: 待办}, done: {title: 办结, final: true}}
transitions:
  finish: {title: 办结, from: open, to: done, by: [clerk, law_office], proof: [slip]}
clocks:
  finish: {title: 办结期限, from: {field: occurred_on}, until: [finish], within: 10 workdays, warn: [3 workdays]}
measures:
  cases_on_time: {title: 按期办结率, unit: "%", on_time: finish}
---
ledger: long_case
title: 可延长事项
fields:
  occurred_on: {title: 收到日期, type: date, required: true}
  party: {title: 当事人, type: text}
states: {open: {title: 待办}, done: {title: 办结, final: true}}
transitions:
  prolong: {title: 延长, from: open, to: open, by: [clerk, law_office]}
  finish: {title: 办结, from: open, to: done, by: [clerk, law_office]}
clocks:
  finish:
    title: 办结期限
    from: {field: occurred_on}
    until: [finish]
    within: 20 days
    warn: [15 days, 10 days, 5 days]
    extend: {transition: prolong, times: 1, adds: 10 days, notify: party}
---
duty: monthly_visit
title: 每月走访
for_each: {unit: {kind: community}}
every: month
expects: {ledger: visit, at_least: 1}
nil: declare
post: clerk
remind: [10 days, 3 days]
---
settings:
  escalate_to_head_after: {title: 报科室, type: duration, default: 1 workday, source: 自定, change: [law_office]}
  escalate_to_leader_after: {title: 报领导, type: duration, default: 3 workdays, source: 自定, change: [law_office]}
  escalation_head_post: {title: 科室岗位, type: text, default: law_office, source: 自定, change: [law_office]}
  escalation_leader_post: {title: 领导岗位, type: text, default: leader, source: 自定, change: [law_office]}
)";

}  // namespace

std::string_view timed_ledgers() {
    return kTimed;
}

}  // namespace fazhi::action::testing
