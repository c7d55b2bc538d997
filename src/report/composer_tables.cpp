#include <algorithm>

#include <fmt/format.h>

#include "measure/ranking.h"
#include "report/composer.h"

// Composer's tables and charts: breakdowns of measures, each cell a figure of its own.
namespace fazhi::report {
namespace {

using document::Run;

bool is_live(const measure::Figure& figure) {
    return figure.has_value && figure.scaled != 0;
}

// Of nothing there is no share and no average.
bool has_no_zero(const definition::Measure& measure) {
    return measure.kind == definition::MeasureKind::Ratio ||
           measure.kind == definition::MeasureKind::OnTime ||
           measure.kind == definition::MeasureKind::Average;
}

const measure::Group* group_of(const std::vector<measure::Group>& groups, const std::string& key) {
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [&](const measure::Group& group) { return group.key == key; });
    return found == groups.end() ? nullptr : &*found;
}

std::string rows_title(const definition::ReportTable& table) {
    if (table.rows == "unit") return "单位";
    if (table.rows == "month") return "月份";
    return "项目";
}

}  // namespace

Result<Composer::TableColumn> Composer::column_of(const definition::ReportTable& table,
                                                  const std::string& name,
                                                  const definition::Option* option) {
    measure::Question question{.measure = name, .where = {}};
    if (option != nullptr) {
        definition::Test test;
        test.literals = {{.value = option->id, .setting = {}}};
        question.where.clauses = {{table.columns_field, test}};
    }
    TRY(auto groups, measures_.by(question, measure::year_period(year_),
                                  table.rows == "field" ? table.rows_field : table.rows));
    return TableColumn{.title = {}, .filter = {}, .groups = std::move(groups)};
}

Result<std::vector<Composer::TableColumn>> Composer::columns_of(
    const definition::ReportTable& table) {
    std::vector<TableColumn> out;
    for (const std::string& name : table.columns) {
        const definition::Measure* measure = context_.definitions.measure(name);
        TRY(TableColumn column, column_of(table, name, nullptr));
        column.title =
            measure == nullptr ? name : fmt::format("{}（{}）", measure->title, measure->unit);
        if (measure != nullptr && has_no_zero(*measure)) column.nothing = "—";
        out.push_back(std::move(column));
    }
    if (!table.columns.empty()) return out;
    const definition::Measure* cell = context_.definitions.measure(table.cell);
    const definition::Ledger* ledger =
        cell == nullptr ? nullptr : context_.definitions.ledger(cell->ledger);
    const definition::Field* field =
        ledger == nullptr ? nullptr : ledger->field(table.columns_field);
    if (field == nullptr) return out;
    for (const definition::Option& option : field->options) {
        TRY(TableColumn column, column_of(table, table.cell, &option));
        column.title = option.title;
        column.filter = fmt::format("{}：{}", field->title, option.title);
        out.push_back(std::move(column));
    }
    return out;
}

Result<std::vector<Composer::TableLine>> Composer::lines_of(
    const definition::ReportTable& table, const std::vector<TableColumn>& columns) {
    std::vector<TableLine> lines;
    if (table.ranked) {
        const definition::Measure* first = context_.definitions.measure(table.columns.front());
        TRY(const auto ranked, measure::ranking(*first, columns.front().groups));
        for (const measure::Ranked& each : ranked)
            lines.push_back({each.group.key, each.group.title, each.place});
        return lines;
    }
    for (const TableColumn& column : columns) {
        for (const measure::Group& group : column.groups) {
            const bool known = std::any_of(lines.begin(), lines.end(), [&](const TableLine& line) {
                return line.key == group.key;
            });
            if (!known && is_live(group.figure)) lines.push_back({group.key, group.title});
        }
    }
    return lines;
}

document::Row Composer::table_row(const std::vector<TableColumn>& columns, const TableLine& line,
                                  bool ranked) {
    const auto& [key, title, place] = line;
    document::Row row = {{Run{.text = title}}};
    if (ranked) row.push_back({Run{.text = place == 0 ? "—" : std::to_string(place)}});
    for (const TableColumn& column : columns) {
        const measure::Group* group = group_of(column.groups, key);
        if (group == nullptr || !is_live(group->figure)) {
            const bool zero = group != nullptr && group->figure.has_value;
            row.push_back({Run{.text = zero ? "0" : column.nothing}});
            continue;
        }
        const std::string filter =
            column.filter.empty() ? title : fmt::format("{}；{}", title, column.filter);
        row.push_back(
            {Run{.text = group->figure.value,
                 .figure = shown_figure(group->figure, group->figure.value, year_, filter)}});
    }
    return row;
}

Result<bool> Composer::add_table(const definition::ReportTable& table) {
    TRY(const std::vector<TableColumn> columns, columns_of(table));
    TRY(const std::vector<TableLine> lines, lines_of(table, columns));
    if (lines.empty()) return false;
    document::Table out{.title = table.title};
    document::Row head = {{Run{.text = rows_title(table)}}};
    if (table.ranked) head.push_back({Run{.text = "名次"}});
    for (const TableColumn& column : columns) head.push_back({Run{.text = column.title}});
    out.alignment.assign(head.size(), document::Alignment::Right);
    out.alignment.front() = document::Alignment::Left;
    out.header = {std::move(head)};
    for (const TableLine& line : lines) out.rows.push_back(table_row(columns, line, table.ranked));
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
        series.figures.push_back(
            is_live(group.figure)
                ? shown_figure(group.figure, group.figure.value, year_, group.title)
                : std::string());
    }
    out.series = {std::move(series)};
    document.blocks.emplace_back(std::move(out));
    return true;
}

}  // namespace fazhi::report
