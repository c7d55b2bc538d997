#include <algorithm>
#include <charconv>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "access/reach.h"
#include "action/report_command.h"
#include "definition/definition_set.h"
#include "document/docx_writer.h"
#include "document/html_writer.h"
#include "document/outline.h"
#include "document/pdf_writer.h"
#include "http/api.h"
#include "http/entry_json.h"
#include "http/errors.h"
#include "http/figure_json.h"
#include "ledger/scan.h"
#include "ledger/template_text.h"

namespace fazhi::http {
namespace {

constexpr const char* kReportLedger = "report";
constexpr int kYearsShown = 5;

// Reports count the whole office: for whoever may see the ledger of reports.
Result<const action::Office*> office_of_reports(Call& call) {
    TRY(const action::Office* office, call.office());
    const definition::Ledger* reports = office->definitions->ledger(kReportLedger);
    if (reports == nullptr || !call.may_somewhere(access::Ability::View, *reports))
        return not_there();
    return office;
}

// Of a report whatever its year: "某街道关于法治政府建设情况的报告".
std::string title_of(const definition::Report& report, const access::Directory& directory) {
    constexpr std::pair<std::string_view, std::string_view> kYears[] = {
        {"{year}年度报告", "年度报告"}, {"{year}年度", ""}, {"{year}年", ""}, {"{year}", ""}};
    std::string pattern = report.title;
    for (const auto& [year, without] : kYears) {
        for (auto at = pattern.find(year); at != std::string::npos; at = pattern.find(year))
            pattern.replace(at, year.size(), without);
    }
    return ledger::fill_template(pattern, [&](const std::string& name) {
        return name == "jurisdiction.full_name" ? directory.jurisdiction.full_name : std::string();
    });
}

Result<report::Order> order_of(Call& call) {
    report::Order out;
    out.report = call.parts.at("report");
    const std::string& year = call.parts.at("year");
    const auto [end, error] = std::from_chars(year.data(), year.data() + year.size(), out.year);
    if (error != std::errc() || end != year.data() + year.size() || out.year < 1949 ||
        out.year > 9999)
        return not_there();
    return out;
}

// Whoever stands above is shown what was signed, and no draft.
bool is_of_office(Call& call) {
    return call.actor.jurisdiction == call.known_office()->directory.jurisdiction.id;
}

Result<report::BuiltReport> built(Call& call) {
    TRY_OK(office_of_reports(call));
    TRY(const report::Order order, order_of(call));
    TRY(const ledger::Context context, call.context());
    TRY(report::BuiltReport report, call.workplace.reports.build(call.reading(), context, order));
    if (!report.is_signed && !is_of_office(call)) return not_there();
    return report;
}

// The page carries every entry behind its figures: for whoever may see all of them.
Result<void> require_whole_view(Call& call) {
    const action::Office& office = *call.known_office();
    const auto reach = access::reach(office.directory, *office.definitions, call.actor,
                                     access::Ability::View, kReportLedger);
    if (reach.everything) return {};
    return refuse(ErrorKind::Forbidden, errors::kWholeViewOnly,
                  "可核验网页载有数字后面的全部条目，请由可以查看全部台账的人（如法治办）下载。");
}

Value runs_json(const document::Runs& runs) {
    Value::List out;
    for (const document::Run& run : runs) {
        Value one = Value::Map{{"text", run.text}};
        if (!run.figure.empty()) one.set("figure", run.figure);
        out.push_back(std::move(one));
    }
    return out;
}

std::string text_of(const document::Runs& runs) {
    std::string out;
    for (const document::Run& run : runs) out += run.text;
    return out;
}

// A cell shows one text, and opens the figure in it.
Value cell_json(const document::Cell& cell) {
    Value out = Value::Map{{"text", text_of(cell)}};
    for (const document::Run& run : cell) {
        if (!run.figure.empty()) out.set("figure", run.figure);
    }
    return out;
}

Value rows_json(const std::vector<document::Row>& rows) {
    Value::List out;
    for (const document::Row& row : rows) {
        Value::List cells;
        for (const document::Cell& cell : row) cells.push_back(cell_json(cell));
        out.emplace_back(std::move(cells));
    }
    return out;
}

// The blocks of a document as the screen draws them, headings with their numbers.
class Blocks {
public:
    explicit Blocks(const std::vector<document::Block>& all)
        : labels_(document::block_labels(all)) {
        for (const document::Block& block : all) {
            std::visit(*this, block);
            ++at_;
        }
    }

    Value::List blocks, outline;

    void operator()(const document::Heading& heading) {
        add_heading(heading.level, labels_[at_], heading.runs);
    }
    void operator()(const document::RunInHeading& heading) {
        document::Runs all = heading.lead;
        all.insert(all.end(), heading.runs.begin(), heading.runs.end());
        const std::string& number = labels_[at_];
        note(heading.level, number + text_of(heading.lead));
        all.insert(all.begin(), document::Run{.text = number});
        blocks.push_back(Value::Map{{"kind", "paragraph"}, {"runs", runs_json(all)}});
    }
    void operator()(const document::Paragraph& paragraph) {
        blocks.push_back(Value::Map{{"kind", "paragraph"}, {"runs", runs_json(paragraph.runs)}});
    }
    void operator()(const document::Table& table) {
        Value::List heads;
        for (const document::Row& row : table.header) {
            for (const document::Cell& cell : row) heads.emplace_back(text_of(cell));
        }
        blocks.push_back(Value::Map{{"caption", table.title},
                                    {"heads", std::move(heads)},
                                    {"kind", "table"},
                                    {"rows", rows_json(table.rows)}});
    }
    // A chart's values as a table: the screen draws it, and everybody can read it.
    void operator()(const document::Chart& chart) {
        Value::List heads = {Value("")};
        for (const std::string& category : chart.categories) heads.emplace_back(category);
        Value::List rows;
        for (const document::Series& series : chart.series) {
            Value::List cells = {Value(Value::Map{{"text", series.title}})};
            for (std::size_t i = 0; i < series.values.size(); ++i) {
                Value cell =
                    Value::Map{{"text", series.values[i] ? fmt::format("{:g}", *series.values[i])
                                                         : std::string()}};
                if (i < series.figures.size() && !series.figures[i].empty())
                    cell.set("figure", series.figures[i]);
                cells.push_back(std::move(cell));
            }
            rows.emplace_back(std::move(cells));
        }
        blocks.push_back(Value::Map{{"caption", chart.title},
                                    {"heads", std::move(heads)},
                                    {"kind", "chart"},
                                    {"rows", std::move(rows)},
                                    {"unit", chart.unit}});
    }
    void operator()(const document::Attachment& attachment) {
        add_heading(1, labels_[at_] + " ", {document::Run{.text = attachment.title}});
    }
    void operator()(const document::PageBreak&) {
        blocks.push_back(Value::Map{{"kind", "page_break"}});
    }

private:
    void note(int level, const std::string& text) {
        outline.push_back(Value::Map{
            {"at", static_cast<std::int64_t>(blocks.size())}, {"level", level}, {"text", text}});
    }
    void add_heading(int level, const std::string& number, const document::Runs& runs) {
        note(level, number + text_of(runs));
        document::Runs all = runs;
        all.insert(all.begin(), document::Run{.text = number});
        blocks.push_back(
            Value::Map{{"kind", "heading"}, {"level", level}, {"runs", runs_json(all)}});
    }

    std::vector<std::string> labels_;
    std::size_t at_ = 0;
};

Value list_of(const std::vector<std::string>& texts) {
    Value::List out;
    for (const std::string& text : texts) out.emplace_back(text);
    return out;
}

Value figures_json(const definition::DefinitionSet& set, const report::BuiltReport& report) {
    Value::List out;
    for (const report::ShownFigure& shown : report.figures) {
        const definition::Measure* measure = set.measure(shown.figure.measure);
        std::int64_t count = 0;
        for (const auto& [ledger, ids] : shown.figure.entries) count += std::int64_t(ids.size());
        out.push_back(
            Value::Map{{"count", count},
                       {"filter", shown.filter},
                       {"from", calendar::to_text(shown.period.from)},
                       {"key", shown.key},
                       {"measure", shown.figure.measure},
                       {"shown", shown.shown},
                       {"title", measure == nullptr ? shown.figure.measure : measure->title},
                       {"to", calendar::to_text(shown.period.to)},
                       {"value", shown.figure.value}});
    }
    return out;
}

}  // namespace

Result<Response> list_reports(Call& call) {
    TRY(const action::Office* office, office_of_reports(call));
    const JurisdictionId where = office->directory.jurisdiction.id;
    std::map<std::string, std::map<std::int64_t, std::int64_t>> years;  // the last version
    ledger::scan(call.reading(), where, *office->definitions->ledger(kReportLedger), {}, {},
                 [&](const ledger::Entry& entry) {
                     if (entry.head.state == "drafting" || entry.head.state == "cleared") return;
                     years[entry.fields.text_at("report")][entry.fields.integer_at("report_year")] =
                         entry.fields.integer_at("version");
                 });
    const int this_year = static_cast<int>(calendar::civil_date(call.at).year());
    Value::List items;
    for (const definition::Report& report : office->definitions->reports()) {
        Value::List offered, already;
        for (const auto& [year, version] : years[report.id]) already.emplace_back(year);
        for (int year = this_year; year > this_year - kYearsShown && is_of_office(call); --year)
            offered.emplace_back(year);
        if (!is_of_office(call)) offered = already;
        items.push_back(Value::Map{{"report", report.id},
                                   {"signed_years", std::move(already)},
                                   {"title", title_of(report, office->directory)},
                                   {"years", std::move(offered)}});
    }
    return answer_with(Value::Map{{"items", std::move(items)}});
}

Result<Response> read_report(Call& call) {
    TRY(const report::BuiltReport report, built(call));
    TRY(const report::Order order, order_of(call));
    Blocks blocks(report.document.blocks);
    Value out = Value::Map{{"report", order.report},
                           {"signed", report.is_signed},
                           {"title", report.document.title},
                           {"version", report.version},
                           {"year", order.year}};
    out.set("addressee", report.document.addressee);
    out.set("organisation", report.document.organisation);
    out.set("blocks", std::move(blocks.blocks));
    out.set("outline", std::move(blocks.outline));
    out.set("figures", figures_json(*call.known_office()->definitions, report));
    out.set("suggestions", list_of(report.suggestions));
    out.set("changes", list_of(report.changes));
    return answer_with(out);
}

Result<Response> read_report_file(Call& call) {
    TRY(const report::BuiltReport report, built(call));
    const std::string name = fmt::format("{}-{}", call.parts.at("office"), call.parts.at("year"));
    const std::string& wanted = call.parts.at("file");
    if (wanted == "file.docx")
        return file_response(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            name + ".docx", document::write_docx(report.document));
    if (wanted == "file.pdf")
        return file_response("application/pdf", name + ".pdf",
                             document::write_pdf(report.document, {}));
    if (wanted != "file.html") return not_there();
    TRY_OK(require_whole_view(call));
    // A page of its own, that verifies itself: to be kept, not run within the application.
    return file_response(
        "text/html; charset=utf-8", name + ".html",
        document::write_html(report.document, {.figures_json = report.figures_json}));
}

Result<Response> clear_report(Call& call) {
    TRY_OK(office_of_reports(call));
    TRY(const report::Order order, order_of(call));
    TRY(const Value done, call.change([&](const action::Task& task) -> Result<Value> {
        TRY(const EntryId entry, action::clear_report(task, order));
        return Value(Value::Map{
            {"id", entry.value}, {"ledger", kReportLedger}, {"revision", 1}, {"state", "cleared"}});
    }));
    return answer_with(done);
}

Result<Response> sign_report(Call& call) {
    TRY(const action::Office* office, office_of_reports(call));
    TRY(const report::Order order, order_of(call));
    const JurisdictionId where = office->directory.jurisdiction.id;
    call.end_reading();
    TRY(const action::ReportOutcome done,
        action::sign_report(call.workplace, where, call.actor, order));
    return answer_with(Value::Map{{"number", done.report.document.number},
                                  {"report", order.report},
                                  {"version", done.report.version},
                                  {"year", order.year}});
}

// "file.pdf" of a version that was signed, as it was signed.
Result<Response> read_signed_file(Call& call) {
    TRY_OK(office_of_reports(call));
    TRY(const report::Order order, order_of(call));
    const std::string& version = call.parts.at("version");
    int number = 0;
    std::from_chars(version.data(), version.data() + version.size(), number);
    for (const auto& [file, ending, type] :
         {std::tuple("file.docx", ".docx",
                     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
          std::tuple("file.pdf", ".pdf", "application/pdf"),
          std::tuple("file.html", ".html", "text/html; charset=utf-8")}) {
        if (call.parts.at("file") != file) continue;
        if (call.parts.at("file") == "file.html") {
            TRY_OK(require_whole_view(call));
        }
        auto bytes = action::signed_report_file(call.workplace, call.parts.at("office"), order,
                                                number, ending);
        if (!bytes) return not_there();
        return file_response(
            type, fmt::format("{}-{}-v{}{}", call.parts.at("office"), order.year, number, ending),
            *std::move(bytes));
    }
    return not_there();
}

Result<Response> read_report_figure(Call& call) {
    TRY(const report::BuiltReport report, built(call));
    TRY(const ledger::Context context, call.context());
    const std::string& key = call.parts.at("key");
    for (const report::ShownFigure& shown : report.figures) {
        if (shown.key == key) return answer_with(behind_json(call, context, shown.figure));
    }
    return not_there();
}

}  // namespace fazhi::http
