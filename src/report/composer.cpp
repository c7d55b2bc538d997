#include "report/composer.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "ledger/ledgers.h"
#include "ledger/scan.h"
#include "ledger/template_text.h"
#include "report/annex.h"
#include "report/figure_data.h"
#include "report/open_entries.h"
#include "report/paper_figures.h"

namespace fazhi::report {
namespace {

using definition::SentencePiece;
using document::Paragraph;
using document::Run;

// How a placeholder shows a figure (definition/template.cpp).
constexpr std::string_view kLastYear = "last_year";
constexpr std::string_view kChange = "change";

// The names of what the report's sentences read.
struct Names {
    std::set<std::string> all;
    std::set<std::string> of_last_year;  // those among them that are also read for the year before
};

void add_name(const definition::Placeholder& placeholder, Names& out) {
    out.all.insert(placeholder.name);
    if (placeholder.format == kLastYear || placeholder.format == kChange)
        out.of_last_year.insert(placeholder.name);
}

void add_names(const definition::Sentence& sentence, Names& out) {
    for (const SentencePiece& piece : sentence.pieces) {
        if (piece.placeholder) add_name(*piece.placeholder, out);
        for (const SentencePiece& inner : piece.clause) {
            if (inner.placeholder) add_name(*inner.placeholder, out);
        }
    }
}

Names names_in(const definition::Report& report) {
    Names out;
    for (const definition::Part& part : report.parts) {
        for (const definition::Sentence& sentence : part.say) add_names(sentence, out);
        for (const definition::Section& section : part.sections) {
            for (const definition::Sentence& sentence : section.say) add_names(sentence, out);
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

Composer::Composer(storage::Connection& connection, const ledger::Context& context, int year)
    : connection_(connection),
      context_(context),
      measures_(connection, context.directory, context.definitions, context.workdays,
                context.today),
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
    const auto questions = [&](const std::set<std::string>& names) {
        std::vector<measure::Question> out;
        for (const std::string& name : names) {
            if (context_.definitions.measure(name) != nullptr)
                out.push_back({.measure = name, .where = {}});
        }
        return out;
    };
    const Names names = names_in(report);
    TRY(std::vector<measure::Figure> now,
        measures_.answer(questions(names.all), measure::year_period(year_)));
    TRY(std::vector<measure::Figure> before,
        measures_.answer(questions(names.of_last_year), measure::year_period(year_ - 1)));
    const std::vector<PaperFigure> paper = paper_figures(connection_, context_);
    for (measure::Figure& figure : now) keep(now_, std::move(figure), paper, year_);
    for (measure::Figure& figure : before) keep(before_, std::move(figure), paper, year_ - 1);
    return {};
}

// What the ledgers say, else what paper says; both are told to the drafter where they differ.
void Composer::keep(std::map<std::string, measure::Figure>& kept, measure::Figure figure,
                    const std::vector<PaperFigure>& paper, int year) {
    for (const Error& warning : figure.warnings) suggestions.push_back(warning.message);
    for (const PaperFigure& each : paper) {
        if (each.measure != figure.measure || each.year != year) continue;
        if (!stand_in(each, figure)) {
            suggestions.push_back(
                fmt::format("{}年“{}”：登记的纸面数字是{}，台账得出{}，报告采用台账。", year,
                            each.measure, each.value, figure.value));
        }
    }
    kept.emplace(figure.measure, std::move(figure));
}

// In the order they were recorded: they may number themselves (一是…二是…).
void Composer::read_texts() {
    const definition::Ledger* ledger = context_.definitions.ledger("report_text");
    if (ledger == nullptr) return;
    ledger::scan(
        connection_, context_.directory.jurisdiction.id, *ledger, {}, {},
        [&](const ledger::Entry& entry) {
            if (entry.fields.integer_at("report_year") != year_) return;
            texts_.push_back({entry.fields.text_at("part"), entry.fields.text_at("section"),
                              entry.fields.text_at("text")});
        });
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
    if (placeholder.format == kChange) {
        const std::string change = change_text(now, before_.at(placeholder.name));
        return Reading{.text = change, .has_value = !change.empty(), .is_zero = false, .key = {}};
    }
    const bool last_year = placeholder.format == kLastYear;
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
                const bool last_year = placeholder.format == kLastYear;
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
    if (!report.opening.empty())
        document.blocks.emplace_back(paragraph({Run{.text = filled(report.opening)}}));
}

void Composer::suggest(const definition::Part& part) {
    const bool open =
        std::find(part.suggest.begin(), part.suggest.end(), "open_problems") != part.suggest.end();
    if (!open) return;
    for (const OpenEntries& each : entries_open_at_end(connection_, context_, year_)) {
        suggestions.push_back(fmt::format("“{}”：截至{}年末，“{}”有{}条没有办结。",
                                          filled(part.heading), year_, each.ledger, each.count));
    }
}

Result<void> Composer::compose(const definition::Report& report, const Signing* signing) {
    TRY_OK(ask_measures(report));
    read_texts();
    add_head(report, signing);
    for (const definition::Part* part : ordered(report)) {
        TRY_OK(add_part(*part, signing == nullptr));
    }
    rows = rows_behind(connection_, context_, figures);
    for (document::Block& block : annex_blocks(context_, figures, rows, year_))
        document.blocks.push_back(std::move(block));
    for (const definition::Part& part : report.parts) suggest(part);
    return {};
}

}  // namespace fazhi::report
