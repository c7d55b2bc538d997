#include "action/report_command.h"

#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "action/reviews.h"
#include "action/sign_log.h"
#include "storage/transaction.h"

namespace fazhi::action {
namespace {

Result<report::BuiltReport> signed_report(Workplace& workplace, const ReportOrder& order,
                                          JurisdictionId jurisdiction) {
    report::BuiltReport out;
    const calendar::Instant at = workplace.clock.now();
    TRY_OK(
        workplace.writer.run(jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const Office office, open_office(workplace, transaction, jurisdiction));
            TRY(const access::Actor clearing,
                actor_in(transaction.connection(), office, order.clearing));
            TRY(const access::Actor signing,
                actor_in(transaction.connection(), office, order.signing));
            ledger::Context context = context_of(office, signing, at);
            TRY(out, workplace.reports.clear_and_sign(transaction, context,
                                                      {.report = order.report, .year = order.year},
                                                      clearing, signing));
            return require_judged({workplace, transaction.connection(), office, context},
                                  {.report = order.report, .year = order.year}, out.document);
        }));
    return out;
}

Result<report::BuiltReport> draft_report(Workplace& workplace, const ReportOrder& order) {
    const auto connection = workplace.database.reading();
    TRY(const Office office, open_office(workplace, *connection, order.jurisdiction));
    const ledger::Context context = context_of(
        office, access::system_actor(office.directory.jurisdiction.id), workplace.clock.now());
    return workplace.reports.build(*connection, context,
                                   {.report = order.report, .year = order.year});
}

std::filesystem::path reports_folder(const Workplace& workplace) {
    return workplace.data / "reports";
}

std::string version_stem(const std::string& jurisdiction, const report::Order& order, int version) {
    return fmt::format("{}-{}-{}-v{}", jurisdiction, order.report, order.year, version);
}

// What a signed report's page and annex show of the server's log.
Result<journal::SignedLog> completed(Workplace& workplace, JurisdictionId jurisdiction,
                                     report::BuiltReport& report) {
    TRY(journal::SignedLog log, sign_server_log(workplace));
    const auto connection = workplace.database.reading();
    TRY(const Office office, open_office(workplace, *connection, jurisdiction));
    TRY_OK(workplace.reports.complete(
        *connection, context_of(office, access::system_actor(jurisdiction), workplace.clock.now()),
        log_line(log), report));
    return log;
}

}  // namespace

Result<EntryId> clear_report(const Task& task, const report::Order& order) {
    return task.workplace.reports.clear(task.transaction, task.context, order);
}

Result<ReportOutcome> sign_report(Workplace& workplace, JurisdictionId jurisdiction,
                                  const access::Actor& actor, const report::Order& order) {
    ReportOutcome out;
    std::string code;
    const calendar::Instant at = workplace.clock.now();
    TRY_OK(
        workplace.writer.run(jurisdiction, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(const Office office, open_office(workplace, transaction, jurisdiction));
            code = office.directory.jurisdiction.code;
            ledger::Context context = context_of(office, actor, at);
            TRY(out.report, workplace.reports.sign(transaction, context, order));
            return require_judged({workplace, transaction.connection(), office, context}, order,
                                  out.report.document);
        }));
    TRY_OK(completed(workplace, jurisdiction, out.report));
    std::filesystem::create_directories(reports_folder(workplace));
    out.files = report::write_files(out.report, reports_folder(workplace),
                                    version_stem(code, order, out.report.version));
    return out;
}

std::optional<std::string> signed_report_file(const Workplace& workplace,
                                              const std::string& jurisdiction,
                                              const report::Order& order, int version,
                                              const std::string& ending) {
    std::ifstream in(
        reports_folder(workplace) / (version_stem(jurisdiction, order, version) + ending),
        std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<ReportOutcome> make_report(Workplace& workplace, const ReportOrder& order) {
    ReportOutcome out;
    std::optional<journal::SignedLog> log;
    if (order.signing.empty()) {
        TRY(out.report, draft_report(workplace, order));
    } else {
        TRY(const access::Jurisdiction jurisdiction,
            access::Organisation::jurisdiction(*workplace.database.reading(), order.jurisdiction));
        TRY(out.report, signed_report(workplace, order, jurisdiction.id));
        TRY(log, completed(workplace, jurisdiction.id, out.report));
    }
    const std::string kind = order.report == ReportOrder().report ? "" : "-" + order.report;
    out.files = report::write_files(out.report, order.folder,
                                    fmt::format("{}-{}{}", order.jurisdiction, order.year, kind));
    if (log) {
        TRY_OK(deliver_log(workplace, *log, order.log));
    }
    return out;
}

}  // namespace fazhi::action
