#include "report/reports.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "access/permission.h"
#include "journal/journal.h"
#include "ledger/ledgers.h"
#include "ledger/scan.h"
#include "ledger/template_text.h"
#include "report/annex.h"
#include "report/composer.h"
#include "report/errors.h"
#include "report/figure_data.h"
#include "report/figure_store.h"
#include "storage/transaction.h"

namespace fazhi::report {
namespace {

constexpr std::string_view kFreeze = "freeze";
constexpr const char* kLedger = "report";

Result<const definition::Report*> report_of(const ledger::Context& context, const Order& order) {
    const definition::Report* report = context.definitions.report(order.report);
    if (report == nullptr) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchReport,
                      fmt::format("本单位没有启用报告“{}”。", order.report), "report");
    }
    const int this_year = static_cast<int>(context.today.year());
    if (order.year > this_year) {
        return refuse(ErrorKind::InvalidInput, errors::kBadYear,
                      fmt::format("{}年还没有开始。", order.year), "year");
    }
    return report;
}

// What stood in the last signed version of the year.
struct Signed {
    int version = 0;  // 0: none
    EntryId entry;
    std::string state;
    int of_issue_year = 0;  // signed in the year of issue, whatever year they report
    Value figures;          // of the freeze record
    Value lines;
};

// "12-40,44": ascending ids.
std::string ranges_text(const std::vector<EntryId>& ids) {
    std::string out;
    for (size_t i = 0; i < ids.size();) {
        size_t last = i;
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

std::string runs_text(const document::Runs& runs) {
    std::string out;
    for (const document::Run& run : runs) out += run.text;
    return out;
}

// The document's text, line by line, for the record and for the differences between versions.
Value::List lines_of(const document::Document& document) {
    Value::List out = {document.title};
    for (const document::Block& block : document.blocks) {
        if (std::holds_alternative<document::Attachment>(block))
            break;  // The annex follows from the figures.
        if (const auto* heading = std::get_if<document::Heading>(&block))
            out.emplace_back(runs_text(heading->runs));
        if (const auto* paragraph = std::get_if<document::Paragraph>(&block))
            out.emplace_back(runs_text(paragraph->runs));
        if (const auto* table = std::get_if<document::Table>(&block)) {
            for (const document::Row& row : table->rows) {
                std::string line = table->title;
                for (const document::Cell& cell : row) line += "｜" + runs_text(cell);
                out.emplace_back(std::move(line));
            }
        }
    }
    return out;
}

std::vector<std::string> changes_between(const Signed& before,
                                         const std::vector<ShownFigure>& figures,
                                         const Value::List& lines) {
    std::vector<std::string> out;
    std::map<std::string, std::string> old_values;
    if (before.figures.is_list()) {
        for (const Value& figure : before.figures.as_list())
            old_values.emplace(figure.text_at("measure") + "｜" + figure.text_at("from") + "｜" +
                                   figure.text_at("filter"),
                               figure.text_at("value"));
    }
    for (const ShownFigure& shown : figures) {
        const auto old =
            old_values.find(shown.figure.measure + "｜" + calendar::to_text(shown.period.from) +
                            "｜" + shown.filter);
        if (old != old_values.end() && old->second != shown.figure.value) {
            out.push_back(fmt::format("数据 {}：{} → {}", shown.figure.measure, old->second,
                                      shown.figure.value));
        }
    }
    const Value::List none;
    const Value::List& old_lines = before.lines.is_list() ? before.lines.as_list() : none;
    for (const Value& line : lines) {
        if (std::find(old_lines.begin(), old_lines.end(), line) == old_lines.end())
            out.push_back("增：" + line.as_text());
    }
    for (const Value& line : old_lines) {
        if (std::find(lines.begin(), lines.end(), line) == lines.end())
            out.push_back("删：" + line.as_text());
    }
    return out;
}

Result<Signed> last_signed(storage::Connection& connection, const ledger::Context& context,
                           const journal::Journal& journal, const Order& order) {
    Signed out;
    const definition::Ledger* ledger = context.definitions.ledger(kLedger);
    const std::string issue_year = std::to_string(static_cast<int>(context.today.year()));
    ledger::scan(connection, context.directory.jurisdiction.id, *ledger, {}, {},
                 [&](const ledger::Entry& entry) {
                     if (entry.head.state == "drafting" || entry.head.state == "cleared") return;
                     if (entry.head.dated_on.starts_with(issue_year)) ++out.of_issue_year;
                     const int version = static_cast<int>(entry.fields.integer_at("version"));
                     if (entry.fields.text_at("report") != order.report ||
                         entry.fields.integer_at("report_year") != order.year ||
                         version <= out.version)
                         return;
                     out.version = version;
                     out.entry = entry.head.id;
                     out.state = entry.head.state;
                 });
    if (!out.entry) return out;
    TRY(const auto records,
        journal.history(connection, context.directory.jurisdiction.id, out.entry.value));
    for (const journal::Record& record : records) {
        if (record.body.text_at("action") != kFreeze) continue;
        out.figures = record.body.at("figures");
        out.lines = record.sealed.at("lines");
    }
    return out;
}

std::vector<Error> against_clearing(const definition::Report& report,
                                    const ledger::Context& context, const access::Actor& clearing) {
    const std::vector<std::string> by =
        report.confidentiality ? report.confidentiality->by : std::vector<std::string>{};
    const bool is_here = clearing.jurisdiction == context.directory.jurisdiction.id;
    if (is_here && std::any_of(by.begin(), by.end(),
                               [&](const std::string& post) { return clearing.holds(post); }))
        return {};
    return {Error{ErrorKind::Forbidden, errors::kMayNotClear,
                  fmt::format("“{}”不是规定的保密审查岗位，请由法治办人员审查。", clearing.name),
                  "cleared_by", report.basis}};
}

std::vector<Error> against_signing(const definition::Report& report, const ledger::Context& context,
                                   const access::Actor& signing) {
    if (signing.holds(report.signer) && signing.jurisdiction == context.directory.jurisdiction.id)
        return {};
    return {Error{ErrorKind::Forbidden, errors::kMayNotSign,
                  fmt::format("“{}”不是签发岗位，请由主要负责人签发。", signing.name), "as",
                  report.basis}};
}

Error same_person(const definition::Report& report) {
    return Error{ErrorKind::RefusedByRule, errors::kSamePerson, "保密审查人与签发人不能是同一人。",
                 "cleared_by", report.basis};
}

// The entry of the report that is not signed yet.
std::optional<ledger::Entry> unsigned_entry(storage::Connection& connection,
                                            const ledger::Context& context, const Order& order) {
    std::optional<ledger::Entry> out;
    ledger::scan(connection, context.directory.jurisdiction.id,
                 *context.definitions.ledger(kLedger), {}, {}, [&](const ledger::Entry& entry) {
                     const std::string& state = entry.head.state;
                     if ((state == "drafting" || state == "cleared") &&
                         entry.fields.text_at("report") == order.report &&
                         entry.fields.integer_at("report_year") == order.year)
                         out = entry;
                 });
    return out;
}

ledger::Move step(const char* transition, const char* to, const ledger::Context& context,
                  ledger::FieldChange change = {}) {
    return {.transition = transition,
            .to = to,
            .happened_on = calendar::to_text(context.today),
            .change = std::move(change),
            .unit = {},
            .handler = {},
            .second_person = {}};
}

std::string number_of(const definition::Report& report, const ledger::Context& context,
                      int serial) {
    return ledger::fill_template(report.number, [&](const std::string& name) -> std::string {
        if (name == "jurisdiction.document_code")
            return context.directory.jurisdiction.document_code;
        if (name == "issue_year") return std::to_string(static_cast<int>(context.today.year()));
        if (name == "serial") return std::to_string(serial);
        return {};
    });
}

BuiltReport built_from(Composer& composer) {
    BuiltReport out;
    out.document = std::move(composer.document);
    out.figures = std::move(composer.figures);
    out.rows_json = journal::canonical(composer.rows);
    out.suggestions = std::move(composer.suggestions);
    return out;
}

}  // namespace

struct Reports::Ready {
    BuiltReport built;
    Signed before;
    Value::List lines;
    std::string text_digest;
};

Result<BuiltReport> Reports::build(storage::Connection& connection, const ledger::Context& context,
                                   const Order& order) const {
    TRY(const definition::Report* report, report_of(context, order));
    TRY(const Signed before, last_signed(connection, context, journal_, order));
    Composer composer(connection, context, order.year);
    TRY_OK(composer.compose(*report, nullptr));
    BuiltReport out = built_from(composer);
    for (const std::string& part : composer.empty_parts)
        out.suggestions.push_back(fmt::format("“{}”还没有内容。", part));
    TRY(out.figures_json, figures_json(connection, context, journal_, out));
    out.version = before.version + 1;
    if (before.version > 0)
        out.changes = changes_between(before, out.figures, lines_of(out.document));
    return out;
}

Result<Reports::Ready> Reports::ready(storage::Connection& connection,
                                      const ledger::Context& context, const Order& order,
                                      const std::string& signer) const {
    TRY(const definition::Report* report, report_of(context, order));
    Ready out;
    TRY(out.before, last_signed(connection, context, journal_, order));
    const Signing with{number_of(*report, context, out.before.of_issue_year + 1),
                       calendar::chinese_text(context.today), signer};
    Composer composer(connection, context, order.year);
    TRY_OK(composer.compose(*report, &with));
    std::vector<Error> wrong;
    for (const std::string& part : composer.empty_parts) {
        wrong.push_back(Error{ErrorKind::RefusedByRule, errors::kPartEmpty,
                              fmt::format("“{}”还没有内容，不能签发。", part), part,
                              report->basis});
    }
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    out.built = built_from(composer);
    out.lines = lines_of(out.built.document);
    out.text_digest = digest_of(journal_.algorithm(), journal::canonical(out.lines)).hex();
    out.built.version = out.before.version + 1;
    if (out.before.version == 0) return out;
    out.built.changes = changes_between(out.before, out.built.figures, out.lines);
    if (out.built.changes.empty())
        return refuse(ErrorKind::Conflict, errors::kNothingChanged,
                      fmt::format("与已签发的第{}版没有不同，不必再签。", out.before.version),
                      "year");
    return out;
}

Result<BuiltReport> Reports::as_signed(storage::Connection& connection,
                                       const ledger::Context& context, const Order& order) const {
    auto now = ready(connection, context, order, {});
    if (!now) return build(connection, context, order);
    return std::move(now->built);
}

Result<EntryId> Reports::clear(storage::Transaction& transaction, ledger::Context& context,
                               const Order& order) {
    TRY(const definition::Report* report, report_of(context, order));
    if (auto wrong = against_clearing(*report, context, context.actor); !wrong.empty())
        return refuse(join_errors(std::move(wrong)));
    TRY(const Ready now, ready(transaction.connection(), context, order, {}));
    const std::int64_t size = journal_.next_seq(transaction, context.directory.jurisdiction.id) - 1;
    Value fields = Value::Map{};
    fields.set("title", now.built.document.title);
    fields.set("version", now.built.version);
    fields.set("text_digest", now.text_digest);
    fields.set("journal_size", size);
    const Value cleared_by = Value::Map{{"cleared_by", context.actor.person.value}};
    const auto begun = unsigned_entry(transaction.connection(), context, order);
    if (!begun) {
        fields.set("report", order.report);
        fields.set("report_year", order.year);
        TRY(const ledger::Entry entry, ledgers_.create(transaction, context,
                                                       {.ledger = kLedger,
                                                        .fields = std::move(fields),
                                                        .unit = {},
                                                        .handler = {},
                                                        .reference = {},
                                                        .opened_by = {},
                                                        .opened_by_ledger = {}}));
        TRY_OK(ledgers_.move(transaction, context, kLedger, entry.head.id,
                             step("clear", "cleared", context, {cleared_by, ""})));
        return entry.head.id;
    }
    const EntryId id = begun->head.id;
    const bool is_cleared = begun->head.state == "cleared";
    if (is_cleared && begun->fields.text_at("text_digest") == now.text_digest) {
        return refuse(ErrorKind::Conflict, errors::kAlreadyCleared,
                      "这一稿已经过保密审查，之后没有改动，可以签发。", "year");
    }
    const std::string why = "审查以后内容有改动，重新审查";
    if (is_cleared) {
        TRY_OK(ledgers_.move(transaction, context, kLedger, id,
                             step("redraft", "drafting", context, {Value(Value::Map{}), why})));
    }
    fields.set("cleared_by", context.actor.person.value);
    TRY_OK(ledgers_.amend(transaction, context, kLedger, id, {fields, why}));
    TRY_OK(ledgers_.move(transaction, context, kLedger, id,
                         step("clear", "cleared", context, {Value(Value::Map{}), ""})));
    return id;
}

Result<std::int64_t> Reports::freeze(storage::Transaction& transaction, ledger::Context& context,
                                     EntryId entry, const Ready& now) {
    const std::int64_t size = journal_.next_seq(transaction, context.directory.jurisdiction.id) - 1;
    Value::List figures;
    for (const ShownFigure& shown : now.built.figures)
        figures.push_back(frozen(shown, context.definitions.digest().hex(), size));
    Value body = Value::Map{};
    body.set("action", kFreeze);
    body.set("actor", context.actor.person.value);
    body.set("command", context.command);
    body.set("definitions", context.definitions.digest().hex());
    body.set("entry", entry.value);
    body.set("figures", std::move(figures));
    body.set("rows_digest", digest_of(journal_.algorithm(), now.built.rows_json).hex());
    const journal::Record record =
        journal_.append(transaction, context.directory.jurisdiction.id, context.accepted_at,
                        {.body = std::move(body),
                         .sealed = Value::Map{{"lines", now.lines}},
                         .subject = entry.value});
    TRY_OK(apply(transaction, context.directory.jurisdiction.id, record));
    return record.seq;
}

// A version that was published stays published: who read it read that one.
Result<void> Reports::supersede(storage::Transaction& transaction, ledger::Context& context,
                                EntryId version, const std::string& state) {
    if (state != "signed" && state != "submitted") return {};
    TRY_OK(ledgers_.move(transaction, context, kLedger, version,
                         step("supersede", "superseded", context)));
    return {};
}

Result<BuiltReport> Reports::sign(storage::Transaction& transaction, ledger::Context& context,
                                  const Order& order) {
    TRY(const definition::Report* report, report_of(context, order));
    if (auto wrong = against_signing(*report, context, context.actor); !wrong.empty())
        return refuse(join_errors(std::move(wrong)));
    storage::Connection& connection = transaction.connection();
    const auto begun = unsigned_entry(connection, context, order);
    if (!begun || begun->head.state != "cleared") {
        return refuse(Error{ErrorKind::RefusedByRule, errors::kNotCleared,
                            "还没有经过保密审查，不能签发；请先由规定的岗位审查。", "cleared_by",
                            report->basis});
    }
    if (begun->fields.integer_at("cleared_by") == context.actor.person.value)
        return refuse(same_person(*report));
    TRY(Ready now, ready(connection, context, order, context.actor.name));
    if (now.text_digest != begun->fields.text_at("text_digest")) {
        return refuse(ErrorKind::Conflict, errors::kChangedSinceCleared,
                      "保密审查以后内容有改动，请重新审查再签发。", "cleared_by");
    }
    const EntryId id = begun->head.id;
    Value signing = Value::Map{{"signed_by", context.actor.person.value},
                               {"signed_on", calendar::to_text(context.today)}};
    if (!now.built.document.number.empty()) signing.set("number", now.built.document.number);
    TRY_OK(ledgers_.move(transaction, context, kLedger, id,
                         step("sign", "signed", context, {std::move(signing), ""})));
    BuiltReport& out = now.built;
    out.is_signed = true;
    TRY(out.frozen, freeze(transaction, context, id, now));
    TRY_OK(supersede(transaction, context, now.before.entry, now.before.state));
    out.note = journal_.checkpoint(transaction, context.directory.jurisdiction.id,
                                   context.directory.jurisdiction.code, context.accepted_at);
    return std::move(out);
}

Result<BuiltReport> Reports::clear_and_sign(storage::Transaction& transaction,
                                            ledger::Context& context, const Order& order,
                                            const access::Actor& clearing,
                                            const access::Actor& signing) {
    TRY(const definition::Report* report, report_of(context, order));
    std::vector<Error> wrong = against_clearing(*report, context, clearing);
    for (Error& each : against_signing(*report, context, signing)) wrong.push_back(std::move(each));
    if (clearing.person == signing.person) wrong.push_back(same_person(*report));
    if (!wrong.empty()) return refuse(join_errors(std::move(wrong)));
    context.actor = clearing;
    TRY_OK(clear(transaction, context, order));
    context.actor = signing;
    return sign(transaction, context, order);
}

Result<void> Reports::complete(storage::Connection& connection, const ledger::Context& context,
                               const std::string& log, BuiltReport& report) const {
    if (!log.empty()) add_annex_note(report.document, log);
    TRY(report.figures_json, figures_json(connection, context, journal_, report));
    return {};
}

std::vector<journal::ProjectedTable> Reports::tables() const {
    return {
        {"figure",
         "jurisdiction_id",
         {"report_id", "figure_key"},
         {"report_id", "figure_key", "measure", "definitions", "period_from", "period_to", "filter",
          "shown", "value", "unit", "numerator", "denominator", "entries", "journal_size"}}};
}

bool Reports::knows(std::string_view action) const {
    return action == kFreeze;
}

Result<void> Reports::apply(storage::Transaction& transaction, JurisdictionId jurisdiction,
                            const journal::Record& record) {
    const Value& figures = record.body.at("figures");
    if (!figures.is_list()) {
        return refuse(ErrorKind::InvalidInput, errors::kImpossibleRecord,
                      fmt::format("第{}条流水没有数据清单。", record.seq),
                      std::to_string(record.seq));
    }
    for (const Value& figure : figures.as_list()) {
        insert_figure(transaction.connection(), jurisdiction,
                      EntryId{record.body.integer_at("entry")}, figure);
    }
    return {};
}

}  // namespace fazhi::report
