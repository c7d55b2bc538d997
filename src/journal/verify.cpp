#include <algorithm>
#include <functional>
#include <future>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "journal/chain.h"
#include "journal/errors.h"
#include "journal/findings.h"
#include "journal/journal.h"
#include "journal/journal_store.h"
#include "journal/projection.h"
#include "journal/row_store.h"
#include "journal/scratch_store.h"
#include "journal/stored_record.h"
#include "journal/subtree_store.h"

namespace fazhi::journal {
namespace {

constexpr auto kFirst = std::numeric_limits<std::int64_t>::min();

std::string kind_of(Fault::Kind kind) {
    switch (kind) {
        case Fault::Kind::Body:
            return "body";
        case Fault::Kind::Column:
            return "column";
        case Fault::Kind::Key:
            return "key";
        case Fault::Kind::Sealed:
            return "sealed";
    }
    return {};
}

// Which journal is verified.
struct Verified {
    const Journal& journal;
    const Vault& vault;
    storage::Connection& live;
    JurisdictionId jurisdiction;
};

using Leaves = std::vector<StoredLeaf>;
using Hashes = std::vector<Digest>;

// A thread costs more than the work of a small page: that is done where it is asked for.
std::launch way_of(std::size_t records) {
    constexpr std::size_t kWorthAThread = 200;
    return records > kWorthAThread ? std::launch::async : std::launch::deferred;
}

void hash_leaves(HashAlgorithm algorithm, const Leaves& leaves, std::size_t first, std::size_t last,
                 Hashes& out) {
    for (std::size_t i = first; i < last; ++i) out[i] = leaf_hash(algorithm, leaves[i].body);
}

// Hashing the bodies is most of the work, and needs nothing but them: a second thread does three
// quarters of a page while this one reads the next page and takes the page before.
std::int64_t hash_pass(const Verified& verified, Chain& chain,
                       const std::function<void(std::int64_t)>& progress) {
    const HashAlgorithm algorithm = verified.journal.algorithm();
    std::int64_t records = 0;
    const auto take = [&](const Leaves& leaves, const Hashes& hashes) {
        for (std::size_t i = 0; i < leaves.size(); ++i)
            chain.take(leaves[i].seq, hashes[i], leaves[i].leaf_hash);
        records += static_cast<std::int64_t>(leaves.size());
        progress(records);
    };
    Leaves before;
    Hashes before_hashes;
    Leaves page = leaves_from(verified.live, verified.jurisdiction, kFirst);
    while (!page.empty()) {
        Hashes hashes(page.size());
        const std::size_t split = page.size() / 4 * 3;
        auto most = std::async(way_of(page.size()), [&page, &hashes, algorithm, split] {
            hash_leaves(algorithm, page, 0, split, hashes);
        });
        take(before, before_hashes);
        Leaves next = leaves_from(verified.live, verified.jurisdiction, page.back().seq + 1);
        hash_leaves(algorithm, page, split, page.size(), hashes);
        most.get();
        before = std::exchange(page, std::move(next));
        before_hashes = std::move(hashes);
    }
    take(before, before_hashes);
    return records;
}

// A projection asks for the key of what is sealed, and there is none to give it.
bool has_foreign_key(const Reading& reading) {
    return std::any_of(reading.faults.begin(), reading.faults.end(),
                       [](const Fault& fault) { return fault.kind == Fault::Kind::Key; });
}

void replay_into(Scratch& scratch, const Reading& reading, Findings& findings) {
    const Record& record = *reading.record;
    const Result<void> applied =
        has_foreign_key(reading)
            ? Result<void>(refuse(ErrorKind::RefusedByRule, errors::kBrokenRecord, "密钥打不开。"))
            : scratch.apply(record);
    if (applied) return;
    findings.add({"record_refused", record.seq, "journal", fmt::format("seq={}", record.seq), "",
                  fmt::format("第{}条流水不能重放：{}", record.seq, applied.error().message)});
}

struct ReadPage {
    std::vector<std::int64_t> seqs;
    std::vector<Reading> readings;
};

// Reading records (parsing, unsealing) needs no database: a second thread reads the next page while
// this one replays.
void replay_pass(const Verified& verified, Scratch& scratch, Findings& findings,
                 const std::function<void(std::int64_t)>& progress) {
    const auto read_on = [&](std::int64_t from) {
        auto stored = records_from(verified.live, verified.jurisdiction, from);
        return std::async(way_of(stored.size()), [&verified, stored = std::move(stored)] {
            ReadPage page;
            for (const StoredRecord& record : stored) {
                page.seqs.push_back(record.seq);
                page.readings.push_back(reading_of(verified.vault, verified.jurisdiction, record));
            }
            return page;
        });
    };
    std::int64_t records = 0;
    auto reading = read_on(kFirst);
    for (ReadPage page = reading.get(); !page.seqs.empty(); page = reading.get()) {
        reading = read_on(page.seqs.back() + 1);
        for (std::size_t i = 0; i < page.seqs.size(); ++i) {
            const std::int64_t seq = page.seqs[i];
            for (const Fault& fault : page.readings[i].faults) {
                findings.add({kind_of(fault.kind), seq, "journal", fmt::format("seq={}", seq),
                              fault.column, fmt::format("第{}条流水：{}。", seq, fault.message)});
            }
            if (page.readings[i].record) replay_into(scratch, page.readings[i], findings);
        }
        records += static_cast<std::int64_t>(page.seqs.size());
        progress(records);
    }
}

// The chain against its head, its checkpoints and its stored subtrees.
void verify_chain(const Verified& verified, VerifyOutcome& outcome, Findings& findings,
                  const std::function<void(std::int64_t)>& progress) {
    auto checkpoints = checkpoints_of(verified.live, verified.jurisdiction);
    outcome.checkpoints = static_cast<std::int64_t>(checkpoints.size());
    Chain chain(verified.journal.algorithm(), verified.vault,
                {std::move(checkpoints), stored_subtrees(verified.live, verified.jurisdiction)},
                findings);
    const auto head = find_head(verified.live, verified.jurisdiction);
    outcome.records = hash_pass(verified, chain, progress);
    chain.finish(head);
}

std::int64_t size_of(const Verified& verified) {
    const auto head = find_head(verified.live, verified.jurisdiction);
    return head ? head->size : 0;
}

}  // namespace

VerifyOutcome verify_hashes(const Journal& journal, const Vault& vault, storage::Connection& live,
                            JurisdictionId jurisdiction, const Progress& progress) {
    const Verified verified{journal, vault, live, jurisdiction};
    VerifyOutcome outcome;
    Findings findings;
    verify_chain(verified, outcome, findings, [&, of = size_of(verified)](std::int64_t done) {
        if (progress) progress(done, of);
    });
    outcome.findings = findings.listed();
    return outcome;
}

VerifyOutcome verify(const Journal& journal, const Vault& vault, storage::Connection& live,
                     JurisdictionId jurisdiction, const std::vector<Projection*>& projections,
                     const Progress& progress) {
    const Verified verified{journal, vault, live, jurisdiction};
    VerifyOutcome outcome;
    Findings findings;
    // Two passes: a record is half done after the first.
    const auto half_after = [&, of = size_of(verified)](std::int64_t before) {
        return [&progress, of, before](std::int64_t done) {
            if (progress) progress((before + done) / 2, of);
        };
    };
    verify_chain(verified, outcome, findings, half_after(0));
    Scratch scratch(live, jurisdiction, projections);
    replay_pass(verified, scratch, findings, half_after(outcome.records));

    auto& replayed = scratch.finished();
    for (const auto* projection : projections) {
        for (const auto& table : projection->tables()) {
            outcome.rows += compare_rows(live, replayed, jurisdiction, table, findings);
        }
    }
    outcome.findings = findings.listed();
    return outcome;
}

}  // namespace fazhi::journal
