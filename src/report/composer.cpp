#include "report/composer.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ledger/ledgers.h"
#include "ledger/scan.h"
#include "ledger/template_text.h"
#include "report/errors.h"

namespace fazhi::report {
namespace {

using definition::SentencePiece;
using document::Paragraph;
using document::Run;

void names_in(const std::vector<SentencePiece>& pieces, std::set<std::string>& out) {
    for (const SentencePiece& piece : pieces) {
        if (piece.placeholder) out.insert(piece.placeholder->name);
        for (const SentencePiece& inner : piece.clause) {
            if (inner.placeholder) out.insert(inner.placeholder->name);
        }
    }
}

std::set<std::string> names_in(const definition::Report& report) {
    std::set<std::string> out;
    for (const definition::Part& part : report.parts) {
        for (const definition::Sentence& sentence : part.say) names_in(sentence.pieces, out);
        for (const definition::Section& section : part.sections) {
            for (const definition::Sentence& sentence : section.say) names_in(sentence.pieces, out);
        }
    }
    return out;
}

Paragraph paragraph(document::Runs runs) {
    return Paragraph{.runs = std::move(runs)};
}

bool is_live(const measure::Figure& figure) {
    return figure.has_value && figure.scaled != 0;
}

}  // namespace

Composer::Composer(storage::Connection& connection, const ledger::Context& context,
                   const calendar::WorkdayTable& workdays, int year)
    : connection_(connection),
      context_(context),
      measures_(connection, context.directory, context.definitions, workdays),
      year_(year) {}

std::string Composer::filled(const std::string& pattern) const {
    const access::Jurisdiction& office = context_.directory.jurisdiction;
    return ledger::fill_template(pattern, [&](const std::string& name) -> std::string {
        if (name == "year") return std::to_string(year_);
        if (name == "next_year") return std::to_string(year_ + 1);
        if (name == "jurisdiction.full_name") return office.full_name;
        if (name == "jurisdiction.name") return office.name;
        if (name == "jurisdiction.short") return office.short_name;
        return {};
    });
}

std::string Composer::setting_text(const definition::Literal& literal) const {
    const Value value = literal.setting.empty()
                            ? literal.value
                            : context_.directory.setting(context_.definitions, literal.setting);
    return value.is_text() ? value.as_text() : std::string();
}

std::vector<const definition::Part*> Composer::ordered(const definition::Report& report) const {
    std::vector<const definition::Part*> out;
    for (const definition::Part& part : report.parts) out.push_back(&part);
    const Value order =
        report.order.setting.empty()
            ? Value()
            : context_.directory.setting(context_.definitions, report.order.setting);
    if (!order.is_list()) return out;
    const Value::List& wanted = order.as_list();
    std::stable_sort(out.begin(), out.end(),
                     [&](const definition::Part* a, const definition::Part* b) {
                         return std::find(wanted.begin(), wanted.end(), Value(a->id)) <
                                std::find(wanted.begin(), wanted.end(), Value(b->id));
                     });
    return out;
}

Result<void> Composer::ask_measures(const definition::Report& report) {
    std::vector<measure::Question> questions;
    for (const std::string& name : names_in(report)) {
        if (context_.definitions.measure(name) != nullptr)
            questions.push_back({.measure = name, .where = {}});
    }
    TRY(std::vector<measure::Figure> now, measures_.answer(questions, measure::year_period(year_)));
    TRY(std::vector<measure::Figure> before,
        measures_.answer(questions, measure::year_period(year_ - 1)));
    for (measure::Figure& figure : now) now_.emplace(figure.measure, std::move(figure));
    for (measure::Figure& figure : before) before_.emplace(figure.measure, std::move(figure));
    return {};
}

void Composer::read_texts() {
    const definition::Ledger* ledger = context_.definitions.ledger("report_text");
    if (ledger == nullptr) return;
    ledger::scan(
        connection_, context_.directory.jurisdiction.id, *ledger, {}, {},
        [&](const ledger::Entry& entry) {
            if (entry.fields.integer_at("report_year") != year_) return;
            texts_.push_back({entry.fields.text_at("part"), entry.fields.text_at("section"),
                              entry.fields.text_at("text"), entry.head.unit.value});
        });
    std::stable_sort(texts_.begin(), texts_.end(),
                     [](const Text& a, const Text& b) { return a.unit < b.unit; });
}

std::string Composer::shown_figure(const measure::Figure& figure, const std::string& shown,
                                   int year, const std::string& filter) {
    for (const ShownFigure& other : figures) {
        const bool same = other.figure.measure == figure.measure && other.shown == shown &&
                          other.filter == filter &&
                          other.period.from == measure::year_period(year).from;
        if (same) return other.key;
    }
    figures.push_back({fmt::format("f{}", figures.size() + 1), shown, figure,
                       measure::year_period(year), filter});
    return figures.back().key;
}

Reading Composer::read(const definition::Placeholder& placeholder) {
    const auto found = now_.find(placeholder.name);
    if (found == now_.end())
        return Reading{.text = filled("{" + placeholder.name + "}"), .is_figure = false};
    const measure::Figure& now = found->second;
    if (placeholder.format == "change") {
        const std::string change = change_text(now, before_.at(placeholder.name));
        return Reading{.text = change, .has_value = !change.empty(), .is_zero = false, .key = {}};
    }
    const bool last_year = placeholder.format == "last_year";
    const measure::Figure& figure = last_year ? before_.at(placeholder.name) : now;
    Reading out{.text = figure_text(figure, last_year ? "" : placeholder.format, placeholder.unit),
                .has_value = figure.has_value,
                .is_zero = !is_live(figure)};
    out.key = "?";  // Given its key once the sentence stands.
    return out;
}

Result<bool> Composer::add_body(const std::vector<definition::Sentence>& say,
                                const std::optional<definition::ReportTable>& table,
                                const std::optional<definition::ReportChart>& chart,
                                const std::string& part, const std::string& section) {
    document::Runs runs;
    for (const definition::Sentence& sentence : say) {
        // Figures are kept only of sentences and clauses that stand, so the readings are remembered
        // in order.
        std::vector<std::pair<std::string, measure::Figure>> readings;
        std::vector<int> years;
        const document::Runs rendered =
            render(sentence, [&](const definition::Placeholder& placeholder) {
                Reading reading = read(placeholder);
                if (reading.key.empty()) return reading;
                const bool last_year = placeholder.format == "last_year";
                reading.key = std::to_string(readings.size());
                readings.emplace_back(reading.text, last_year ? before_.at(placeholder.name)
                                                              : now_.at(placeholder.name));
                years.push_back(last_year ? year_ - 1 : year_);
                return reading;
            });
        for (Run run : rendered) {
            if (!run.figure.empty()) {
                const auto index = static_cast<size_t>(std::stoul(run.figure));
                run.figure =
                    shown_figure(readings[index].second, readings[index].first, years[index], "");
            }
            runs.push_back(std::move(run));
        }
    }
    bool any = !runs.empty();
    if (!runs.empty()) document.blocks.emplace_back(paragraph(std::move(runs)));
    for (const Text& text : texts_) {
        if (text.part != part || text.section != section) continue;
        document.blocks.emplace_back(paragraph({Run{.text = text.text}}));
        any = true;
    }
    if (table) {
        TRY(const bool shown, add_table(*table));
        any = any || shown;
    }
    if (chart) {
        TRY(const bool shown, add_chart(*chart));
        any = any || shown;
    }
    return any;
}

Result<std::vector<measure::Group>> Composer::column_of(const definition::ReportTable& table,
                                                        const std::string& name,
                                                        const definition::Option* option) {
    measure::Question question{.measure = name, .where = {}};
    if (option != nullptr) {
        definition::Test test;
        test.literals = {{.value = option->id, .setting = {}}};
        question.where.clauses = {{table.columns_field, test}};
    }
    return measures_.by(question, measure::year_period(year_),
                        table.rows == "field" ? table.rows_field : table.rows);
}

Result<bool> Composer::add_table(const definition::ReportTable& table) {
    struct Column {
        std::string title;
        std::string filter;
        std::vector<measure::Group> groups;
    };
    std::vector<Column> columns;
    for (const std::string& name : table.columns) {
        const definition::Measure* measure = context_.definitions.measure(name);
        TRY(auto groups, column_of(table, name, nullptr));
        columns.push_back(
            {measure == nullptr ? name : fmt::format("{}（{}）", measure->title, measure->unit), "",
             std::move(groups)});
    }
    const definition::Measure* cell = context_.definitions.measure(table.cell);
    const definition::Ledger* ledger =
        cell == nullptr ? nullptr : context_.definitions.ledger(cell->ledger);
    const definition::Field* field =
        ledger == nullptr ? nullptr : ledger->field(table.columns_field);
    if (table.columns.empty() && field != nullptr) {
        for (const definition::Option& option : field->options) {
            TRY(auto groups, column_of(table, table.cell, &option));
            columns.push_back({option.title, fmt::format("{}：{}", field->title, option.title),
                               std::move(groups)});
        }
    }
    document::Table out{.title = table.title};
    std::vector<std::pair<std::string, std::string>> lines;  // key, title, in the order they come
    for (const Column& column : columns) {
        for (const measure::Group& group : column.groups) {
            const bool known = std::any_of(lines.begin(), lines.end(), [&](const auto& line) {
                return line.first == group.key;
            });
            if (!known && is_live(group.figure)) lines.emplace_back(group.key, group.title);
        }
    }
    if (lines.empty()) return false;
    document::Row head = {
        {Run{.text = table.rows == "unit" ? "单位" : (table.rows == "month" ? "月份" : "项目")}}};
    for (const Column& column : columns) head.push_back({Run{.text = column.title}});
    out.header = {std::move(head)};
    out.alignment.assign(columns.size() + 1, document::Alignment::Right);
    out.alignment.front() = document::Alignment::Left;
    for (const auto& [key, title] : lines) {
        document::Row row = {{Run{.text = title}}};
        for (const Column& column : columns) {
            const auto group = std::find_if(
                column.groups.begin(), column.groups.end(),
                [&, wanted = key](const measure::Group& each) { return each.key == wanted; });
            if (group == column.groups.end() || !is_live(group->figure)) {
                row.push_back({Run{.text = "0"}});
                continue;
            }
            const std::string filter =
                column.filter.empty() ? title : fmt::format("{}；{}", title, column.filter);
            row.push_back(
                {Run{.text = group->figure.value,
                     .figure = shown_figure(group->figure, group->figure.value, year_, filter)}});
        }
        out.rows.push_back(std::move(row));
    }
    document.blocks.emplace_back(std::move(out));
    return true;
}

Result<bool> Composer::add_chart(const definition::ReportChart& chart) {
    const definition::Measure* measure = context_.definitions.measure(chart.measure);
    TRY(const auto groups, measures_.by({.measure = chart.measure, .where = {}},
                                        measure::year_period(year_), chart.by));
    const bool any = std::any_of(groups.begin(), groups.end(),
                                 [](const measure::Group& group) { return is_live(group.figure); });
    if (!any) return false;
    document::Chart out{.title = chart.title, .unit = measure == nullptr ? "" : measure->unit};
    document::Series series{.title = measure == nullptr ? chart.measure : measure->title};
    for (const measure::Group& group : groups) {
        out.categories.push_back(group.title);
        constexpr double kScale = 100.0;
        series.values.push_back(
            group.figure.has_value
                ? std::optional(static_cast<double>(group.figure.scaled) / kScale)
                : std::nullopt);
    }
    out.series = {std::move(series)};
    document.blocks.emplace_back(std::move(out));
    return true;
}

Result<void> Composer::add_part(const definition::Part& part, bool draft) {
    const size_t before = document.blocks.size();
    document.blocks.emplace_back(
        document::Heading{.level = 1, .runs = {Run{.text = filled(part.heading)}}});
    TRY(bool any, add_body(part.say, part.table, part.chart, part.id, ""));
    for (const definition::Section& section : part.sections) {
        const size_t at = document.blocks.size();
        document.blocks.emplace_back(
            document::Heading{.level = 2, .runs = {Run{.text = filled(section.heading)}}});
        TRY(const bool has,
            add_body(section.say, section.table, section.chart, part.id, section.heading));
        if (!has) document.blocks.resize(at, document::Paragraph{});
        any = any || has;
    }
    if (any) return {};
    if (part.optional) {
        document.blocks.resize(before, document::Paragraph{});
        return {};
    }
    empty_parts.push_back(filled(part.heading));
    if (draft)
        document.blocks.emplace_back(
            paragraph({Run{.text = "（待补充）", .style = document::RunStyle::Faint}}));
    return {};
}

void Composer::add_head(const definition::Report& report, const Signing* signing) {
    document.title = filled(report.title);
    document.organisation = context_.directory.jurisdiction.full_name;
    document.addressee = setting_text(report.addressee);
    document.copies = setting_text(report.copies);
    document.red_head = true;
    document.signer = document::Signer{
        .title = {}, .name = signing == nullptr ? std::string("　　　") : signing->signer};
    if (signing == nullptr) {
        document.draft_mark = "草稿";
    } else {
        document.number = signing->number;
        document.issued_on = signing->issued_on;
        document.printed_by = context_.directory.jurisdiction.full_name;
    }
    document.blocks.emplace_back(
        paragraph({Run{.text = fmt::format("{}年，{}"
                                           "按照上级关于法治政府建设的部署，推进依法决策、依法行政"
                                           "、化解纠纷和普法宣传各项工作。现将有关情况报告如下：",
                                           year_, context_.directory.jurisdiction.name)}}));
}

void Composer::add_annex() {
    document.blocks.emplace_back(document::Attachment{.title = "数据说明"});
    document::Table table{.title = fmt::format("{}年数据的口径和依据", year_)};
    document::Row head;
    for (const char* title : {"数据", "文中写作", "台账及筛选", "条数", "有佐证", "补录", "导入"})
        head.push_back({Run{.text = title}});
    table.header = {std::move(head)};
    table.alignment = {document::Alignment::Left,  document::Alignment::Left,
                       document::Alignment::Left,  document::Alignment::Right,
                       document::Alignment::Right, document::Alignment::Right,
                       document::Alignment::Right};
    struct Marks {
        bool evidence = false;
        bool late = false;
        bool imported = false;
    };
    std::map<std::string, std::map<EntryId, Marks>> marks;
    const JurisdictionId office = context_.directory.jurisdiction.id;
    for (const ShownFigure& shown : figures) {
        for (const auto& [id, entries] : shown.figure.entries) {
            const definition::Ledger* ledger = context_.definitions.ledger(id);
            if (ledger == nullptr || marks.contains(id)) continue;
            auto& of_ledger = marks[id];
            ledger::scan(connection_, office, *ledger, {ledger->dated_by}, {},
                         [&](const ledger::Entry& entry) {
                             of_ledger[entry.head.id] =
                                 Marks{false,
                                       ledger::Ledgers::is_late(
                                           *ledger, context_.directory.jurisdiction, entry.head),
                                       entry.head.imported};
                         });
            ledger::scan_evidence(connection_, office, id,
                                  [&](EntryId entry, const ledger::EvidenceUse&) {
                                      const auto found = of_ledger.find(entry);
                                      if (found != of_ledger.end()) found->second.evidence = true;
                                  });
        }
    }
    for (const ShownFigure& shown : figures) {
        if (!shown.filter.empty())
            continue;  // A table's cells rest on the same rows as its measure.
        int rows = 0;
        int with_evidence = 0;
        int late = 0;
        int imported = 0;
        std::string titles;
        for (const auto& [id, entries] : shown.figure.entries) {
            const definition::Ledger* ledger = context_.definitions.ledger(id);
            if (ledger == nullptr) continue;
            titles += (titles.empty() ? "" : "、") + ledger->title;
            for (const EntryId entry : entries) {
                const Marks& mark = marks[id][entry];
                ++rows;
                with_evidence += mark.evidence ? 1 : 0;
                late += mark.late ? 1 : 0;
                imported += mark.imported ? 1 : 0;
            }
        }
        const definition::Measure* measure = context_.definitions.measure(shown.figure.measure);
        document::Row row = {
            {Run{.text = measure == nullptr ? shown.figure.measure : measure->title}},
            {Run{.text = shown.shown, .figure = shown.key}},
            {Run{.text = titles}}};
        for (const int count : {rows, with_evidence, late, imported})
            row.push_back({Run{.text = std::to_string(count)}});
        table.rows.push_back(std::move(row));
    }
    table.notes = {"补录：登记晚于规定期限；导入：启用系统前的历史记录，由原台账导入。"};
    document.blocks.emplace_back(std::move(table));
}

void Composer::suggest() {
    const std::string last_day = calendar::to_text(measure::year_period(year_).to);
    for (const definition::Ledger& ledger : context_.definitions.ledgers()) {
        const bool is_case =
            std::any_of(ledger.states.begin(), ledger.states.end(),
                        [](const definition::State& state) { return state.is_final; });
        if (!is_case || ledger.built_in) continue;
        std::map<EntryId, std::string> states;
        ledger::scan_passages(connection_, context_.directory.jurisdiction.id, ledger.id, last_day,
                              [&](EntryId entry, const ledger::Passage& passage) {
                                  states.insert_or_assign(entry, passage.state);
                              });
        const auto open = std::count_if(states.begin(), states.end(), [&](const auto& each) {
            const definition::State* state = ledger.state(each.second);
            return state != nullptr && !state->is_final;
        });
        if (open > 0)
            suggestions.push_back(fmt::format("截至{}年末，“{}”有{}条没有办结，可写入存在的不足。",
                                              year_, ledger.title, open));
    }
}

Result<void> Composer::compose(const definition::Report& report, const Signing* signing) {
    TRY_OK(ask_measures(report));
    read_texts();
    add_head(report, signing);
    for (const definition::Part* part : ordered(report)) {
        TRY_OK(add_part(*part, signing == nullptr));
    }
    add_annex();
    suggest();
    return {};
}

}  // namespace fazhi::report
