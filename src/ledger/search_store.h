// The SQL of search: the rows of grams, how far they are, and what has them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ids.h"
#include "ledger/search.h"
#include "text/ngram.h"

namespace fazhi::storage {
class Connection;
class Transaction;
}  // namespace fazhi::storage

namespace fazhi::ledger {

storage::Connection& connection_of(storage::Transaction&);

std::int64_t search_position(storage::Connection&, JurisdictionId);  // 0: nothing taken in
void set_search_position(storage::Connection&, JurisdictionId, std::int64_t seq);

// Each entry once.
void store_grams(storage::Connection&, JurisdictionId, const std::vector<GramRow>&);
// No trace of the entry's grams stays in the index.
void erase_grams(storage::Connection&, JurisdictionId, const std::string& ledger, EntryId);

struct Candidate {
    std::string ledger;
    EntryId entry;
};
struct CandidateRange {
    std::string ledger;      // "": all
    std::string dated_from;  // "": open
    std::string dated_to;
    std::size_t from = 0;
    std::size_t most = 0;
};
// What has all grams, newest first.
std::vector<Candidate> candidates(storage::Connection&, JurisdictionId, const text::QueryGrams&,
                                  const CandidateRange&);

}  // namespace fazhi::ledger
