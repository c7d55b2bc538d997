#include "journal/server_log.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/invariant.h"
#include "journal/journal.h"
#include "journal/journal_store.h"
#include "journal/merkle.h"
#include "journal/note.h"
#include "journal/server_log_store.h"

namespace fazhi::journal {
namespace {

std::string body_of(std::int64_t n, JurisdictionId jurisdiction, const Head& head,
                    calendar::Instant at) {
    return canonical(Value::Map{{"at", calendar::to_text(at)},
                                {"jurisdiction", jurisdiction.value},
                                {"root", head.root.hex()},
                                {"seq", n},
                                {"size", head.size}});
}

// The tree over the first `size` leaves.
SignedLog log_of(HashAlgorithm algorithm, const std::vector<ServerLeaf>& leaves,
                 const ServerNote& note) {
    SignedLog out;
    out.size = note.size;
    out.note = note.note;
    Frontier tree(algorithm);
    for (const ServerLeaf& leaf : leaves) {
        if (leaf.n > note.size) break;
        tree.push(leaf_hash(algorithm, leaf.body));
        out.leaves.push_back(leaf.body);
    }
    out.root = tree.root();
    return out;
}

Finding finding(const char* table, std::int64_t n, std::string message) {
    return {"server_log", 0, table, fmt::format("n={}", n), "", std::move(message)};
}

// The roots that journals had when they were of these sizes.
class JournalRoots {
public:
    JournalRoots(storage::Connection& connection, HashAlgorithm algorithm)
        : connection_(connection), algorithm_(algorithm) {}

    // `sizes` ascending. Sizes the journal does not reach are left out.
    std::map<std::int64_t, Digest> of(JurisdictionId jurisdiction,
                                      const std::vector<std::int64_t>& sizes) {
        std::map<std::int64_t, Digest> out;
        Frontier tree(algorithm_);
        auto wanted = sizes.begin();
        for (auto page = leaves_from(connection_, jurisdiction, 1); !page.empty();
             page = leaves_from(connection_, jurisdiction, page.back().seq + 1)) {
            for (const StoredLeaf& leaf : page) {
                tree.push(leaf_hash(algorithm_, leaf.body));
                for (; wanted != sizes.end() && *wanted == tree.size(); ++wanted)
                    out.insert_or_assign(tree.size(), tree.root());
                if (wanted == sizes.end()) return out;
            }
        }
        return out;
    }

private:
    storage::Connection& connection_;
    HashAlgorithm algorithm_;
};

}  // namespace

std::string short_code(const Digest& root) {
    constexpr std::size_t kHalf = 5;
    std::string hex = root.hex().substr(0, 2 * kHalf);
    for (char& c : hex) {
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    }
    return hex.substr(0, kHalf) + "-" + hex.substr(kHalf);
}

std::string export_text(HashAlgorithm algorithm, const SignedLog& log) {
    std::string out;
    std::int64_t seq = 0;
    for (const std::string& body : log.leaves) {
        out +=
            canonical(Value::Map{
                {"body", body}, {"leaf_hash", leaf_hash(algorithm, body).hex()}, {"seq", ++seq}}) +
            "\n";
    }
    return out;
}

SignedLog ServerLog::sign(storage::Transaction& transaction,
                          const std::vector<JurisdictionId>& journals, calendar::Instant at) const {
    lock_server_log(transaction);
    storage::Connection& connection = connection_of(transaction);
    const HashAlgorithm algorithm = journal_.algorithm();
    std::vector<ServerLeaf> leaves = server_leaves(connection);
    std::map<std::int64_t, std::int64_t> last_sizes;
    for (const ServerLeaf& leaf : leaves) last_sizes[leaf.jurisdiction.value] = leaf.size;
    for (const JurisdictionId jurisdiction : journals) {
        const Head head = journal_.head(connection, jurisdiction);
        const auto last = last_sizes.find(jurisdiction.value);
        if (head.size == 0 || (last != last_sizes.end() && last->second == head.size)) continue;
        const auto n = static_cast<std::int64_t>(leaves.size()) + 1;
        ServerLeaf leaf{n, jurisdiction, head.size, body_of(n, jurisdiction, head, at), {}};
        leaf.leaf_hash = leaf_hash(algorithm, leaf.body).as_bytes();
        insert_server_leaf(transaction, leaf);
        leaves.push_back(std::move(leaf));
    }
    INVARIANT(!leaves.empty());
    const std::vector<ServerNote> notes = server_notes(connection);
    if (!notes.empty() && notes.back().size == leaves.back().n)
        return log_of(algorithm, leaves, notes.back());
    ServerNote note{leaves.back().n, calendar::to_text(at), {}};
    const Digest root = log_of(algorithm, leaves, note).root;
    note.note = signed_note(vault_, kServerLogOrigin, note.size, root);
    insert_server_note(transaction, note);
    return log_of(algorithm, leaves, note);
}

std::optional<SignedLog> ServerLog::last(storage::Connection& connection) const {
    const std::vector<ServerNote> notes = server_notes(connection);
    if (notes.empty()) return std::nullopt;
    return log_of(journal_.algorithm(), server_leaves(connection), notes.back());
}

std::optional<SignedLog> ServerLog::holding(storage::Connection& connection,
                                            JurisdictionId jurisdiction, std::int64_t size) const {
    const std::vector<ServerLeaf> leaves = server_leaves(connection);
    const auto leaf = std::find_if(leaves.begin(), leaves.end(), [&](const ServerLeaf& each) {
        return each.jurisdiction == jurisdiction && each.size >= size;
    });
    if (leaf == leaves.end()) return std::nullopt;
    for (const ServerNote& note : server_notes(connection)) {
        if (note.size >= leaf->n) return log_of(journal_.algorithm(), leaves, note);
    }
    return std::nullopt;
}

std::vector<Finding> ServerLog::verify(storage::Connection& connection,
                                       const std::string& since) const {
    std::vector<Finding> out;
    const HashAlgorithm algorithm = journal_.algorithm();
    const std::vector<ServerLeaf> leaves = server_leaves(connection);
    std::map<std::int64_t, Digest> roots;  // of this log, by size
    Frontier tree(algorithm);
    std::map<std::int64_t, std::vector<std::int64_t>> sizes;
    for (const ServerLeaf& leaf : leaves) {
        const Digest hash = leaf_hash(algorithm, leaf.body);
        if (leaf.n != tree.size() + 1 || hash.as_bytes() != leaf.leaf_hash)
            out.push_back(finding("server_leaf", leaf.n,
                                  fmt::format("服务器日志第{}条被改动，或前面有缺。", leaf.n)));
        tree.push(hash);
        roots.emplace(tree.size(), tree.root());
        sizes[leaf.jurisdiction.value].push_back(leaf.size);
    }
    const auto check_note = [&](const std::string& text, std::int64_t n, const char* whose) {
        const auto note = parse_note(text);
        const bool is_ours = note && is_signed_by(*note, vault_.signer_name(), vault_.public_key());
        const auto root = is_ours ? roots.find(note->size) : roots.end();
        if (!is_ours || note->origin != kServerLogOrigin) {
            out.push_back(finding("server_note", n, fmt::format("{}不是本机签署的。", whose)));
        } else if (root == roots.end() || root->second != note->root) {
            out.push_back(finding("server_note", n,
                                  fmt::format("{}与服务器日志不符：签署以后有改动。", whose)));
        }
    };
    for (const ServerNote& note : server_notes(connection))
        check_note(note.note, note.size, "服务器日志的签名");
    if (!since.empty()) check_note(since, 0, "所给的签名文本");
    JournalRoots journals(connection, algorithm);
    for (const auto& [jurisdiction, wanted] : sizes) {
        const auto kept = journals.of(JurisdictionId{jurisdiction}, wanted);
        for (const ServerLeaf& leaf : leaves) {
            if (leaf.jurisdiction.value != jurisdiction) continue;
            const auto root = kept.find(leaf.size);
            const auto value = parse_canonical(leaf.body);
            if (root != kept.end() && value && value->text_at("root") == root->second.hex())
                continue;
            out.push_back(
                finding("server_leaf", leaf.n,
                        fmt::format("辖区{}的流水前{}条，已不是服务器日志第{}条签署时的样子。",
                                    jurisdiction, leaf.size, leaf.n)));
        }
    }
    return out;
}

}  // namespace fazhi::journal
