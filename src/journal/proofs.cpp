#include "journal/proofs.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/invariant.h"
#include "journal/errors.h"
#include "journal/journal.h"
#include "journal/journal_store.h"
#include "journal/note.h"
#include "journal/subtree_store.h"

namespace fazhi::journal {
namespace {

// The tree of `size` records (0: all), computed from the stored hashes; held against the head where
// it is the whole.
Result<TreeHead> head_of_size(const Journal& journal, storage::Connection& connection,
                              JurisdictionId jurisdiction, std::int64_t size,
                              StoredSubtrees& subtrees) {
    const Head head = journal.head(connection, jurisdiction);
    const std::int64_t wanted = size == 0 ? head.size : size;
    if (wanted < 1 || wanted > head.size) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchRecord,
                      fmt::format("流水只有{}条，没有{}条时的样子。", head.size, wanted), "size");
    }
    const Digest root = root_of_size(journal.algorithm(), wanted, std::ref(subtrees));
    if (wanted == head.size && root != head.root) {
        return refuse(ErrorKind::RefusedByRule, errors::kBrokenRecord,
                      "流水的摘要与头部不符，请运行 fazhi journal verify 查明。");
    }
    return TreeHead{wanted, root};
}

Refusal no_such_record(std::int64_t number, std::int64_t size, const char* where) {
    return refuse(ErrorKind::NotFound, errors::kNoSuchRecord,
                  fmt::format("没有第{}条：请填1至{}之间的数。", number, size), where);
}

}  // namespace

Result<RecordProof> prove_record(const Journal& journal, storage::Connection& connection,
                                 JurisdictionId jurisdiction, std::int64_t seq, std::int64_t size) {
    StoredSubtrees subtrees(connection, jurisdiction, journal.algorithm());
    TRY(const TreeHead in, head_of_size(journal, connection, jurisdiction, size, subtrees));
    if (seq < 1 || seq > in.size) return no_such_record(seq, in.size, "seq");
    return RecordProof{subtrees(0, seq - 1), in,
                       inclusion_proof(journal.algorithm(), seq - 1, in.size, std::ref(subtrees))};
}

Result<GrowthProof> prove_growth(const Journal& journal, storage::Connection& connection,
                                 JurisdictionId jurisdiction, std::int64_t from,
                                 std::int64_t size) {
    StoredSubtrees subtrees(connection, jurisdiction, journal.algorithm());
    TRY(const TreeHead after, head_of_size(journal, connection, jurisdiction, size, subtrees));
    if (from < 1 || from > after.size) return no_such_record(from, after.size, "from");
    TRY(const TreeHead before, head_of_size(journal, connection, jurisdiction, from, subtrees));
    return GrowthProof{
        before, after,
        consistency_proof(journal.algorithm(), from, after.size, std::ref(subtrees))};
}

Result<ProvenRecords> prove_records(const Journal& journal, storage::Connection& connection,
                                    JurisdictionId jurisdiction, std::vector<std::int64_t> seqs,
                                    std::int64_t size) {
    INVARIANT(!seqs.empty());
    std::sort(seqs.begin(), seqs.end());
    seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
    StoredSubtrees subtrees(connection, jurisdiction, journal.algorithm());
    ProvenRecords out;
    TRY(out.in, head_of_size(journal, connection, jurisdiction, size, subtrees));
    if (seqs.front() < 1) return no_such_record(seqs.front(), out.in.size, "seq");
    if (seqs.back() > out.in.size) return no_such_record(seqs.back(), out.in.size, "seq");
    for (auto& [seq, body] : bodies_of(connection, jurisdiction, seqs))
        out.records.push_back({seq, std::move(body)});
    if (out.records.size() != seqs.size()) {
        return refuse(ErrorKind::RefusedByRule, errors::kBrokenRecord,
                      "流水缺少记录，请运行 fazhi journal verify 查明。");
    }
    std::vector<std::int64_t> leaves;
    for (const std::int64_t seq : seqs) leaves.push_back(seq - 1);
    out.proof = joint_proof(journal.algorithm(), leaves, out.in.size, std::ref(subtrees));
    return out;
}

Result<void> check_continues(const Journal& journal, const Vault& vault,
                             storage::Connection& connection, JurisdictionId jurisdiction,
                             const Note& note) {
    if (!is_signed_by(note, vault.signer_name(), vault.public_key())) {
        return refuse(ErrorKind::RefusedByRule, errors::kBrokenNote,
                      "这份签名文本不是用本机的签名密钥签署的，或被改动过。", "--since");
    }
    const auto refusal = [&](const std::string& why) {
        return refuse(ErrorKind::RefusedByRule, errors::kNotContinued,
                      fmt::format("流水不是签名时（{}条）的延续：{}。", note.size, why), "--since");
    };
    const Head head = journal.head(connection, jurisdiction);
    if (head.size < note.size) return refusal(fmt::format("现在只有{}条", head.size));
    if (note.size == 0) return {};
    StoredSubtrees subtrees(connection, jurisdiction, journal.algorithm());
    const Digest root = root_of_size(journal.algorithm(), note.size, std::ref(subtrees));
    if (root != note.root) return refusal("那时的记录后来被改动、增加或删除过");
    return {};
}

}  // namespace fazhi::journal
