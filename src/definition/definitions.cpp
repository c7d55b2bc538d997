#include "definition/definitions.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/invariant.h"
#include "definition/definition_store.h"
#include "definition/errors.h"
#include "definition/loader.h"
#include "definition/pack_head.h"
#include "definition/set_builder.h"
#include "storage/transaction.h"

namespace fazhi::definition {

namespace {

constexpr std::size_t kSetsKeptMax = 64;  // More jurisdictions than that share few sets.

Error faulty(const std::vector<Problem>& problems) {
    std::vector<Error> errors;
    for (const Problem& problem : problems) {
        errors.push_back(Error{ErrorKind::InvalidInput, errors::kFaultyPack, to_text(problem),
                               fmt::format("{}:{}", problem.file, problem.line)});
    }
    return join_errors(std::move(errors));
}

PackSource pack_of_content(const std::string& content) {
    auto packs = packs_of_content(content);
    INVARIANT(packs && packs->size() == 1);  // written by install
    return std::move(packs->front());
}

std::string key_of(const std::vector<InstalledPack>& packs) {
    std::string key;
    for (const InstalledPack& pack : packs) key += pack.name + ":" + pack.digest + ";";
    return key;
}

// Two packs that do not know each other may be installed side by side; one office works with one.
Result<void> check_replaced_once(const DefinitionSet& set) {
    for (const DocumentForm& form : set.documents()) {
        if (form.replaced_by.size() < 2) continue;
        return refuse(
            ErrorKind::InvalidInput, errors::kFaultyPack,
            fmt::format("文书《{}》由{}个定义包（{}）各换了一份，一个单位只能启用其中一个。",
                        form.title, form.replaced_by.size(), fmt::join(form.replaced_by, "、")),
            form.id);
    }
    return {};
}

// May `pack` take the place of the installed one?
Result<Definitions::Installed> compared(const InstalledPack& installed, const PackSource& pack,
                                        const std::string& digest) {
    if (installed.digest == digest) return Definitions::Installed::AlreadyThere;
    const auto before = version_from(installed.version);
    const auto now = version_from(pack.version);
    INVARIANT(before && now);  // both were checked by build_set
    if (*now < *before) {
        return refuse(ErrorKind::Conflict, errors::kOlderVersion,
                      fmt::format("已装的 {} 是 {} 版，比这个 {} 版新。", pack.name,
                                  installed.version, pack.version));
    }
    if (*now == *before) {
        return refuse(ErrorKind::Conflict, errors::kVersionNotRaised,
                      fmt::format("{} 的版本号未变（{}）而内容不同，请先把版本号改大。", pack.name,
                                  pack.version));
    }
    return Definitions::Installed::Updated;
}

}  // namespace

Definitions::Definitions(SharedSet known) {
    const std::string digest = known->digest().hex();
    keep(digest, std::move(known));
}

SharedSet Definitions::kept(const std::string& key) const {
    const std::scoped_lock lock(mutex_);
    const auto found = sets_.find(key);
    return found == sets_.end() ? nullptr : found->second;
}

void Definitions::keep(const std::string& key, SharedSet set) const {
    const std::scoped_lock lock(mutex_);
    if (sets_.size() >= kSetsKeptMax) sets_.clear();
    sets_[key] = std::move(set);
}

Result<SharedSet> Definitions::built(const std::string& key,
                                     const std::vector<PackSource>& packs) const {
    Loaded loaded = build_set(packs);
    if (!loaded.set) return refuse(faulty(loaded.problems));
    keep(key, loaded.set);
    keep(loaded.set->digest().hex(), loaded.set);
    return loaded.set;
}

Result<Definitions::Installed> Definitions::install(storage::Transaction& transaction,
                                                    const PackSource& pack) const {
    std::vector<PackSource> all = installed(transaction.connection());
    all.erase(std::remove_if(all.begin(), all.end(),
                             [&](const PackSource& each) { return each.name == pack.name; }),
              all.end());
    all.push_back(pack);
    const Loaded loaded = build_set(all);
    if (!loaded.set) return refuse(faulty(loaded.problems));

    const std::string content = content_of({pack});
    const std::string digest = digest_of(HashAlgorithm::Sha256, content).hex();
    Installed outcome = Installed::New;
    for (const InstalledPack& each : installed_packs(transaction.connection())) {
        if (each.name != pack.name) continue;
        TRY(outcome, compared(each, pack, digest));
    }
    if (outcome != Installed::AlreadyThere) {
        put_pack(transaction, InstalledPack{pack.name, pack.version, digest}, content);
    }
    return outcome;
}

std::vector<PackSource> Definitions::installed(storage::Connection& connection) const {
    std::vector<PackSource> packs;
    for (const InstalledPack& each : installed_packs(connection)) {
        packs.push_back(pack_of_content(content_of_pack(connection, each.name)));
    }
    return packs;
}

Result<SharedSet> Definitions::union_set(storage::Connection& connection) const {
    const std::string key = key_of(installed_packs(connection));
    if (SharedSet set = kept(key)) return set;
    return built(key, installed(connection));
}

Result<SharedSet> Definitions::set_for(storage::Connection& connection,
                                       const std::vector<std::string>& packs) const {
    std::vector<InstalledPack> wanted;
    for (const InstalledPack& each : installed_packs(connection)) {
        if (std::find(packs.begin(), packs.end(), each.name) != packs.end()) wanted.push_back(each);
    }
    for (const std::string& name : packs) {
        const bool there =
            std::any_of(wanted.begin(), wanted.end(),
                        [&](const InstalledPack& each) { return each.name == name; });
        if (there) continue;
        return refuse(ErrorKind::NotFound, errors::kNoPack,
                      fmt::format("定义包 {} 还没有安装，请先运行 fazhi pack install。", name));
    }
    const std::string key = key_of(wanted);
    SharedSet set = kept(key);
    if (!set) {
        std::vector<PackSource> sources;
        for (const InstalledPack& each : wanted) {
            sources.push_back(pack_of_content(content_of_pack(connection, each.name)));
        }
        TRY(set, built(key, sources));
    }
    TRY_OK(check_replaced_once(*set));
    return set;
}

void Definitions::store_set(storage::Transaction& transaction, const DefinitionSet& set) const {
    put_set(transaction, set.digest().hex(), set.content());
}

Result<SharedSet> Definitions::set_by_digest(storage::Connection& connection,
                                             std::string_view digest) const {
    const std::string key(digest);
    if (SharedSet set = kept(key)) return set;
    const auto content = content_of_set(connection, digest);
    if (!content) {
        return refuse(ErrorKind::NotFound, errors::kNoSuchSet,
                      "数据库里没有这一版定义，可能未曾启用，或数据库不完整。");
    }
    if (digest_of(HashAlgorithm::Sha256, *content).hex() != digest) {
        return refuse(ErrorKind::InvalidInput, errors::kBadContent,
                      "存下的定义与其摘要不符，数据库可能被改动。");
    }
    TRY(const auto packs, packs_of_content(*content));
    return built(key, packs);
}

}  // namespace fazhi::definition
