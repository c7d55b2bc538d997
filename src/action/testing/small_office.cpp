#include "action/testing/small_office.h"

#include <algorithm>
#include <fstream>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "action/entry_commands.h"
#include "action/load_office.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::action::testing {

namespace {

constexpr std::string_view kPack = R"(pack: small
title: 试点
version: "1.0.0"
---
roles:
  clerk: {title: 经办人, may: [{do: [view, record, move, export], ledgers: all, scope: unit}]}
  law_office: {title: 法治办, may: [{do: [view, record, move, close, export, publish], ledgers: all, scope: jurisdiction}]}
  leader: {title: 领导, may: [{do: [view, close], ledgers: all, scope: jurisdiction}]}
---
settings:
  addressee: {title: 主送, type: text, default: 区政府, source: 通知, change: [law_office]}
  destruction_post: {title: 可删除个人信息的岗位, type: text, default: law_office, source: 通行做法, change: [law_office]}
  history_post: {title: 可作历史导入的岗位, type: text, default: law_office, source: 通行做法, change: [law_office]}
---
calendar: 2024
notice: https://www.example.org/notice
rest: {2024-05-01: 劳动节}
work: {2024-04-28: 劳动节}
---
ledger: visit
title: 走访
number: "{unit.short}〔{year}〕{serial}号"
fields:
  occurred_on: {title: 走访日期, type: date, required: true}
  place: {title: 地点, type: text, public: true, required: true, search: true}
  kind: {title: 方式, type: choice, options: {home: 入户, phone: 电话}}
  people: {title: 人数, type: integer, min: 0, unit: 人}
  remark: {title: 备注, type: note}
  phone: {title: 电话号码, type: phone, private: true}
evidence:
  photo: {title: 照片, expected: true}
measures:
  visits: {title: 走访, unit: 次, count: entries, better: more}
  visitors: {title: 走访人数, unit: 人, sum: people}
---
ledger: matter
title: 事项
fields:
  occurred_on: {title: 受理日期, type: date, required: true}
  title: {title: 事由, type: text, public: true}
states: {open: {title: 待办}, done: {title: 办结, final: true}}
transitions:
  finish: {title: 办结, from: open, to: done, by: [clerk, law_office]}
measures:
  matters: {title: 受理事项, unit: 件, count: entries}
---
ledger: secret
title: 保密事项
visible_to: [leader]
fields:
  occurred_on: {title: 日期, type: date, required: true}
  title: {title: 事由, type: text, public: true}
---
ledger: depot
title: 物资
key: [code]
fields:
  occurred_on: {title: 登记日期, type: date, required: true}
  code: {title: 编码, type: text, required: true, public: true}
  amount: {title: 数量, type: integer, min: 0}
  keeper: {title: 保管人, type: text}
  phone: {title: 电话, type: phone, private: true}
evidence:
  photo: {title: 照片}
---
report: annual
title: "{jurisdiction.full_name}{year}年度报告"
addressee: {setting: addressee}
number: "前街办〔{issue_year}〕{serial}号"
confidentiality: {title: 保密审查, by: [law_office]}
signer: leader
parts:
  - part: results
    heading: 成效
    say: ["走访{visits}，{visitors}。", "受理事项{matters}。"]
)";

constexpr std::string_view kOffice = R"(office: qianjin
report_year: 2023
parents:
  - {code: hubin, kind: district, name: 湖滨区, full_name: 湖滨区人民政府, short: 湖滨}
jurisdiction: {parent: hubin, kind: subdistrict, name: 前进街道, full_name: 湖滨区人民政府前进街道办事处, short: 前进, document_code: 湖前办发}
packs: [small]
live_from: 2024-01-01
units:
  - {code: office, kind: section, name: 司法所, short: 司法所}
  - {code: huachuang, kind: community, name: 华创社区, short: 华创, lead_section: office}
  - {code: yifeng, kind: community, name: 怡丰社区, short: 怡丰}
people:
  - {code: p1, name: 赵刚, unit: office, posts: [leader]}
  - {code: p2, name: 李文, unit: office, posts: [law_office]}
  - {code: p3, name: 王小明, unit: huachuang, posts: [clerk]}
  - {code: p4, name: 孙立, unit: yifeng, posts: [clerk]}
settings: {addressee: 湖滨区人民政府}
)";

constexpr std::string_view kVisits =
    R"(走访日期,地点,方式,人数,备注,电话号码,单位,经办人,原编号,证据：照片
2023-05-06,<script>文化广场</script>,入户,12,只内部看,13800138000,华创,王小明,走1,photo.txt
2023年6月1日,解放路,电话,3,,,怡丰,孙立,走2,
2023.7.1,人民路,,,,,司法所,李文,走3,
)";

constexpr std::string_view kMatters = R"(受理日期,事由,单位,原编号,办理：办结,关联：走访
2023-05-06,漏水,华创,事1,2023-05-20,走1
2023-06-06,噪声,怡丰,事2,,
)";

constexpr std::string_view kSecrets = "日期,事由\n2023-03-01,不给大家看的事\n";

}  // namespace

OfficeFolders::OfficeFolders(std::string_view more, const Files& files) {
    write("packs/small/pack.yaml", kPack);
    if (!more.empty()) write("packs/small/more.yaml", more);
    for (const auto& [path, bytes] : files) write("packs/small/" + path, bytes);
    write("office/office.yaml", kOffice);
    write("office/ledgers/visit.csv", kVisits);
    write("office/ledgers/matter.csv", kMatters);
    write("office/ledgers/secret.csv", kSecrets);
    write("office/files/photo.txt", "现场照片\n");
}

void OfficeFolders::write(const std::string& path, std::string_view text) const {
    const std::filesystem::path file = scratch.folder() / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

void OfficeFolders::replace(const std::string& path, std::string_view from,
                            std::string_view to) const {
    std::ifstream in(scratch.folder() / path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    const std::size_t at = text.find(from);
    REQUIRE_MESSAGE(at != std::string::npos, "not there: ", std::string(from));
    write(path, text.replace(at, from.size(), to));
}

std::unique_ptr<Workplace> opened(storage::Database& database, const OfficeFolders& folders,
                                  const calendar::Clock& clock) {
    REQUIRE(initialise(database, folders.data(), {}));
    const auto installed = install_packs(database, folders.packs(), {"small"});
    if (!installed) FAIL(installed.error().message);
    auto workplace = Workplace::open(database, folders.data(), clock);
    if (!workplace) FAIL(workplace.error().message);
    return *std::move(workplace);
}

SmallOffice::SmallOffice(storage::Database& database, std::string_view more,
                         const OfficeFolders::Files& files)
    : folders(more, files),
      clock(calendar::make_date(2024, 5, 6).value()),
      workplace(opened(database, folders, clock)) {
    const auto source = read_office(folders.office());
    REQUIRE(source);
    const auto loaded = load_office(*workplace, *source, [](std::size_t, std::size_t) {});
    if (!loaded) FAIL(loaded.error().message << " " << loaded.error().where);
    id = access::Organisation::jurisdiction(*database.reading(), "qianjin")->id;
}

Result<void> SmallOffice::run(
    const std::string& person,
    const std::function<Result<void>(storage::Transaction&, ledger::Context&)>& command) {
    return workplace->writer.run(id, [&](storage::Transaction& transaction) -> Result<void> {
        TRY(const Office office, open_office(*workplace, transaction, id));
        TRY(const access::Actor actor, actor_in(transaction.connection(), office, person));
        ledger::Context context = context_of(office, actor, clock.now());
        return command(transaction, context);
    });
}

Result<EntryId> SmallOffice::create(const std::string& person, const std::string& ledger,
                                    const Value& fields) {
    EntryId out;
    TRY_OK(run(person,
               [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
                   TRY(const ledger::Entry entry,
                       create_entry({*workplace, transaction, context}, {.ledger = ledger,
                                                                         .fields = fields,
                                                                         .unit = {},
                                                                         .handler = {},
                                                                         .reference = {},
                                                                         .opened_by = {},
                                                                         .opened_by_ledger = {}}));
                   out = entry.head.id;
                   return {};
               }));
    return out;
}

Result<void> SmallOffice::move(const std::string& person, const std::string& ledger, EntryId entry,
                               const std::string& transition, const std::string& happened_on) {
    return run(
        person, [&](storage::Transaction& transaction, ledger::Context& context) -> Result<void> {
            TRY_OK(move_entry({*workplace, transaction, context}, {.ledger = ledger,
                                                                   .entry = entry,
                                                                   .transition = transition,
                                                                   .happened_on = happened_on,
                                                                   .fields = {},
                                                                   .note = {}}));
            return {};
        });
}

std::vector<std::string> SmallOffice::lines_of(std::string_view sql) {
    return storage::testing::lines_of(*workplace->database.reading(), sql);
}

std::vector<std::string> codes_of(const Error& error) {
    std::vector<std::string> out;
    for (const Error& each : flatten(error))
        out.push_back(fmt::format("{}|{}", each.code, each.where));
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace fazhi::action::testing
