#include "definition/testing/packs.h"

#include <algorithm>

#include <doctest/doctest.h>

namespace fazhi::definition::testing {

namespace {

constexpr std::string_view kPack = R"(pack: office
title: 试验街道
version: "1.0.0"
)";

constexpr std::string_view kRoles = R"(roles:
  clerk:      {title: 经办人, may: [{do: [view, record, move], ledgers: [complaint, visit], scope: unit}]}
  law_office: {title: 法治办, may: [{do: [view, record, move, assign, close], ledgers: all, scope: jurisdiction}]}
  leader:     {title: 负责人, may: [{do: [view, close], ledgers: all, scope: jurisdictions below}]}
conflicts:
  - {posts: [clerk, leader], title: 经办与负责不得由同一人担任}
)";

constexpr std::string_view kSettings = R"(settings:
  reply_limit: {title: 答复期限, type: duration, default: 15 days, min: 1 day, source: 本地规定, change: [law_office]}
  addressee:   {title: 主送, type: text, default: 区政府, change: [law_office]}
  parts_order: {title: 各部分顺序, type: choices, options: {results: 成效, plans: 安排}, default: [results, plans], change: [law_office]}
  floor:       {title: 最少人数, type: integer, default: 2, change: [leader]}
)";

constexpr std::string_view kLaws = R"(laws:
  信访法:     {workdays: [3, 5], silent: 民法典, roll_forward: false, verified: true}
  民法典:     {start_day: excluded, workdays: [], verified: true}
  许可法:     {workdays: all, verified: true}
  强制法:     {workdays: {max: 10}, hours: true, verified: true}
  旧办法:     {workdays: [], verified: false}
)";

constexpr std::string_view kCalendar = R"(calendar: 2024
notice: https://www.example.org/notice
rest: {2024-01-01: 元旦, 2024-02-12: 春节}
work: {2024-02-04: 春节}
)";

constexpr std::string_view kComplaint = R"(ledger: complaint
title: 群众诉求
about: 受理、办理、答复、销号。
basis: {law: 信访法, article: 2}
number: "{unit.short}诉〔{year}〕{serial}号"
dated_by: received_on
entry_title: "{place}{kind}"
record_within: 7 days
visible_to: [handler, law_office]
public: {submit: true, track: true}
fields:
  received_on: {title: 收到日期, type: date, required: true}
  kind:        {title: 类别, type: choice, required: true, options: {noise: 噪声, water: 漏水, other: 其他}}
  tags:        {title: 标签, type: choices, options: [夜间, 反复]}
  place:       {title: 地点, type: place, public: true}
  summary:     {title: 内容, type: note, required: true, search: true}
  phone:       {title: 电话, type: phone, private: true}
  people:      {title: 诉求人, type: list, min: {setting: floor}, of: {name: {title: 姓名, type: text, required: true, public: true}, age: {title: 年龄, type: integer, min: 0, max: 150}}}
  amount:      {title: 涉及金额, type: money, min: 0}
  fined:       {title: 罚款, type: money, fine: true}
  officer:     {title: 承办人, type: person, different_from: checker}
  checker:     {title: 核查人, type: person}
  guide:       {title: 联络员, type: entry, from: {ledger: guide, valid_on: received_on, where: {level: senior}}}
  extra_days:  {title: 延长天数, type: integer, min: 1}
  outcome:     {title: 结果, type: choice, required_in: [answered], options: {solved: 已解决, partial: 部分解决, refused: 不予支持}}
  answered_on: {title: 答复日期, type: date, default: {transition: answer}}
  draft:       {title: 答复草稿, type: versioned_text, public: true}
  code:        {title: 工单号, type: text, pattern: "[A-Z]{2}[0-9]{6}", public: true}
evidence:
  reply: {title: 答复书}
  photo: {title: 现场照片, expected: true}
states:
  received: {title: 已收到}
  working:  {title: 办理中}
  answered: {title: 已答复}
  closed:   {title: 已销号, final: true}
transitions:
  accept: {title: 受理, from: received, to: working, by: [clerk], assign: {handler: officer}}
  prolong: {title: 延长, from: working, to: working, by: [leader], requires: [extra_days], times: 1}
  answer:
    title: 答复
    from: working
    to: answered
    by: [clerk, handler]
    evidence: [reply]
    public: draft
    locks: draft
    document: reply
    basis: {law: 信访法, article: 5}
    gates:
      - {when: {outcome: refused, amount: {min: 100}}, requires: [summary], basis: {law: 信访法, article: 6}}
      - {when: {kind: noise}, links: {visit: {where: {purpose: inspect}, at_least: 1}}}
    opens: {ledger: visit, set: {occurred_on: happened_on, purpose: {is: follow}, about: self, note_text: summary}}
  close:  {title: 销号, from: answered, to: closed, by: [law_office], not_by: [previous_actor, officer], note: required}
clocks:
  reply:
    title: 答复期限
    from: {field: received_on}
    until: [answer]
    within: [{when: {kind: water}, is: 5 workdays, basis: {law: 信访法, article: 7}}, {is: {setting: reply_limit}}]
    extend: {transition: prolong, times: 1, adds: {field: extra_days, unit: days}}
    warn: [3 days]
measures:
  complaints:        {title: 收到诉求, unit: 件, count: entries}
  complaints_noise:  {title: 噪声诉求, unit: 件, count: entries, where: {kind: noise}}
  complaints_water:  {title: 漏水诉求, unit: 件, count: entries, where: {kind: water}, must: {max: complaints}}
  complaints_both:   {title: 噪声漏水诉求, unit: 件, total: [complaints_noise, complaints_water]}
  complaints_answered: {title: 答复诉求, unit: 件, count: reached, state: answered}
  complaints_open:   {title: 未销号, unit: 件, count: standing, state: [received, working, answered]}
  answer_rate:       {title: 答复率, unit: "%", ratio: [complaints_answered, complaints], cohort: received}
  complainants:      {title: 诉求人, unit: 人, count: rows, over: people, where: {age: {min: 60}}}
  amount_involved:   {title: 涉及金额, unit: 元, sum: amount}
  fines:             {title: 罚款, unit: 元, sum: fined}
  guides_at_work:    {title: 出动联络员, unit: 人, distinct: guide}
  with_visit:        {title: 走访过的诉求, unit: 件, count: entries, where: {linked: {visit: {purpose: inspect}}}}
)";

constexpr std::string_view kVisit = R"(ledger: visit
title: 走访
fields:
  occurred_on: {title: 日期, type: date, required: true, default: today}
  purpose:     {title: 目的, type: choice, required: true, options: {inspect: 查看, follow: 回访}}
  about:       {title: 有关诉求, type: entry, from: {ledger: complaint}}
  note_text:   {title: 情况, type: note}
  people_met:  {title: 见到人数, type: integer, min: 0, unit: 人}
measures:
  visits:        {title: 走访, unit: 次, count: entries}
  communities:   {title: 社区, unit: 个, count: units, over: {unit: {kind: community}}}
  communities_visited: {title: 走访社区, unit: 个, count: units, over: {unit: {kind: community}}, each: [{ledger: visit, where: {purpose: inspect}, at_least: 2}]}
---
ledger: guide
title: 联络员
register: true
dated_by: valid_from
key: [certificate]
warn: [30 days]
fields:
  person:      {title: 姓名, type: person, required: true}
  certificate: {title: 证号, type: text, required: true, public: true}
  level:       {title: 级别, type: choice, required: true, options: {junior: 初级, senior: 高级}}
  valid_from:  {title: 起, type: date, required: true}
  valid_until: {title: 止, type: date, future: true}
measures:
  guides: {title: 联络员, unit: 人, count: standing, where: {level: {not: junior}}}
)";

constexpr std::string_view kReport = R"(report: yearly
title: "{jurisdiction.full_name}{year}年工作报告"
basis: {law: 旧办法, note: 每年一次}
addressee: {setting: addressee}
copies: 区人大
number: "{jurisdiction.document_code}〔{issue_year}〕{serial}号"
order: {setting: parts_order}
confidentiality: {title: 保密审查, by: [law_office], not_by: [previous_actor]}
signer: leader
parts:
  - part: results
    heading: "{year}年成效"
    sections:
      - heading: 办理诉求
        say:
          - "收到诉求{complaints}[，答复率{answer_rate}][，比上年{complaints|change}]。"
          - {text: "罚款{fines|万|unit:万元}。", keep: true}
        table: {title: 分类, rows: {field: kind}, columns: [complaints, complaints_answered]}
        chart: {title: 各月, measure: complaints, by: month}
        collect: {from: {unit: {kind: [section, community]}}, prompt: 做法, words: 200, due: "01-10", remind: [5 days]}
  - part: plans
    heading: "{next_year}年安排"
    collect: {from: {post: law_office}, words: 300}
    becomes: {ledger: visit}
)";

constexpr std::string_view kDocument = R"(document: reply
title: 答复书
ledger: complaint
in_states: [working, answered]
number: "（{year}）{unit.short}复字第{serial}号"
needs:
  summary: {basis: {law: 信访法, article: 5}}
body:
  - {each: people, text: "诉求人：{name}[，{age}岁]"}
  - {heading: 内容, text: "{summary}", when: {kind: {not: other}}}
sign:
  - {title: 承办人, field: officer}
signed_as: reply
)";

std::string& text_of(PackSource& pack, std::string_view path) {
    const auto found = std::find_if(pack.files.begin(), pack.files.end(),
                                    [&](const SourceFile& file) { return file.path == path; });
    REQUIRE(found != pack.files.end());
    return found->text;
}

}  // namespace

PackSource office_pack() {
    PackSource pack{.name = "office", .version = "1.0.0"};
    const auto add = [&pack](const char* path, std::string_view text) {
        pack.files.push_back({path, std::string(text)});
    };
    add("calendar/2024.yaml", kCalendar);
    add("documents/reply.yaml", kDocument);
    add("ledgers/complaint.yaml", kComplaint);
    add("ledgers/visit.yaml", kVisit);
    add("pack.yaml", kPack);
    add("reference/laws.yaml", kLaws);
    add("reports/yearly.yaml", kReport);
    add("roles.yaml", kRoles);
    add("settings.yaml", kSettings);
    return pack;
}

PackSource changed(PackSource pack, std::string_view path, std::string_view from,
                   std::string_view to) {
    std::string& text = text_of(pack, path);
    const std::size_t at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, from);
    text.replace(at, from.size(), to);
    return pack;
}

PackSource with_file(PackSource pack, std::string path, std::string text) {
    pack.files.push_back({std::move(path), std::move(text)});
    return pack;
}

PackSource local_pack(std::string name, std::string path, std::string text) {
    PackSource pack{.name = name, .version = "1.0.0"};
    pack.files.push_back({"pack.yaml", "pack: " + name +
                                           "\ntitle: 本地\nversion: \"1.0.0\"\n"
                                           "requires: {office: \"1.0\"}\n"});
    pack.files.push_back({std::move(path), std::move(text)});
    return pack;
}

std::shared_ptr<const DefinitionSet> set_of(const std::vector<PackSource>& packs) {
    Loaded loaded = build_set(packs);
    REQUIRE_MESSAGE(loaded.set != nullptr, all_of(loaded.problems));
    return loaded.set;
}

std::shared_ptr<const DefinitionSet> office_set() {
    return set_of({office_pack()});
}

int line_with(const PackSource& pack, std::string_view path, std::string_view text) {
    PackSource copy = pack;
    const std::string& whole = text_of(copy, path);
    const std::size_t at = whole.find(text);
    REQUIRE_MESSAGE(at != std::string::npos, text);
    return 1 + static_cast<int>(std::count(whole.begin(),
                                           whole.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

std::string all_of(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems) text += to_text(problem) + "\n";
    return text;
}

}  // namespace fazhi::definition::testing
