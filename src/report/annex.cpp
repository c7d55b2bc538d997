#include "report/annex.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "ledger/ledgers.h"
#include "report/paper_figures.h"

namespace fazhi::report {
namespace {

using document::Alignment;
using document::Run;

struct Marks {
    bool evidence = false;
    bool late = false;
    bool imported = false;
};
using MarksByLedger = std::map<std::string, std::map<EntryId, Marks>>;

MarksByLedger marks_in(const Value& rows) {
    MarksByLedger out;
    for (const auto& [ledger, of_ledger] : rows.as_map()) {
        std::map<EntryId, Marks>& marks = out[ledger];
        for (const Value& entry : of_ledger.at("entries").as_list()) {
            marks[EntryId{entry.integer_at("id")}] =
                Marks{.evidence = !entry.at("evidence").as_list().empty(),
                      .late = entry.at("late").as_bool(),
                      .imported = entry.at("imported").as_bool()};
        }
    }
    return out;
}

// What stands behind one figure.
struct Footing {
    std::string ledgers;
    int rows = 0;
    int with_evidence = 0;
    int late = 0;
    int imported = 0;
};

Footing footing_of(const ShownFigure& shown, const ledger::Context& context, MarksByLedger& marks) {
    Footing out;
    for (const auto& [id, entries] : shown.figure.entries) {
        const definition::Ledger* ledger = context.definitions.ledger(id);
        if (ledger == nullptr) continue;  // Units and persons are no ledger.
        const std::string title = id == kPaperLedger ? "未由台账产生" : ledger->title;
        out.ledgers += (out.ledgers.empty() ? "" : "、") + title;
        for (const EntryId entry : entries) {
            const Marks& mark = marks[id][entry];
            ++out.rows;
            out.with_evidence += mark.evidence ? 1 : 0;
            out.late += mark.late ? 1 : 0;
            out.imported += mark.imported ? 1 : 0;
        }
    }
    return out;
}

document::Row row_of(const ShownFigure& shown, const ledger::Context& context, const Footing& on) {
    const definition::Measure* measure = context.definitions.measure(shown.figure.measure);
    document::Row row = {{Run{.text = measure == nullptr ? shown.figure.measure : measure->title}},
                         {Run{.text = shown.shown, .figure = shown.key}},
                         {Run{.text = on.ledgers}}};
    for (const int count : {on.rows, on.with_evidence, on.late, on.imported})
        row.push_back({Run{.text = std::to_string(count)}});
    return row;
}

}  // namespace

std::map<std::string, std::vector<EntryId>> entries_behind(
    const std::vector<ShownFigure>& figures) {
    std::map<std::string, std::vector<EntryId>> out;
    for (const ShownFigure& shown : figures) {
        for (const auto& [ledger, ids] : shown.figure.entries)
            out[ledger].insert(out[ledger].end(), ids.begin(), ids.end());
    }
    for (auto& [ledger, ids] : out) {
        std::sort(ids.begin(), ids.end());
        ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    }
    return out;
}

std::vector<document::Block> annex_blocks(const ledger::Context& context,
                                          const std::vector<ShownFigure>& figures,
                                          const Value& rows, int year) {
    document::Table table{.title = fmt::format("{}年数据的口径和依据", year)};
    document::Row head;
    for (const char* title : {"数据", "文中写作", "台账", "条数", "有佐证", "补录", "导入"})
        head.push_back({Run{.text = title}});
    table.header = {std::move(head)};
    table.alignment = {Alignment::Left,  Alignment::Left,  Alignment::Left, Alignment::Right,
                       Alignment::Right, Alignment::Right, Alignment::Right};
    MarksByLedger marks = marks_in(rows);
    for (const ShownFigure& shown : figures) {
        if (!shown.filter.empty()) continue;
        table.rows.push_back(row_of(shown, context, footing_of(shown, context, marks)));
    }
    table.notes = {
        "补录：登记晚于规定期限；导入：启用系统前的历史记录，由原台账导入；"
        "未由台账产生：建账以前来自纸面的数字。"};
    return {document::Attachment{.title = "数据说明"}, std::move(table)};
}

void add_annex_note(document::Document& document, const std::string& line) {
    for (auto block = document.blocks.rbegin(); block != document.blocks.rend(); ++block) {
        auto* table = std::get_if<document::Table>(&*block);
        if (table == nullptr) continue;
        table->notes.push_back(line);
        return;
    }
}

}  // namespace fazhi::report
