#include "report/versions.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "journal/journal.h"
#include "ledger/scan.h"

namespace fazhi::report {
namespace {

std::string runs_text(const document::Runs& runs) {
    std::string out;
    for (const document::Run& run : runs) out += run.text;
    return out;
}

// Lines of one block, by kind.
struct Lines {
    Value::List& out;

    void operator()(const document::Heading& heading) const {
        out.emplace_back(runs_text(heading.runs));
    }
    void operator()(const document::RunInHeading& heading) const {
        out.emplace_back(runs_text(heading.lead) + runs_text(heading.runs));
    }
    void operator()(const document::Paragraph& paragraph) const {
        out.emplace_back(runs_text(paragraph.runs));
    }
    void operator()(const document::Table& table) const {
        for (const document::Row& row : table.rows) {
            std::string line = table.title;
            for (const document::Cell& cell : row) line += "｜" + runs_text(cell);
            out.emplace_back(std::move(line));
        }
    }
    void operator()(const document::Chart& chart) const {
        for (const document::Series& series : chart.series) {
            std::string line = chart.title;
            for (std::size_t i = 0; i < series.values.size(); ++i) {
                line += fmt::format("｜{} ", chart.categories[i]);
                line += series.values[i] ? fmt::format("{}", *series.values[i]) : "无数据";
            }
            out.emplace_back(std::move(line));
        }
    }
    void operator()(const document::Attachment&) const {}
    void operator()(const document::PageBreak&) const {}
};

std::string identity(const std::string& measure, const std::string& from,
                     const std::string& filter) {
    return measure + "｜" + from + "｜" + filter;
}

std::set<std::string> texts_of(const Value& lines) {
    std::set<std::string> out;
    if (!lines.is_list()) return out;
    for (const Value& line : lines.as_list()) out.insert(line.as_text());
    return out;
}

}  // namespace

std::string ranges_text(const std::vector<EntryId>& ids) {
    std::string out;
    for (std::size_t i = 0; i < ids.size();) {
        std::size_t last = i;
        while (last + 1 < ids.size() && ids[last + 1].value == ids[last].value + 1) ++last;
        out += fmt::format("{}{}", out.empty() ? "" : ",", ids[i].value);
        if (last > i) out += fmt::format("-{}", ids[last].value);
        i = last + 1;
    }
    return out;
}

Value frozen(const ShownFigure& shown, const std::string& definitions, std::int64_t journal_size) {
    std::string entries;
    for (const auto& [ledger, ids] : shown.figure.entries)
        entries += fmt::format("{}{}:{}", entries.empty() ? "" : ";", ledger, ranges_text(ids));
    Value out = Value::Map{};
    out.set("key", shown.key);
    out.set("measure", shown.figure.measure);
    out.set("definitions", definitions);
    out.set("from", calendar::to_text(shown.period.from));
    out.set("to", calendar::to_text(shown.period.to));
    out.set("filter", shown.filter);
    out.set("shown", shown.shown);
    out.set("value", shown.figure.value);
    out.set("unit", shown.figure.unit);
    out.set("entries", entries);
    out.set("journal_size", journal_size);
    if (shown.figure.numerator) out.set("numerator", *shown.figure.numerator);
    if (shown.figure.denominator) out.set("denominator", *shown.figure.denominator);
    return out;
}

Value::List lines_of(const document::Document& document) {
    Value::List out = {document.title};
    for (const document::Block& block : document.blocks) {
        // The annex follows from the figures.
        if (std::holds_alternative<document::Attachment>(block)) break;
        std::visit(Lines{out}, block);
    }
    return out;
}

std::vector<std::string> changes_between(const Signed& before, const BuiltReport& now,
                                         const definition::DefinitionSet& definitions) {
    std::vector<std::string> out;
    std::map<std::string, std::string> old_values;
    if (before.figures.is_list()) {
        for (const Value& figure : before.figures.as_list()) {
            old_values.emplace(identity(figure.text_at("measure"), figure.text_at("from"),
                                        figure.text_at("filter")),
                               figure.text_at("value"));
        }
    }
    std::set<std::string> said;
    for (const ShownFigure& shown : now.figures) {
        const std::string of = identity(shown.figure.measure,
                                        calendar::to_text(shown.period.from), shown.filter);
        const auto old = old_values.find(of);
        if (old == old_values.end() || old->second == shown.figure.value) continue;
        if (!said.insert(of).second) continue;
        const definition::Measure* measure = definitions.measure(shown.figure.measure);
        const std::string& title = measure == nullptr ? shown.figure.measure : measure->title;
        out.push_back(fmt::format("数据“{}”{}：{} → {}", title,
                                  shown.filter.empty() ? "" : "（" + shown.filter + "）",
                                  old->second, shown.figure.value));
    }
    const Value::List lines = lines_of(now.document);
    const std::set<std::string> old_lines = texts_of(before.lines);
    const std::set<std::string> new_lines = texts_of(lines);
    for (const Value& line : lines) {
        if (!old_lines.contains(line.as_text())) out.push_back("增：" + line.as_text());
    }
    if (!before.lines.is_list()) return out;
    for (const Value& line : before.lines.as_list()) {
        if (!new_lines.contains(line.as_text())) out.push_back("删：" + line.as_text());
    }
    if (out.empty() && before.lines.as_list() != lines) out.emplace_back("文字的次序有改动。");
    return out;
}

Result<Signed> last_signed(storage::Connection& connection, const ledger::Context& context,
                           const journal::Journal& journal, const Order& order) {
    Signed out;
    int compared = 0;
    const JurisdictionId office = context.directory.jurisdiction.id;
    const definition::Ledger* ledger = context.definitions.ledger("report");
    if (ledger == nullptr) return out;
    const std::string issue_year = std::to_string(static_cast<int>(context.today.year()));
    // A number once given is never given again, so voided versions count too.
    ledger::scan(connection, office, *ledger, {}, {.voided_too = true},
                 [&](const ledger::Entry& entry) {
                     const std::string signed_on = entry.fields.text_at("signed_on");
                     if (signed_on.empty() || entry.fields.text_at("report") != order.report)
                         return;
                     if (signed_on.starts_with(issue_year)) ++out.of_issue_year;
                     if (entry.fields.integer_at("report_year") != order.year) return;
                     const int version = static_cast<int>(entry.fields.integer_at("version"));
                     out.version = std::max(out.version, version);
                     if (entry.head.voided || version < compared) return;
                     compared = version;
                     out.entry = entry.head.id;
                     out.state = entry.head.state;
                 });
    if (!out.entry) return out;
    TRY(const auto records, journal.history(connection, office, out.entry.value));
    for (const journal::Record& record : records) {
        if (record.body.text_at("action") != kFreeze) continue;
        out.figures = record.body.at("figures");
        out.lines = record.sealed.at("lines");
    }
    return out;
}

}  // namespace fazhi::report
