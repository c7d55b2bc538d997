#include "report/testing/drafting_office.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "calendar/testing/china.h"
#include "storage/database.h"
#include "storage/testing/databases.h"
#include "storage/transaction.h"

namespace fazhi::report::testing {

namespace {

constexpr std::string_view kPack = R"(ledger: outing
title: 外出
record_within: 7 days
fields:
  occurred_on: {title: 日期, type: date, required: true}
  kind: {title: 种类, type: choice, options: {home: 入户, phone: 电话}}
  papers: {title: 资料, type: integer, min: 0, unit: 份}
  place: {title: 地点, type: text, public: true}
  remark: {title: 备注, type: note}
  phone: {title: 电话, type: phone, private: true}
evidence:
  photo: {title: 照片, expected: true}
measures:
  outings: {title: 外出, unit: 次, count: entries}
  home_outings: {title: 入户, unit: 次, count: entries, where: {kind: home}}
  papers_given: {title: 发放资料, unit: 份, sum: papers}
  home_share: {title: 入户比例, unit: "%", ratio: [home_outings, outings], better: more}
---
ledger: matter
title: 事项
fields:
  occurred_on: {title: 日期, type: date, required: true}
states: {open: {title: 待办}, done: {title: 办结, final: true}}
transitions:
  finish: {title: 办结, from: open, to: done, by: [clerk]}
measures:
  matters: {title: 受理事项, unit: 件, count: entries}
  matters_done: {title: 办结事项, unit: 件, count: reached, state: done}
---
report: yearly
title: "{jurisdiction.name}{year}年度报告"
opening: "现将{year}年情况报告如下："
addressee: 区政府
number: "前街办〔{issue_year}〕{serial}号"
confidentiality: {title: 保密审查, by: [law_office]}
signer: leader
parts:
  - part: results
    heading: "{year}年主要成效"
    sections:
      - heading: 外出
        say:
          - "外出{outings}[，其中入户{home_outings}][，同比{outings|change}]，发放资料{papers_given|余}。"
          - "入户比例{home_share}。"
        table: {title: 各单位外出, rows: unit, columns: [outings, papers_given]}
        chart: {title: 各月外出, measure: outings, by: month}
        collect: {from: {post: law_office}}
      - heading: 事项
        say:
          - "受理事项{matters}，办结{matters_done}。"
          - {text: "上年受理{matters|last_year}。", keep: true}
        table: {title: 入户比例排名, rows: unit, ranked: true, columns: [home_share, outings]}
  - part: shortcomings
    heading: 存在的不足
    suggest: [open_problems]
    collect: {from: {post: law_office}}
  - part: other
    heading: 其他情况
    optional: true
    collect: {from: {post: law_office}}
)";

std::string text_of(const document::Runs& runs) {
    std::string out;
    for (const document::Run& run : runs) out += run.text;
    return out;
}

}  // namespace

const definition::DefinitionSet& report_set() {
    static const std::shared_ptr<const definition::DefinitionSet> kSet =
        access::testing::set_with(kPack);
    return *kSet;
}

DraftingOffice::DraftingOffice(storage::Database& database)
    : office(database),
      ledgers(office.journal, office.vault, (office.folder.folder() / "evidence").string(),
              report_set()),
      reports(office.journal, ledgers) {
    ledger::Ledgers::make_tables(*database.writing(), report_set());
    office.found(report_set());
    directory = office.directory(access::testing::kOffice);
}

ledger::Context DraftingOffice::context(const std::string& person) const {
    return {.directory = directory,
            .definitions = report_set(),
            .workdays = calendar::testing::china(),
            .actor = directory.actor(*directory.person_named(person)),
            .accepted_at = access::testing::kMorning,
            .today = calendar::civil_date(access::testing::kMorning)};
}

void DraftingOffice::write(
    const std::function<Result<void>(storage::Transaction&, ledger::Context&)>& command) {
    const auto done = office.run([&](storage::Transaction& transaction) -> Result<void> {
        ledger::Context where = context("li");
        return command(transaction, where);
    });
    if (!done) FAIL(done.error().message << " " << done.error().where);
}

EntryId DraftingOffice::add(const std::string& ledger, Value::Map fields, const std::string& unit) {
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

void DraftingOffice::finish(EntryId matter, const std::string& happened_on) {
    write([&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
        ledger::Move step;
        step.transition = "finish";
        step.to = "done";
        step.happened_on = happened_on;
        TRY_OK(ledgers.move(transaction, where, "matter", matter, step));
        return {};
    });
}

void DraftingOffice::cancel(const std::string& ledger, EntryId entry) {
    write([&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
        TRY_OK(ledgers.void_entry(transaction, where, ledger, entry, "登记错误"));
        return {};
    });
}

void DraftingOffice::attach_photo(EntryId outing) {
    write([&](storage::Transaction& transaction, ledger::Context& where) -> Result<void> {
        TRY_OK(ledgers.attach(
            transaction, where, "outing", outing,
            {.kind = "photo", .name = "现场.txt", .bytes = "现场记录\n", .happened_on = {}}));
        return {};
    });
}

void DraftingOffice::write_text(const std::string& part, const std::string& text, int year) {
    add("report_text", {{"report_year", year}, {"part", part}, {"text", text}});
}

Result<BuiltReport> DraftingOffice::build(int year) {
    const auto connection = office.database.reading();
    return reports.build(*connection, context("li"), {.report = "yearly", .year = year});
}

BuiltReport DraftingOffice::draft(int year) {
    auto built = build(year);
    if (!built) FAIL(built.error().message);
    return *std::move(built);
}

Result<BuiltReport> DraftingOffice::sign(const std::string& clearing, const std::string& signing,
                                         int year) {
    BuiltReport out;
    TRY_OK(office.run([&](storage::Transaction& transaction) -> Result<void> {
        ledger::Context where = context(signing);
        TRY(out, reports.clear_and_sign(transaction, where, {.report = "yearly", .year = year},
                                        directory.actor(*directory.person_named(clearing)),
                                        directory.actor(*directory.person_named(signing))));
        return {};
    }));
    TRY_OK(reports.complete(*office.database.reading(), context(signing), "", out));
    return out;
}

std::vector<std::string> DraftingOffice::lines_of(std::string_view sql) {
    return storage::testing::lines_of(*office.database.reading(), sql);
}

std::vector<std::string> text_of(const document::Document& document) {
    std::vector<std::string> out;
    for (const document::Block& block : document.blocks) {
        if (std::holds_alternative<document::Attachment>(block)) break;
        if (const auto* heading = std::get_if<document::Heading>(&block))
            out.push_back(text_of(heading->runs));
        if (const auto* paragraph = std::get_if<document::Paragraph>(&block))
            out.push_back(text_of(paragraph->runs));
        const auto* table = std::get_if<document::Table>(&block);
        if (table == nullptr) continue;
        for (const document::Row& row : table->rows) {
            std::string line;
            for (const document::Cell& cell : row)
                line += (line.empty() ? "" : "|") + text_of(cell);
            out.push_back(line);
        }
    }
    return out;
}

bool says(const BuiltReport& report, std::string_view text) {
    const std::vector<std::string> lines = text_of(report.document);
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(text) != std::string::npos;
    });
}

const ShownFigure& figure_shown(const BuiltReport& report, std::string_view shown) {
    const auto found =
        std::find_if(report.figures.begin(), report.figures.end(),
                     [&](const ShownFigure& figure) { return figure.shown == shown; });
    if (found == report.figures.end()) FAIL("no figure reads ", std::string(shown));
    return *found;
}

}  // namespace fazhi::report::testing
