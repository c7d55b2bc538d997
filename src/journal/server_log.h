// The server's log (服务器日志): one Merkle tree over the roots of all journals of a database, so
// that one signed note, kept somewhere else, holds every office to its history.
//
// A leaf is canonical JSON: {"at":"…Z","jurisdiction":2,"root":"hex","seq":9,"size":4711}, seq its
// place from 1; leaves are only added. The tree and the note are those of a journal (merkle.h,
// note.h), with an origin of its own. Signing is one command; reading takes a connection. Cost:
// linear in the leaves, of which there is at most one a journal and signing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/ids.h"
#include "calendar/date.h"
#include "journal/projection.h"
#include "journal/vault.h"

namespace fazhi::journal {

class Journal;

inline constexpr std::string_view kServerLogOrigin = "fazhi/server";

// The log as it was signed.
struct SignedLog {
    std::int64_t size = 0;  // leaves
    Digest root;
    std::string note;
    std::vector<std::string> leaves;  // all of them, in order: what the note is about
};

// The leaves as a journal's export has its records, a line each: what checks an export with a note
// checks these.
std::string export_text(HashAlgorithm, const SignedLog&);

// "3F9AC-22C17": the first ten digits of a root, for people to compare.
std::string short_code(const Digest& root);

class ServerLog {
public:
    ServerLog(const Journal& journal, const Vault& vault) : journal_(journal), vault_(vault) {}

    // Adds a leaf for each journal that has grown since its last, and signs. Where none has: the
    // note that stands. INVARIANT: some journal has records.
    SignedLog sign(storage::Transaction&, const std::vector<JurisdictionId>& journals,
                   calendar::Instant at) const;
    // As it was signed last; nothing where it never was.
    std::optional<SignedLog> last(storage::Connection&) const;
    // As it was when it first held a journal to at least this size: nothing where none does yet.
    std::optional<SignedLog> holding(storage::Connection&, JurisdictionId, std::int64_t size) const;
    // Recomputes every leaf's hash and every note, and holds each leaf against the journal it
    // names: a journal that has not kept what was signed is found. `since`: a note somebody kept,
    // or "".
    std::vector<Finding> verify(storage::Connection&, const std::string& since) const;

private:
    const Journal& journal_;
    const Vault& vault_;
};

}  // namespace fazhi::journal
