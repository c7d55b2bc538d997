// Search (检索): entries found by words in the fields that are marked `search`, however the words
// stand in them. Private fields are never indexed.
//
// The index is written by a follower of the journal, apart from recording: it may be a little
// behind, and says how far it is. It is outside replay: what is missing is caught up from the
// journal. A match by grams (text/ngram.h) is a candidate, read and checked before it is a hit.
// What the next records say is read apart from writing, so that whoever records waits only while
// it is written down.
// Cost: next() and take_in() are linear in the records, about one read and one write each; find()
// in the candidates.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "definition/definition_set.h"
#include "ledger/entry.h"
#include "text/ngram.h"

namespace fazhi::journal {
class Journal;
}
namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::ledger {

inline constexpr std::size_t kHitsMax = 100;             // of one answer
inline constexpr std::int64_t kFollowedMax = 100;        // records of one transaction
inline constexpr std::size_t kSearchCharactersMax = 60;  // of what is asked

struct SearchQuestion {
    std::string words;       // runs apart from each other all count
    std::string ledger;      // "": all of the office's
    std::string dated_from;  // YYYY-MM-DD inclusive; "": open
    std::string dated_to;
    std::size_t limit = kHitsMax;
    std::size_t skip = 0;  // hits of the pages before
};

// A field in which something was found, and where.
struct FoundField {
    std::string title;
    std::string text;
    std::vector<text::Span> spans;
};

struct Hit {
    EntryHead head;
    std::vector<FoundField> found;
};

// What an entry may be found by, as its revision says it.
struct GramRow {
    std::string ledger;
    EntryId entry;
    std::string dated_on;
    std::vector<std::string> grams;  // empty: the row goes
    int revision = 0;
};

// Records that the index lacks: those behind `after`, up to `upto`.
struct FollowedRecords {
    std::int64_t after = 0;
    std::int64_t upto = 0;
    std::vector<GramRow> rows;
    bool more = false;  // there may be
};

class Search {
public:
    // `tables`: the union of all installed definitions.
    Search(const journal::Journal& journal, const definition::DefinitionSet& tables)
        : journal_(journal), tables_(tables) {}

    // The next records, at most kFollowedMax; nothing where the index has all.
    std::optional<FollowedRecords> next(storage::Connection&, JurisdictionId) const;
    // Takes them in, but for entries that changed since they were read: those come again. Nothing
    // where somebody else has taken them in meanwhile.
    void take_in(storage::Transaction&, JurisdictionId, const FollowedRecords&) const;
    // How many records are not taken in yet.
    std::int64_t behind(storage::Connection&, JurisdictionId) const;

    // Newest first. `may_see` is asked of each before it is a hit. Refuses kBadText: nothing to
    // search for, or too much.
    Result<std::vector<Hit>> find(storage::Connection&, JurisdictionId,
                                  const definition::DefinitionSet&, const SearchQuestion&,
                                  const std::function<bool(const EntryHead&)>& may_see) const;

private:
    const journal::Journal& journal_;
    const definition::DefinitionSet& tables_;
};

}  // namespace fazhi::ledger
