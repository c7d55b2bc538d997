#include <fmt/format.h>

#include "cli/errors.h"
#include "cli/session.h"
#include "journal/note.h"
#include "journal/projection.h"
#include "journal/proofs.h"
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

Value head_value(const journal::TreeHead& head) {
    return Value::Map{{"root", head.root.hex()}, {"size", head.size}};
}

Value path_value(const std::vector<Digest>& path) {
    Value::List out;
    for (const Digest& each : path) out.emplace_back(each.hex());
    return out;
}

// What the journal must be a continuation of: --since.
Result<void> check_since(Session& session, action::Workplace& workplace,
                         JurisdictionId jurisdiction) {
    const std::string& file = session.options.since;
    if (file.empty()) return {};
    TRY(const std::string text, bytes_of_file(file, "--since"));
    TRY(const journal::Note note, journal::parse_note(text));
    return journal::check_continues(workplace.journal, workplace.vault,
                                    *workplace.database.reading(), jurisdiction, note);
}

Result<access::Jurisdiction> jurisdiction_of(Session& session, action::Workplace& workplace) {
    return access::Organisation::jurisdiction(*workplace.database.reading(),
                                              session.options.jurisdiction);
}

}  // namespace

Result<int> journal_proof_command(Session& session) {
    const Options& options = session.options;
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction, jurisdiction_of(session, *workplace));
    const auto connection = workplace->database.reading();
    Value out = Value::Map{};
    out.set("hash", to_text(workplace->journal.algorithm()));
    if (options.from != 0) {
        TRY(const journal::GrowthProof proof,
            journal::prove_growth(workplace->journal, *connection, jurisdiction.id, options.from,
                                  options.size));
        out.set("from", head_value(proof.before));
        out.set("to", head_value(proof.after));
        out.set("path", path_value(proof.path));
    } else {
        TRY(const journal::RecordProof proof,
            journal::prove_record(workplace->journal, *connection, jurisdiction.id, options.seq,
                                  options.size));
        out.set("seq", options.seq);
        out.set("leaf_hash", proof.leaf.hex());
        out.set("in", head_value(proof.in));
        out.set("path", path_value(proof.path));
    }
    print_json(out);
    return 0;
}

Result<int> journal_verify_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    TRY(const access::Jurisdiction jurisdiction, jurisdiction_of(session, *workplace));
    const auto connection = workplace->database.reading();
    const journal::Progress progress = [&](std::int64_t done, std::int64_t of) {
        print_progress(session.options, "核对", static_cast<std::size_t>(done),
                       static_cast<std::size_t>(of));
    };
    const bool hashes_only = session.options.hashes_only;
    const journal::VerifyOutcome outcome =
        hashes_only ? journal::verify_hashes(workplace->journal, workplace->vault, *connection,
                                             jurisdiction.id, progress)
                    : journal::verify(workplace->journal, workplace->vault, *connection,
                                      jurisdiction.id, workplace->projections(), progress);
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
        if (!outcome.findings.empty()) {
            print_line(fmt::format("不一致：发现{}处，见上。", outcome.findings.size()));
        } else if (hashes_only) {
            print_line(fmt::format("摘要一致：流水{}条，签名{}份；各表没有核对。", outcome.records,
                                   outcome.checkpoints));
        } else {
            print_line(fmt::format("一致：流水{}条，各表{}行，签名{}份。", outcome.records,
                                   outcome.rows, outcome.checkpoints));
        }
    }
    TRY_OK(check_since(session, *workplace, jurisdiction.id));
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

// What an outsider checks this database's signatures with.
Result<int> journal_key_command(Session& session) {
    TRY(action::Workplace * workplace, session.workplace());
    const std::string key = workplace->journal.verifier_key();
    const auto algorithm = workplace->vault.public_key().algorithm;
    if (session.options.json) {
        print_json(
            Value::Map{{"algorithm", std::string(journal::to_text(algorithm))}, {"key", key}});
        return 0;
    }
    const bool sm2 = algorithm == journal::SignatureAlgorithm::Sm2;
    print_note(fmt::format("签名算法：{}", sm2 ? "SM2 配 SM3（GB/T 32918）" : "Ed25519"));
    print_line(key);
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
                                workplace->projections(), [&](std::int64_t done, std::int64_t of) {
                                    print_progress(session.options, "重建",
                                                   static_cast<std::size_t>(done),
                                                   static_cast<std::size_t>(of));
                                }));
            return {};
        }));
    print_line(fmt::format("已由{}条流水重建各表。", records));
    return 0;
}

}  // namespace fazhi::cli
