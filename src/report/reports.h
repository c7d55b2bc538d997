// The annual report (法治政府建设年度报告): sentences that carry figures, texts people wrote, one
// document whose every figure opens (definitions.md §10); frozen at sign-off, with a checkpoint of
// the journal.
//
// Building reads one snapshot and writes nothing. Signing is one command of the Writer: the
// report's entry, its frozen figures, its text and the journal's size. Cost: one pass over each
// ledger that a measure reads, for the year and the year before.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "access/actor.h"
#include "base/result.h"
#include "document/block.h"
#include "journal/projection.h"
#include "ledger/context.h"
#include "measure/measures.h"

namespace fazhi::journal {
class Journal;
}
namespace fazhi::ledger {
class Ledgers;
}

namespace fazhi::report {

// A figure as the report shows it; the key is what a run of the document names.
struct ShownFigure {
    std::string key;    // "f12"
    std::string shown;  // "5.5万余份"
    measure::Figure figure;
    measure::Period period;
    std::string filter;  // in words; empty: none
};

// What a report is made of, ready for the writers of document/.
struct BuiltReport {
    document::Document document;
    std::vector<ShownFigure> figures;  // in order of appearance
    std::string rows_json;             // the entries behind them, as the page shows them
    std::string figures_json;          // for the HTML: document/html_writer.h says its shape
    std::vector<std::string>
        suggestions;  // for the drafter, not in the text: open entries and the like
    std::vector<std::string>
        changes;      // against the version signed before; empty: none, or no such version
    int version = 1;  // the one this is, or would be when signed
    bool is_signed = false;
    std::int64_t frozen = 0;  // seq of the record that froze the figures; 0: a draft
    std::string note;         // the checkpoint signed with it; empty: a draft
};

struct Order {
    std::string report = "annual";
    int year = 0;
};

class Reports final : public journal::Projection {
public:
    Reports(const journal::Journal& journal, ledger::Ledgers& ledgers)
        : journal_(journal), ledgers_(ledgers) {}

    // The draft as the ledgers stand. Refuses kNoSuchReport, kBadYear and what measures
    // refuse.
    Result<BuiltReport> build(storage::Connection&, const ledger::Context&, const Order&) const;

    // The report as it would be signed today, with number and date and without the signer's name;
    // of one that cannot be signed yet, the draft. Refuses as build() does.
    Result<BuiltReport> as_signed(storage::Connection&, const ledger::Context&, const Order&) const;

    // 保密审查: the actor has read the report as it would be signed today. Answers its entry, which
    // is begun where there is none; what was cleared before and has changed since is cleared anew.
    // Refuses kMayNotClear, kPartEmpty, kNothingChanged (since it was signed), kAlreadyCleared.
    Result<EntryId> clear(storage::Transaction&, ledger::Context&, const Order&);
    // 签发: the actor signs and freezes what somebody else has cleared, where not a word has
    // changed since. Answers the signed document with its number. A signed year gets a new version,
    // with the differences. Refuses kMayNotSign, kNotCleared, kSamePerson, kChangedSinceCleared,
    // kPartEmpty, kNothingChanged. What the page needs as proof is in the journal only when the
    // command stands: complete() adds it then.
    Result<BuiltReport> sign(storage::Transaction&, ledger::Context&, const Order&);
    // Both in one command, where who runs the program answers for who they are. Refuses what they
    // do, who may not clear and who may not sign at once.
    Result<BuiltReport> clear_and_sign(storage::Transaction&, ledger::Context&, const Order&,
                                       const access::Actor& clearing, const access::Actor& signing);

    // Adds the page's data (figures_json) to a signed report whose command has been committed, and
    // `log`, a line about the server's log that holds it, to the annex.
    Result<void> complete(storage::Connection&, const ledger::Context&, const std::string& log,
                          BuiltReport&) const;

    // journal::Projection: the table figure (frozen figures).
    [[nodiscard]] std::vector<journal::ProjectedTable> tables() const override;
    [[nodiscard]] bool knows(std::string_view action) const override;
    Result<void> apply(storage::Transaction&, JurisdictionId, const journal::Record&) override;
    void prepare(storage::Connection&) override {}

private:
    Result<void> supersede(storage::Transaction&, ledger::Context&, EntryId version,
                           const std::string& state);
    // The report as it would be signed now. Refuses kPartEmpty, kNothingChanged.
    struct Ready;
    Result<Ready> ready(storage::Connection&, const ledger::Context&, const Order&,
                        const std::string& signer) const;
    // Answers the seq of the record that freezes the figures.
    Result<std::int64_t> freeze(storage::Transaction&, ledger::Context&, EntryId, const Ready&);

    const journal::Journal& journal_;
    ledger::Ledgers& ledgers_;
};

// Writes <code>-<year>.docx, .pdf and .html into `folder`; answers their paths. Throws
// std::runtime_error where it cannot.
struct Written {
    std::filesystem::path docx, pdf, html;
};
Written write_files(const BuiltReport&, const std::filesystem::path& folder,
                    const std::string& stem);

}  // namespace fazhi::report
