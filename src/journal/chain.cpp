#include "journal/chain.h"

#include <utility>

#include <fmt/format.h>

#include "journal/note.h"

namespace fazhi::journal {
namespace {

constexpr const char* kJournalTable = "journal";
constexpr const char* kCheckpointTable = "checkpoint";

Finding record_finding(std::string kind, std::int64_t seq, std::string column,
                       std::string message) {
    return {std::move(kind),   seq, kJournalTable, fmt::format("seq={}", seq), std::move(column),
            std::move(message)};
}

Finding checkpoint_finding(std::int64_t size, std::string column, std::string message) {
    return {"checkpoint",      size,
            kCheckpointTable,  fmt::format("size={}", size),
            std::move(column), std::move(message)};
}

Finding head_finding(std::string column, std::string message) {
    return {"head", 0, "journal_head", "", std::move(column), std::move(message)};
}

// `message` has one place, for the first record of the subtree.
Finding subtree_finding(int level, std::int64_t index, fmt::format_string<std::int64_t&> message) {
    constexpr int kBits = 62;
    const bool fits = level <= kBits && index <= (std::int64_t{1} << (kBits - level));
    std::int64_t first = fits ? (index << level) + 1 : 0;
    return {"subtree",
            0,
            "journal_subtree",
            fmt::format("level={}, n={}", level, index),
            "hash",
            fmt::format(message, first)};
}

bool agrees(const Frontier& frontier, const std::optional<StoredHead>& head) {
    return head && head->size == frontier.size() && head->frontier == frontier.bytes();
}

}  // namespace

Chain::Chain(HashAlgorithm algorithm, const Vault& vault, Beside beside, Findings& findings)
    : algorithm_(algorithm), findings_(findings), computed_(algorithm) {
    for (const auto& stored : beside.checkpoints) checkpoints_.push_back(checked(vault, stored));
    for (const Subtree& each : beside.subtrees)
        subtrees_.insert_or_assign({each.level, each.index}, each.hash);
    compare_checkpoint();  // One at size 0.
}

Chain::Checkpoint Chain::checked(const Vault& vault, const StoredCheckpoint& stored) {
    Checkpoint checkpoint{stored.size, std::nullopt};
    const auto fail = [&](std::string column, std::string why) {
        findings_.add(checkpoint_finding(stored.size, std::move(column),
                                         fmt::format("第{}条处的检查点{}。", stored.size, why)));
    };
    const auto note = parse_note(stored.note);
    if (!note) {
        fail("note", "格式已损坏");
    } else if (!is_signed_by(*note, vault.signer_name(), vault.public_key())) {
        fail("note", "签名不符，内容被改动，或不是用本机的签名密钥签署");
    } else if (note->size != stored.size) {
        fail("size", fmt::format("记在第{}条，签署的却是第{}条", stored.size, note->size));
    } else {
        checkpoint.root = note->root;
    }
    return checkpoint;
}

void Chain::take(std::int64_t seq, const Digest& computed, std::string_view stored) {
    const bool agree = computed.as_bytes() == stored;
    if (!agree) disagreeing_.push_back(seq);  // Which of the two was changed is known at the end.
    if (seq < next_seq_) {
        findings_.add(record_finding("record_extra", seq, "seq",
                                     fmt::format("有不该存在的第{}条流水。", seq)));
        return;
    }
    take_seq(seq);
    compare_subtrees(computed);
    if (!agree && !stored_) stored_ = computed_;
    computed_.push(computed);
    if (stored_) stored_->push(Digest::from_bytes(stored).value_or(Digest{}));
    compare_checkpoint();
}

void Chain::take_seq(std::int64_t seq) {
    if (seq > next_seq_) {
        const auto last = seq - 1;
        const auto which = last == next_seq_ ? fmt::format("第{}条", last)
                                             : fmt::format("第{}至{}条", next_seq_, last);
        findings_.add(
            record_finding("record_missing", next_seq_, "seq", fmt::format("缺少{}流水。", which)));
    }
    next_seq_ = seq + 1;
}

void Chain::compare_checkpoint() {
    while (next_checkpoint_ < checkpoints_.size() &&
           checkpoints_[next_checkpoint_].size <= computed_.size()) {
        const auto& checkpoint = checkpoints_[next_checkpoint_++];
        if (!checkpoint.root) continue;
        if (checkpoint.size == computed_.size() && *checkpoint.root == computed_.root()) {
            last_good_size_ = checkpoint.size;
            continue;
        }
        findings_.add(checkpoint_finding(
            checkpoint.size, "note",
            fmt::format(
                "第{}条处的检查点与流水不符：第{}至{}条中有记录在签署后被改动、增加或删除。",
                checkpoint.size, last_good_size_ + 1, checkpoint.size)));
    }
}

// One that is not stored is computed where it is needed: only a wrong one misleads.
void Chain::compare_subtrees(const Digest& leaf) {
    for (const Subtree& each : completed_by(algorithm_, computed_, leaf)) {
        const auto stored = subtrees_.find({each.level, each.index});
        if (stored == subtrees_.end()) continue;
        if (stored->second != each.hash) {
            findings_.add(
                subtree_finding(each.level, each.index, "第{}条起的分段摘要与流水算得的不符。"));
        }
        subtrees_.erase(stored);
    }
}

void Chain::finish(const std::optional<StoredHead>& head) {
    for (const auto& [place, hash] : subtrees_) {
        findings_.add(
            subtree_finding(place.first, place.second, "有不该存在的分段摘要（第{}条起）。"));
    }
    name_changed_records(head);
    compare_head(head);
    for (; next_checkpoint_ < checkpoints_.size(); ++next_checkpoint_) {
        const auto size = checkpoints_[next_checkpoint_].size;
        findings_.add(checkpoint_finding(
            size, "size",
            fmt::format("检查点签署时有{}条流水，现在只有{}条。", size, computed_.size())));
    }
}

void Chain::name_changed_records(const std::optional<StoredHead>& head) {
    // The head was computed from the records as they were written: what agrees with it was not
    // changed.
    const bool bodies_changed = agrees(stored_.value_or(computed_), head);
    const bool hashes_changed = agrees(computed_, head);
    for (const auto seq : disagreeing_) {
        if (bodies_changed) {
            findings_.add(
                record_finding("body", seq, "body", fmt::format("第{}条流水的正文被改动。", seq)));
        } else if (hashes_changed) {
            findings_.add(record_finding("leaf_hash", seq, "leaf_hash",
                                         fmt::format("第{}条流水的摘要被改动，正文未变。", seq)));
        } else {
            findings_.add(record_finding("record_changed", seq, "body",
                                         fmt::format("第{}条流水的正文或摘要被改动。", seq)));
        }
    }
}

void Chain::compare_head(const std::optional<StoredHead>& head) {
    if (!head) {
        findings_.add(head_finding("", "本辖区没有流水头部。"));
        return;
    }
    if (head->size != computed_.size()) {
        findings_.add(head_finding(
            "size", fmt::format("流水头部记有{}条，实有{}条。", head->size, computed_.size())));
        return;
    }
    // Where a body or a leaf hash was changed, that is named already and the head is right.
    if (agrees(computed_, head) || agrees(stored_.value_or(computed_), head)) return;
    findings_.add(head_finding("frontier", "流水头部的摘要与全部流水算得的不符。"));
}

}  // namespace fazhi::journal
