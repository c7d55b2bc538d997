#include "action/report_command.h"

#include <fmt/format.h>

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
            TRY(out, workplace.reports.sign(transaction, context,
                                            {.report = order.report, .year = order.year}, clearing,
                                            signing));
            return {};
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

}  // namespace

Result<ReportOutcome> make_report(Workplace& workplace, const ReportOrder& order) {
    ReportOutcome out;
    std::optional<journal::SignedLog> log;
    if (order.signing.empty()) {
        TRY(out.report, draft_report(workplace, order));
    } else {
        TRY(const access::Jurisdiction jurisdiction,
            access::Organisation::jurisdiction(*workplace.database.reading(), order.jurisdiction));
        TRY(out.report, signed_report(workplace, order, jurisdiction.id));
        TRY(log, sign_server_log(workplace));
        const auto connection = workplace.database.reading();
        TRY(const Office office, open_office(workplace, *connection, order.jurisdiction));
        TRY_OK(workplace.reports.complete(
            *connection,
            context_of(office, access::system_actor(jurisdiction.id), workplace.clock.now()),
            log_line(*log), out.report));
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
