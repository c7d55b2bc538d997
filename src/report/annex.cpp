#include "report/annex.h"

#include <map>

#include <fmt/format.h>

#include "ledger/ledgers.h"
#include "ledger/scan.h"

namespace fazhi::report {
namespace {

using definition::Measure;
using document::Alignment;
using document::Run;

constexpr std::string_view kFromPaper = "reported_figure";

struct Marks {
    bool evidence = false;
    bool late = false;
    bool imported = false;
};
using LedgerMarks = std::map<EntryId, Marks>;

std::string joined(const std::vector<std::string>& parts, const std::string& between) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : between) + part;
    return out;
}

std::string value_words(const definition::Ledger& ledger, const std::string& key,
                        const definition::Literal& literal) {
    if (!literal.setting.empty()) return "按本地设置";
    if (literal.value.is_bool()) return literal.value.as_bool() ? "是" : "否";
    if (literal.value.is_integer()) return std::to_string(literal.value.as_integer());
    if (!literal.value.is_text()) return {};
    const std::string& text = literal.value.as_text();
    const definition::State* state = key == "state" ? ledger.state(text) : nullptr;
    if (state != nullptr) return state->title;
    const definition::Field* field = ledger.field(key);
    const definition::Option* option = field == nullptr ? nullptr : field->option(text);
    return option == nullptr ? text : option->title;
}

std::string clause_words(const definition::Ledger& ledger, const definition::Clause& clause) {
    const definition::Field* field = ledger.field(clause.key);
    const std::string title =
        field != nullptr ? field->title : (clause.key == "state" ? "状态" : std::string());
    const bool names_values = clause.test.kind == definition::TestKind::AnyOf ||
                              clause.test.kind == definition::TestKind::HasAny;
    if (title.empty() || !names_values) return "另有条件";
    std::vector<std::string> values;
    for (const definition::Literal& literal : clause.test.literals)
        values.push_back(value_words(ledger, clause.key, literal));
    return fmt::format("{}{}：{}", title, clause.test.negated ? "不是" : "", joined(values, "、"));
}

std::string title_of(const definition::DefinitionSet& definitions, const std::string& id) {
    const Measure* measure = definitions.measure(id);
    return measure == nullptr ? id : measure->title;
}

LedgerMarks marks_of(storage::Connection& connection, const ledger::Context& context,
                     const definition::Ledger& ledger) {
    LedgerMarks out;
    const access::Jurisdiction& office = context.directory.jurisdiction;
    ledger::scan(connection, office.id, ledger, {ledger.dated_by}, {},
                 [&](const ledger::Entry& entry) {
                     out[entry.head.id] = {
                         .late = ledger::Ledgers::is_late(ledger, office, entry.head),
                         .imported = entry.head.imported};
                 });
    ledger::scan_evidence(connection, office.id, ledger.id,
                          [&](EntryId entry, const ledger::EvidenceUse&) {
                              const auto found = out.find(entry);
                              if (found != out.end()) found->second.evidence = true;
                          });
    return out;
}

// How many entries stand behind a figure, and how many of them are what.
struct Counts {
    std::size_t rows = 0;
    std::size_t with_evidence = 0;
    std::size_t late = 0;
    std::size_t imported = 0;
    std::size_t from_paper = 0;
};

void add_marks(Counts& counts, const LedgerMarks& marks, const std::vector<EntryId>& entries) {
    for (const EntryId entry : entries) {
        const auto mark = marks.find(entry);
        if (mark == marks.end()) continue;
        counts.with_evidence += mark->second.evidence ? 1 : 0;
        counts.late += mark->second.late ? 1 : 0;
        counts.imported += mark->second.imported ? 1 : 0;
    }
}

class Counter {
public:
    Counter(storage::Connection& connection, const ledger::Context& context)
        : connection_(connection), context_(context) {}

    Counts of(const measure::Figure& figure) {
        Counts out;
        for (const auto& [id, entries] : figure.entries) {
            if (id == kFromPaper) {
                out.from_paper += entries.size();
                continue;
            }
            out.rows += entries.size();
            const definition::Ledger* ledger = context_.definitions.ledger(id);
            if (ledger == nullptr) continue;  // units and persons: no entries of a ledger
            auto known = marks_.find(id);
            if (known == marks_.end())
                known = marks_.emplace(id, marks_of(connection_, context_, *ledger)).first;
            add_marks(out, known->second, entries);
        }
        return out;
    }

private:
    storage::Connection& connection_;
    const ledger::Context& context_;
    std::map<std::string, LedgerMarks> marks_;
};

document::Row row_of(const ShownFigure& shown, const definition::DefinitionSet& definitions,
                     const Counts& counts) {
    const Measure* measure = definitions.measure(shown.figure.measure);
    document::Row row = {{Run{.text = title_of(definitions, shown.figure.measure)}},
                         {Run{.text = shown.shown, .figure = shown.key}}};
    row.push_back({Run{.text = fmt::format(
                           "{}年；{}", static_cast<int>(shown.period.from.year()),
                           measure == nullptr ? "" : measure_words(definitions, *measure))}});
    for (const std::size_t count :
         {counts.rows, counts.with_evidence, counts.late, counts.imported, counts.from_paper})
        row.push_back({Run{.text = std::to_string(count)}});
    return row;
}

}  // namespace

std::string measure_words(const definition::DefinitionSet& definitions, const Measure& measure) {
    if (measure.kind == definition::MeasureKind::Ratio) {
        return fmt::format("{}÷{}", title_of(definitions, measure.numerator),
                           title_of(definitions, measure.denominator));
    }
    if (measure.kind == definition::MeasureKind::Total) {
        std::vector<std::string> added;
        for (const std::string& id : measure.total) added.push_back(title_of(definitions, id));
        std::string out = joined(added, "＋");
        for (const std::string& id : measure.less) out += "－" + title_of(definitions, id);
        return out;
    }
    const definition::Ledger* ledger = definitions.ledger(measure.ledger);
    if (ledger == nullptr) return {};
    std::vector<std::string> out = {ledger->title};
    std::vector<std::string> states;
    for (const std::string& id : measure.states) {
        const definition::State* state = ledger->state(id);
        states.push_back(state == nullptr ? id : state->title);
    }
    if (!states.empty()) out.push_back("状态：" + joined(states, "、"));
    const definition::Field* field = ledger->field(measure.field);
    if (field != nullptr) out.push_back("按“" + field->title + "”");
    for (const definition::Clause& clause : measure.where.clauses)
        out.push_back(clause_words(*ledger, clause));
    return joined(out, "；");
}

document::Table annex_table(storage::Connection& connection, const ledger::Context& context,
                            const std::vector<ShownFigure>& figures,
                            const std::vector<std::string>& paper) {
    document::Table table{.title = "文中数据的口径和依据"};
    document::Row head;
    for (const char* title : {"指标", "文中写作", "口径（台账及筛选）", "条数", "有佐证", "补录",
                              "导入", "未由台账产生"})
        head.push_back({Run{.text = title}});
    table.header = {std::move(head)};
    table.alignment = {Alignment::Left,  Alignment::Left,  Alignment::Left,  Alignment::Right,
                       Alignment::Right, Alignment::Right, Alignment::Right, Alignment::Right};
    Counter counter(connection, context);
    for (const ShownFigure& shown : figures) {
        // A table's cells rest on the same entries as their measure.
        if (!shown.filter.empty()) continue;
        table.rows.push_back(row_of(shown, context.definitions, counter.of(shown.figure)));
    }
    table.notes = {"补录：登记晚于规定期限；导入：启用系统前的历史记录，由原台账导入。"};
    table.notes.insert(table.notes.end(), paper.begin(), paper.end());
    return table;
}

}  // namespace fazhi::report
