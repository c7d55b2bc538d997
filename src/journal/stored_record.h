// A record as it stands in the table `journal`, and what is read out of it.
//
// Pure functions and values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "base/result.h"
#include "journal/record.h"
#include "journal/vault.h"

namespace fazhi::journal {

struct StoredRecord {
    std::int64_t seq = 0;
    std::int64_t subject = 0;
    std::string at;
    std::string body;
    std::string leaf_hash;  // bytes
    std::optional<std::string>
        wrapped;  // the subject's key; nothing: destroyed. Not written with the record.
};

// What does not agree within one stored record.
struct Fault {
    enum class Kind {
        Body,    // Not canonical, or not the body of a record.
        Column,  // A column that says something else than the body: jurisdiction_id, seq,
                 // subject_id, at.
        Key,     // The wrapped key does not open.
        Sealed,  // The key is there and what is sealed does not open.
    };
    Kind kind = Kind::Body;
    std::string column;
    std::string message;  // Chinese
};

struct Reading {
    std::optional<Record> record;  // nothing where the body is broken
    std::vector<Fault> faults;     // empty: everything agrees
};

// Where a record's sealed member is sealed: "jurisdiction/seq".
std::string sealing_context(JurisdictionId, std::int64_t seq);

// The leaf hash is not asked.
Reading reading_of(const Vault&, JurisdictionId, const StoredRecord&);
// The same, and the leaf hash, as a record or nothing. Refuses kBrokenRecord, naming the record and
// the first fault.
Result<Record> record_of(HashAlgorithm, const Vault&, JurisdictionId, const StoredRecord&);
// The record without what is sealed in it: its leaf is compared, not its canonical form. Refuses
// kBrokenRecord.
Result<Record> clear_record_of(HashAlgorithm, const StoredRecord&);

}  // namespace fazhi::journal
