#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "journal/chain.h"
#include "journal/errors.h"
#include "journal/findings.h"
#include "journal/journal.h"
#include "journal/journal_store.h"
#include "journal/projection.h"
#include "journal/row_store.h"
#include "journal/scratch_store.h"
#include "journal/stored_record.h"
#include "journal/subtree_store.h"

namespace fazhi::journal {
namespace {

// A projection asks for the key of what is sealed, and there is none to give it.
bool has_foreign_key(const Reading& reading) {
    return std::any_of(reading.faults.begin(), reading.faults.end(),
                       [](const Fault& fault) { return fault.kind == Fault::Kind::Key; });
}

void replay_into(Scratch& scratch, const Reading& reading, Findings& findings) {
    const Record& record = *reading.record;
    const Result<void> applied =
        has_foreign_key(reading)
            ? Result<void>(refuse(ErrorKind::RefusedByRule, errors::kBrokenRecord, "密钥打不开。"))
            : scratch.apply(record);
    if (applied) return;
    findings.add({"record_refused", record.seq, "journal", fmt::format("seq={}", record.seq), "",
                  fmt::format("第{}条流水不能重放：{}", record.seq, applied.error().message)});
}

}  // namespace

VerifyOutcome verify(const Journal& journal, const Vault& vault, storage::Connection& live,
                     JurisdictionId jurisdiction, const std::vector<Projection*>& projections,
                     const Progress& progress) {
    VerifyOutcome outcome;
    Findings findings;
    const auto head = find_head(live, jurisdiction);
    const auto of = head ? head->size : 0;
    auto checkpoints = checkpoints_of(live, jurisdiction);
    outcome.checkpoints = static_cast<std::int64_t>(checkpoints.size());
    Chain chain(journal.algorithm(), vault,
                {std::move(checkpoints), stored_subtrees(live, jurisdiction)}, findings);
    Scratch scratch(live, jurisdiction, projections);

    auto page = records_from(live, jurisdiction, std::numeric_limits<std::int64_t>::min());
    while (!page.empty()) {
        for (const auto& stored : page) {
            const auto reading = reading_of(journal.algorithm(), vault, jurisdiction, stored);
            chain.take(stored, reading);
            if (reading.record) replay_into(scratch, reading, findings);
            ++outcome.records;
        }
        if (progress) progress(outcome.records, of);
        page = records_from(live, jurisdiction, page.back().seq + 1);
    }
    chain.finish(head);

    auto& replayed = scratch.finished();
    for (const auto* projection : projections) {
        for (const auto& table : projection->tables()) {
            outcome.rows += compare_rows(live, replayed, jurisdiction, table, findings);
        }
    }
    outcome.findings = findings.listed();
    return outcome;
}

}  // namespace fazhi::journal
