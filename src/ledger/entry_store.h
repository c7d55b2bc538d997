// The SQL of entries: one row in the ledger's table, rows of its lists, passages, evidence, links,
// numbers.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "definition/model.h"
#include "ledger/entry.h"
#include "ledger/ledger_table.h"
#include "storage/connection.h"

namespace fazhi::ledger {

// Which entry of which jurisdiction.
struct EntryPlace {
    JurisdictionId jurisdiction;
    const definition::Ledger& ledger;
    EntryId entry;
};

// Seals a column of an entry: `context` names the column, so that a ciphertext cannot be moved to
// another.
using ColumnSealer = std::function<std::string(const std::string& context, std::string_view text)>;
using ColumnOpener =
    std::function<std::optional<std::string>(const std::string& context, std::string_view bytes)>;

void make_ledger_tables(storage::Connection&, const definition::Ledger&);

// How the rows of a list are inserted, and the entries of a ledger: worked out once.
struct ListInsertion {
    ListInsertion(const definition::Ledger&, const definition::Field& with_rows);

    const definition::Field* field;
    std::string table;
    std::vector<std::string> names;
    std::vector<FieldColumn> columns;
};
struct EntryInsertion {
    explicit EntryInsertion(const definition::Ledger&);

    std::string sql;
    std::vector<FieldColumn> columns;
    std::vector<ListInsertion> lists;
};
// Of every ledger in a set, which must outlive it.
class EntryInsertions {
public:
    explicit EntryInsertions(const definition::DefinitionSet&);
    // INVARIANT: the set has the ledger.
    [[nodiscard]] const EntryInsertion& of(const std::string& ledger) const;

private:
    std::map<std::string, EntryInsertion> by_ledger_;
};
void insert_entry(storage::Connection&, JurisdictionId, const EntryInsertion&, const Entry&,
                  const ColumnSealer&);
// An entry's head and absences before a change and after it; fields are not looked at.
struct HeadChange {
    const Entry& before;
    const Entry& after;
};
// Writes what has become different of the head, and the fields in `changed` (null value: emptied).
// What stays is not written: nor are the indexes over it.
void update_entry(storage::Connection&, JurisdictionId, const definition::Ledger&,
                  const HeadChange&, const Value& changed, const ColumnSealer&);
// The entry's reference, and what its evidence is called, are "".
void blank_names(storage::Connection&, const EntryPlace&);
// Nobody attaches evidence until the transaction ends.
void lock_evidence(storage::Connection&);
// Evidence of the entry that no entry with a key uses, of whatever office: its files are of use to
// nobody.
std::vector<Digest> unused_evidence(storage::Connection&, JurisdictionId, const std::string& ledger,
                                    EntryId);
// One more revision, nothing else.
void raise_revision(storage::Connection&, const EntryPlace&);
std::optional<Entry> read_entry(storage::Connection&, const EntryPlace&, bool private_too,
                                const ColumnOpener&);
// The same without any field: one row of one table.
std::optional<Entry> read_head(storage::Connection&, const EntryPlace&);

void insert_passage(storage::Connection&, JurisdictionId, const std::string& ledger, EntryId,
                    const Passage&, const std::string& second_person,
                    const std::string& definitions);
std::vector<Passage> read_passages(storage::Connection&, JurisdictionId, const std::string& ledger,
                                   EntryId);

void insert_evidence(storage::Connection&, JurisdictionId, const std::string& ledger, EntryId,
                     std::int64_t seq, const EvidenceUse&);
std::vector<EvidenceUse> read_evidence(storage::Connection&, JurisdictionId,
                                       const std::string& ledger, EntryId);

void insert_link(storage::Connection&, JurisdictionId, const Link&);
std::vector<Link> read_links(storage::Connection&, JurisdictionId, const std::string& ledger,
                             EntryId);

// The entries of `holder`, void ones too, that name the entry in a field or in a row of a list;
// some perhaps twice. Fields that are sealed are not looked into.
std::vector<EntryId> entries_naming(storage::Connection&, const EntryPlace& named,
                                    const definition::Ledger& holder);

struct NumberSeries {
    std::string ledger;
    int year = 0;
    UnitId unit;  // none: one series for the whole office
};
std::int64_t last_number(storage::Connection&, JurisdictionId, const NumberSeries&);
void store_number(storage::Connection&, JurisdictionId, const NumberSeries&, std::int64_t serial);

// How many entries, void ones too, have this reference.
std::int64_t references(storage::Connection&, JurisdictionId, const definition::Ledger&,
                        const std::string& reference);
// The entries, not void, whose columns hold these values of the ledger's key fields, none of them
// null; at most two are looked for.
std::vector<EntryId> entries_keyed(storage::Connection&, JurisdictionId, const definition::Ledger&,
                                   const Value& fields);
// The entries whose reference, number or single-column key is `name`; at most two are looked for.
std::vector<EntryId> entries_named(storage::Connection&, JurisdictionId, const definition::Ledger&,
                                   const std::string& name);

}  // namespace fazhi::ledger
