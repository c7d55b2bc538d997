// Deleting personal information (删除个人信息, 个人信息保护法): what an entry says in words is gone
// for good; what is counted, and every hash, stays.
//
// What was destroyed is also listed beside the database (DATA/destroyed.jsonl, one line each, by
// the leaf hash of the record that made the entry): after an older backup is restored, the list
// says what to destroy again. One call a thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "action/workplace.h"

namespace fazhi::action {

// Its name in the data folder.
inline constexpr std::string_view kDestroyedList = "destroyed.jsonl";

struct DestroyOrder {
    JurisdictionId office;
    std::string as;
    std::string ledger;  // id or title
    EntryId entry;
    std::string ground;  // an option of the ledger `destruction`
};

struct Destroyed {
    std::size_t files = 0;    // of evidence that nobody uses any more, taken away
    bool log_emptied = true;  // false: storage::Database::empty_log()
};

// Refuses kNotDestructionPost, and what Ledgers::create and Ledgers::destroy refuse. Of an entry
// that is destroyed already: takes away what an interruption left.
Result<Destroyed> destroy_entry(Workplace&, const DestroyOrder&);

// The same as the system, where the time for which an entry is kept is over (period_over).
Result<Destroyed> destroy_expired(Workplace&, JurisdictionId, const std::string& ledger, EntryId);

struct DestroyPersonOrder {
    JurisdictionId office;
    std::string as;
    std::string person;  // code or name
    std::string ground;
};

// The same of somebody who left: code, name and address, which are sealed under a key of their own;
// the posts end. What the person handled stays and shows a number in the name's place. Units have
// nothing sealed. Refuses kNotDestructionPost, kNoSuchPerson, kStillInOffice (entries that have not
// ended; oneself), and what Ledgers::create refuses. Cost: one pass over every ledger with states.
Result<Destroyed> destroy_person(Workplace&, const DestroyPersonOrder&);

// Destroys what the list names and stands in the clear: after an older backup was restored. As the
// system. Answers how many entries and persons. Refuses kBadDestroyedList.
Result<std::size_t> destroy_again(Workplace&);

}  // namespace fazhi::action
