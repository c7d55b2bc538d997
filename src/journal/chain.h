// The chain of one journal, recomputed record by record and held against its head and its
// checkpoints.
//
// Pure: no database. One thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "journal/findings.h"
#include "journal/journal_store.h"
#include "journal/merkle.h"
#include "journal/tree_proof.h"

namespace fazhi::journal {

class Chain {
public:
    // What is stored beside the records.
    struct Beside {
        std::vector<StoredCheckpoint> checkpoints;  // by size
        std::vector<Subtree> subtrees;
    };
    Chain(HashAlgorithm, const Vault&, Beside, Findings&);

    // The records in order of seq: the hash computed over the body, and the one stored (bytes).
    void take(std::int64_t seq, const Digest& computed, std::string_view stored);
    // After the last one.
    void finish(const std::optional<StoredHead>&);

private:
    struct Checkpoint {
        std::int64_t size = 0;
        std::optional<Digest> root;  // nothing: the note cannot be relied on
    };

    Checkpoint checked(const Vault&, const StoredCheckpoint&);
    void take_seq(std::int64_t seq);
    void compare_checkpoint();
    void compare_subtrees(const Digest& leaf);
    void compare_head(const std::optional<StoredHead>&);
    void name_changed_records(const std::optional<StoredHead>&);

    HashAlgorithm algorithm_;
    Findings& findings_;
    std::vector<Checkpoint> checkpoints_;
    std::size_t next_checkpoint_ = 0;
    std::int64_t last_good_size_ = 0;  // of a checkpoint whose root agreed
    std::int64_t next_seq_ = 1;
    std::map<std::pair<int, std::int64_t>, Digest> subtrees_;  // stored, not met yet
    Frontier computed_;                                        // over the bodies
    std::optional<Frontier> stored_;  // over the leaf hashes as stored; nothing: the same so far
    std::vector<std::int64_t> disagreeing_;  // records whose body and leaf hash disagree
};

}  // namespace fazhi::journal
