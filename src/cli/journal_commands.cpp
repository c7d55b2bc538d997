#include <fmt/format.h>

#include "cli/session.h"
#include "journal/projection.h"
#include "storage/transaction.h"

namespace fazhi::cli {
namespace {

// A record's findings as JSON, for --json.
Value finding_value(const journal::Finding& finding) {
    Value out = Value::Map{};
    out.set("kind", finding.kind);
    out.set("seq", finding.seq);
    out.set("table", finding.table);
    out.set("row", finding.row);
    out.set("column", finding.column);
    out.set("message", finding.message);
    return out;
}

Result<access::Jurisdiction> jurisdiction_of(Session& session, action::Workplace& workplace) {
    return access::Organisation::jurisdiction(*workplace.database.reading(),
                                              session.options.jurisdiction);
}

}  // namespace

Result<int> journal_verify_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction, jurisdiction_of(session, *workplace));
    const auto connection = workplace->database.reading();
    const journal::VerifyOutcome outcome = journal::verify(
        workplace->journal, workplace->vault, *connection, jurisdiction.id,
        workplace->projections(), [](std::int64_t done, std::int64_t of) {
            print_progress("核对", static_cast<std::size_t>(done), static_cast<std::size_t>(of));
        });
    if (session.options.json) {
        Value out = Value::Map{};
        out.set("records", outcome.records);
        out.set("rows", outcome.rows);
        out.set("checkpoints", outcome.checkpoints);
        Value::List findings;
        for (const journal::Finding& finding : outcome.findings)
            findings.push_back(finding_value(finding));
        out.set("findings", std::move(findings));
        print_json(out);
    } else {
        for (const journal::Finding& finding : outcome.findings) print_note(finding.message);
        print_line(outcome.findings.empty()
                       ? fmt::format("一致：流水{}条，各表{}行，签名{}份。", outcome.records,
                                     outcome.rows, outcome.checkpoints)
                       : fmt::format("不一致：发现{}处，见上。", outcome.findings.size()));
    }
    return outcome.findings.empty() ? 0 : 1;
}

Result<int> journal_checkpoint_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction, jurisdiction_of(session, *workplace));
    std::string note;
    const calendar::Instant at = workplace->clock.now();
    TRY_OK(workplace->writer.run(
        jurisdiction.id, [&](storage::Transaction& transaction) -> Result<void> {
            note =
                workplace->journal.checkpoint(transaction, jurisdiction.id, jurisdiction.code, at);
            return {};
        }));
    fmt::print("{}", note);
    return 0;
}

Result<int> journal_export_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction, jurisdiction_of(session, *workplace));
    const auto connection = workplace->database.reading();
    workplace->journal.export_lines(*connection, jurisdiction.id,
                                    [](const std::string& line) { print_line(line); });
    return 0;
}

Result<int> journal_replay_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction, jurisdiction_of(session, *workplace));
    std::int64_t records = 0;
    TRY_OK(workplace->writer.run(
        jurisdiction.id, [&](storage::Transaction& transaction) -> Result<void> {
            TRY(records,
                journal::replay(workplace->journal, transaction, jurisdiction.id,
                                workplace->projections(), [](std::int64_t done, std::int64_t of) {
                                    print_progress("重建", static_cast<std::size_t>(done),
                                                   static_cast<std::size_t>(of));
                                }));
            return {};
        }));
    print_line(fmt::format("已由{}条流水重建各表。", records));
    return 0;
}

}  // namespace fazhi::cli
