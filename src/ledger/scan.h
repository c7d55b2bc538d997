// Reading many entries of one ledger in one pass: what measures, lists and exports stand on.
//
// One SQL statement for the ledger's table and one per list the caller names; rows stream, lists
// are joined by entry. Cost: linear in the rows of the range, one index range on (jurisdiction_id,
// month).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/value.h"
#include "definition/model.h"
#include "ledger/entry.h"

namespace fazhi::storage {
class Connection;
}

namespace fazhi::ledger {

// The entries that some days concern: dated in a span, passed from a day on, standing in one of
// these states now, or named. Of none that is asked: no entry.
struct Concerned {
    std::string dated_from;   // YYYY-MM-DD inclusive; "" : open
    std::string dated_to;     // inclusive; "" : not asked by date
    std::string passed_from;  // a passage happened on this day or later; "" : not asked
    std::vector<std::string> states;
    std::vector<EntryId> named;
};

struct ScanRange {
    std::string dated_from;  // YYYY-MM-DD inclusive; "" : open
    std::string dated_to;    // inclusive
    bool voided_too = false;
    // For lists of entries: newest first, and at most `limit` from `offset` (0: all).
    bool newest_first = false;
    std::int64_t limit = 0;
    std::int64_t offset = 0;
    // What statistics need of the head: id, unit, handler, state, dated_on. The rest is not read.
    bool counting = false;
    // These entries alone, found by number; null: all in the range.
    const std::vector<EntryId>* only = nullptr;
    std::optional<Concerned> concerned;  // these of the range; none: all of it
};

// By what entries are counted.
enum class CountedBy { Unit, Month };
// How many entries, not void, are dated in these months (yyyymm, inclusive), by unit or by month.
// Answered from one index, without reading the ledger.
std::map<std::int64_t, std::int64_t> count_by(storage::Connection&, JurisdictionId,
                                              const definition::Ledger&, CountedBy, int from_month,
                                              int to_month);

// `fields`: which to read (empty: all that are not private; private ones are never read here).
void scan(storage::Connection&, JurisdictionId, const definition::Ledger&,
          const std::vector<std::string>& fields, const ScanRange&,
          const std::function<void(const Entry&)>& each);
std::int64_t count_entries(storage::Connection&, JurisdictionId, const definition::Ledger&,
                           const ScanRange&);

// All passages of a ledger's entries, or of those concerned, by entry, then n.
void scan_passages(storage::Connection&, JurisdictionId, const definition::Ledger&,
                   const std::optional<Concerned>&,
                   const std::function<void(EntryId, const Passage&)>& each);
// Kinds of evidence each of these entries has: (entry, kind, digest) in order of entry.
void scan_evidence(storage::Connection&, JurisdictionId, const std::string& ledger,
                   const std::vector<EntryId>& entries,
                   const std::function<void(EntryId, const EvidenceUse&)>& each);
// Links of a ledger's entries in either direction: (this entry, other ledger, other entry).
void scan_links(
    storage::Connection&, JurisdictionId, const std::string& ledger,
    const std::function<void(EntryId, const std::string& other_ledger, EntryId other)>& each);

}  // namespace fazhi::ledger
