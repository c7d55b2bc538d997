#include "journal/scratch_store.h"

#include <stdexcept>
#include <string>
#include <system_error>

#include <stdlib.h>

#include "journal/errors.h"
#include "storage/connection.h"
#include "storage/database.h"
#include "storage/failure.h"
#include "storage/transaction.h"

namespace fazhi::journal {
namespace {

using storage::Blob;
using storage::Cell;

constexpr std::size_t kKeysPerPage = 1000;

using Rows = std::vector<std::vector<Cell>>;

// Not of the disk, the lock or the connection.
bool is_of_the_rows(storage::FailureKind kind) {
    return kind == storage::FailureKind::Conflict || kind == storage::FailureKind::Other;
}

Rows keys_after(storage::Connection& live, JurisdictionId jurisdiction, std::int64_t subject) {
    Rows rows;
    live.query(
        "SELECT subject_id, wrapped FROM entry_key WHERE jurisdiction_id = $1 AND subject_id > $2 "
        "ORDER BY subject_id LIMIT $3",
        {jurisdiction.value, subject, static_cast<std::int64_t>(kKeysPerPage)},
        [&](const storage::Row& row) {
            rows.push_back({jurisdiction.value, row.integer(0), Blob{std::string(row.bytes(1))}});
        });
    return rows;
}

}  // namespace

Scratch::Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "fazhi-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("无法建立核对用的临时文件夹，请检查磁盘空间和权限");
    }
    path_ = pattern;
}

Scratch::Folder::~Folder() {
    std::error_code
        ignored;  // What cannot be removed is left to the system's cleaning of temporary files.
    std::filesystem::remove_all(path_, ignored);
}

Scratch::Scratch(storage::Connection& live, JurisdictionId jurisdiction,
                 const std::vector<Projection*>& projections)
    : jurisdiction_(jurisdiction), projections_(projections) {
    auto database =
        storage::Database::open((folder_.path() / "scratch.db").string(), storage::Migrate::Yes);
    if (!database)
        throw std::runtime_error("无法建立核对用的临时数据库：" + database.error().message);
    database_ = *std::move(database);
    connection_ = database_->writing();
    // It need not outlive us, and it holds one jurisdiction: rows it refers to in others are not
    // there.
    connection_->run_script("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF");
    for (auto* projection : projections_) projection->prepare(*connection_);
    transaction_ = std::make_unique<storage::Transaction>(*connection_);
    copy_keys(live);
}

Scratch::~Scratch() = default;

void Scratch::copy_keys(storage::Connection& live) {
    static const std::vector<std::string> kColumns = {"jurisdiction_id", "subject_id", "wrapped"};
    auto rows = keys_after(live, jurisdiction_, 0);
    while (!rows.empty()) {
        connection_->insert_rows("entry_key", kColumns, rows);
        rows = keys_after(live, jurisdiction_, std::get<std::int64_t>(rows.back()[1]));
    }
}

Result<void> Scratch::apply(const Record& record) {
    const auto action = record.body.text_at("action");
    try {
        return transaction_->attempt([&]() -> Result<void> {
            for (auto* projection : projections_) {
                if (!projection->knows(action)) continue;
                TRY_OK(projection->apply(*transaction_, jurisdiction_, record));
            }
            return {};
        });
    } catch (const storage::Failure& failure) {
        // Rows that cannot stand beside the others: no program of ours wrote this record.
        if (!is_of_the_rows(failure.kind())) throw;
        return refuse(ErrorKind::RefusedByRule, errors::kImpossibleRecord,
                      "它写入的内容与别的流水冲突。");
    }
}

storage::Connection& Scratch::finished() {
    if (transaction_) transaction_->commit();
    transaction_.reset();
    return *connection_;
}

}  // namespace fazhi::journal
