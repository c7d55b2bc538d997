// The ledgers (台账): every entry of every kind. Commands validate, journal and store; questions
// read.
//
// Commands run in a transaction of the Writer. A refusal names everything that is wrong, field by
// field (`where`), and leaves nothing behind. Whether somebody may is asked before (action/);
// whether a step may happen is procedure/'s.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "journal/projection.h"
#include "ledger/context.h"
#include "ledger/entry.h"
#include "ledger/field_input.h"
#include "ledger/ledger_table.h"

namespace fazhi::journal {
class Journal;
class Vault;
}  // namespace fazhi::journal

namespace fazhi::ledger {

class EntryInsertions;
struct RunRow;

inline constexpr std::size_t kListRowsMax = 500;
inline constexpr std::size_t kTextCharactersMax = 500;
inline constexpr std::size_t kNoteCharactersMax = 20'000;
inline constexpr std::string_view kEarliestDate = "1949-10-01";  // Earlier dates are typing errors.
inline constexpr std::size_t kEvidenceBytesMax = 20'000'000;

struct NewEntry {
    std::string ledger;
    Value fields;                      // as typed (field_input.h); a map
    std::string unit;                  // unit code or name; "": the actor's
    std::string handler;               // person code or name; "": the actor
    std::string reference;             // 原编号; unique in the ledger
    std::optional<EntryId> opened_by;  // set by procedure/ for `opens`, by action/ for imports
    std::string opened_by_ledger;
    int opened_by_row = 0;  // of an imported file; 0: none
};

// Where a new entry stands: for its number.
struct NewPlace {
    UnitId unit;
    std::string dated_on;
};

// A change of fields; also the fields a step brings along.
struct FieldChange {
    Value fields;      // as typed; null value: emptied (amend only)
    std::string note;  // the reason; required for amend and void
};

// What procedure/ decided: everything is known, nothing is asked again.
struct Move {
    std::string transition;
    std::string to;
    std::string happened_on;
    FieldChange change;
    std::optional<ParsedFields> parsed =
        std::nullopt;            // change.fields, where they have been parsed already
    std::optional<UnitId> unit;  // handed over to
    std::optional<PersonId> handler;
    std::string second_person;  // "leader" | "superior_unit" where somebody stood in
};

// Another person has the entry in hand from now on, without a step (交接).
struct Assignment {
    PersonId handler;  // of the entry's jurisdiction
    std::string note;  // why; may be empty
};

struct NewEvidence {
    std::string kind;
    std::string name;
    std::string bytes;
    std::string happened_on;  // "" : unknown
};

// An entry as a transaction found it, and what it has passed through.
struct Standing {
    Entry entry;
    std::vector<Passage> passages;
};

class Ledgers final : public journal::Projection {
public:
    // `evidence_folder`: files by digest. `tables`: the union of all installed definitions, for
    // replay.
    Ledgers(const journal::Journal& journal, const journal::Vault& vault,
            std::string evidence_folder, const definition::DefinitionSet& tables);
    ~Ledgers() override;

    // Makes the tables of every ledger of the set, adds columns that are new. Identifiers come from
    // the checked set only.
    static void make_tables(storage::Connection&, const definition::DefinitionSet&);

    // ---- commands
    Result<Entry> create(storage::Transaction&, Context&, const NewEntry&);
    Result<Entry> set(storage::Transaction&, Context&, const std::string& ledger, EntryId,
                      const FieldChange&);  // fills empty fields
    Result<Entry> amend(storage::Transaction&, Context&, const std::string& ledger, EntryId,
                        const FieldChange&);  // 更正, with reason
    Result<Entry> void_entry(storage::Transaction&, Context&, const std::string& ledger, EntryId,
                             const std::string& note);  // 作废
    // Refuses kNoSuchReference, and what set() refuses of the entry. Nothing is written where the
    // person has it in hand already.
    Result<Entry> assign(storage::Transaction&, Context&, const std::string& ledger, EntryId,
                         const Assignment&);
    Result<Entry> move(storage::Transaction&, Context&, const std::string& ledger, EntryId,
                       const Move&);
    // The same of an entry that was found in this transaction, private fields revealed: it is not
    // read again. Answers how it stands now, private fields masked.
    Result<Standing> move(storage::Transaction&, Context&, const Standing&, const Move&);
    // 删除个人信息: what is sealed of the entry, here and in the journal, cannot be read
    // afterwards, nor is anything recorded on it. Its hashes, numbers, dates, choices and states
    // stay. `by`: the entry of the ledger `destruction` that says why. Refuses kStillOpen: a case
    // that has not ended and is not void. An entry that is destroyed already stays so.
    Result<void> destroy(storage::Transaction&, Context&, const std::string& ledger, EntryId,
                         EntryId by);
    // Takes away the files of evidence that only destroyed entries use; answers how many. In a
    // transaction of its own, after the one that destroyed.
    std::size_t remove_unused_files(storage::Transaction&, const Context&,
                                    const std::string& ledger, EntryId);
    Result<EvidenceUse> attach(storage::Transaction&, Context&, const std::string& ledger, EntryId,
                               const NewEvidence&);
    Result<void> link(storage::Transaction&, Context&, const Link&);
    // The runs of the entry's clocks, as procedure/ worked them out: all of them. `earlier`: what
    // runs() answered. The record says what has become different.
    Result<void> set_runs(storage::Transaction&, Context&, const std::string& ledger, EntryId,
                          const std::vector<ClockRun>& earlier, const std::vector<RunRow>&);

    // ---- questions
    // Refuses kNoSuchEntry. Private fields are unsealed only where `reveal`; else they are missing
    // from `fields`.
    enum class Private { Masked, Revealed };
    Result<Entry> find(storage::Connection&, const Context&, const std::string& ledger, EntryId,
                       Private) const;
    // The same within a transaction that may have made the entry.
    Result<Entry> find(storage::Transaction&, const Context&, const std::string& ledger, EntryId,
                       Private) const;
    std::vector<Passage> passages(storage::Connection&, JurisdictionId, const std::string& ledger,
                                  EntryId) const;
    std::vector<EvidenceUse> evidence(storage::Connection&, JurisdictionId,
                                      const std::string& ledger, EntryId) const;
    // What the file of evidence holds; nothing where it was destroyed.
    [[nodiscard]] std::optional<std::string> evidence_bytes(const Digest&) const;
    std::vector<Link> links(storage::Connection&, JurisdictionId, const std::string& ledger,
                            EntryId) const;
    // By clock, then run.
    std::vector<ClockRun> runs(storage::Connection&, JurisdictionId, const std::string& ledger,
                               EntryId) const;
    // The entry with this reference, number or key value; nothing where none or several fit.
    std::optional<EntryId> entry_named(storage::Connection&, const Context&,
                                       const std::string& ledger, const std::string& name) const;
    // What people call it: entry_title filled in, or its first public text field, or its number.
    std::string title_of(storage::Connection&, const Context&, const Entry&) const;
    // Whether what was sealed of the entry is gone for good.
    bool is_destroyed(storage::Connection&, const Context&, EntryId) const;

    // journal::Projection
    [[nodiscard]] std::vector<journal::ProjectedTable> tables() const override;
    [[nodiscard]] bool knows(std::string_view action) const override;
    Result<void> apply(storage::Transaction&, JurisdictionId, const journal::Record&) override;
    void prepare(storage::Connection&) override;

private:
    // A change of one entry's fields, whichever command it is: what every one of them checks and
    // journals alike.
    struct ChangeOrder {
        std::string action;
        FieldChange change;
        const ParsedFields* parsed = nullptr;  // change.fields, where they have been parsed already
        bool fills_only = false;               // only empty fields may be given
        Value extra;                           // further members of the record
    };
    using KeyFinder = std::function<std::optional<std::string>(const std::string& column,
                                                               std::string_view bytes)>;

    Result<journal::Record> write(storage::Transaction&, Context&, Value body, Value sealed,
                                  EntryId subject);
    Result<Entry> change(storage::Transaction&, Context&, const Standing&, const ChangeOrder&);
    Result<void> number_entry(storage::Transaction&, const Context&, const definition::Ledger&,
                              const NewPlace&, Value& body);
    // The entry, where something may still be recorded on it.
    Result<Entry> open_entry(storage::Transaction&, const Context&, const definition::Ledger&,
                             EntryId) const;
    Result<Standing> standing(storage::Transaction&, const Context&, const std::string& ledger,
                              EntryId) const;
    // Refuses where nothing may be recorded on it any more.
    Result<void> require_open(storage::Transaction&, const Context&, const definition::Ledger&,
                              const Entry&) const;
    Result<Entry> find_with(storage::Connection&, const Context&, const std::string& ledger,
                            EntryId, const KeyFinder* reveal) const;

    static EntryHead head_of(const definition::Ledger&, const journal::Record&);
    static Entry entry_of(const definition::Ledger&, const journal::Record&);
    // The entry after the change that a record of set, amend, void, move or assign is of.
    static Entry changed_entry(Entry before, const journal::Record&);
    Result<void> apply_create(storage::Transaction&, JurisdictionId, const definition::Ledger&,
                              const journal::Record&);
    Result<void> apply_change(storage::Transaction&, JurisdictionId, const definition::Ledger&,
                              const journal::Record&);
    Result<void> apply_destroy(storage::Transaction&, JurisdictionId, const definition::Ledger&,
                               const journal::Record&);
    Result<void> apply_attach(storage::Transaction&, JurisdictionId, const definition::Ledger&,
                              const journal::Record&);
    Result<void> apply_runs(storage::Transaction&, JurisdictionId, const definition::Ledger&,
                            const journal::Record&);
    Result<void> bump(storage::Transaction&, JurisdictionId, const definition::Ledger&,
                      const journal::Record&);
    std::function<std::string(const std::string&, std::string_view)> sealer(storage::Transaction&,
                                                                            JurisdictionId,
                                                                            EntryId) const;

    const journal::Journal& journal_;
    const journal::Vault& vault_;
    std::string evidence_folder_;
    const definition::DefinitionSet& tables_;
    std::unique_ptr<const EntryInsertions> insertions_;  // of every ledger in tables_
};

}  // namespace fazhi::ledger
